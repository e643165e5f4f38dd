import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { getReview } from '../../../../../../server/review/present'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getReview', 'read', ({ db, principal, access }) => getReview(db, principal, access)),
)
