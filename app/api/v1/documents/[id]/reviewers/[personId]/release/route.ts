import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { releaseReviewer } from '../../../../../../../../server/review/part'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('releaseReviewer', 'overrule', ({ db, principal, access, params, body, now }) =>
    releaseReviewer(db, principal, access, { ...params, ...body, now }),
  ),
)
