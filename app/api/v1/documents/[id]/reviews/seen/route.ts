import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { markReviewSeen } from '../../../../../../../server/review/reading'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('markReviewSeen', 'vote', ({ db, principal, access, now }) =>
    markReviewSeen(db, principal, access, { now }),
  ),
)
