import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onVersionAlone } from '../../../../../../server/version/endpoints'
import { restoreVersion } from '../../../../../../server/version/restore'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'restoreVersion',
    'write',
    ({ db, principal, access, params, now }) =>
      restoreVersion(db, principal, access, { versionId: params.id, now }),
    onVersionAlone,
  ),
)
