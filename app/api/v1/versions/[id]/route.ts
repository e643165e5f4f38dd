import { change, read } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { onVersion } from '../../../../../server/version/endpoints'
import { nameVersion } from '../../../../../server/version/keep'
import { getVersion } from '../../../../../server/version/read'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'getVersion',
    'read',
    ({ db, access, params }) => getVersion(db, access.documentId, params.id),
    onVersion,
  ),
  change(
    'updateVersion',
    'keep_versions',
    ({ db, access, params, body }) => nameVersion(db, access, { versionId: params.id, name: body.name }),
    onVersion,
  ),
)
