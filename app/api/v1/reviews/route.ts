import { self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'
import { listReviewBriefs } from '../../../../server/review/brief'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listReviewBriefs', async ({ db, principal, query }) => ({
    items: await listReviewBriefs(db, principal, query.documentIds.split(',')),
  })),
)
