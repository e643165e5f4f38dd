import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { submitReview } from '../../../../../../server/review/submit'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('submitReview', 'vote', ({ db, principal, access, body, runtime, now }) =>
    submitReview(db, principal, access, {
      ...body,
      authorsMayApprove: runtime.config.authorsMayApprove,
      now,
    }),
  ),
)
