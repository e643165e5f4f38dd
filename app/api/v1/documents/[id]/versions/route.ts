import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onSavedText } from '../../../../../../server/version/endpoints'
import { keepVersion } from '../../../../../../server/version/keep'
import { listVersions } from '../../../../../../server/version/read'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listVersions', 'read', ({ db, access, query }) => listVersions(db, access.documentId, query)),
  change(
    'createVersion',
    'keep_versions',
    ({ db, principal, access, body, now }) => keepVersion(db, principal, access, { ...body, now }),
    onSavedText,
  ),
)
