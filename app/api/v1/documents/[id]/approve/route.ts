import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { approveVersion } from '../../../../../../server/review/approve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('approveVersion', 'ask_review', ({ db, principal, access, body, now }) =>
    approveVersion(db, principal, access, { versionId: body.versionId, now }),
  ),
)
