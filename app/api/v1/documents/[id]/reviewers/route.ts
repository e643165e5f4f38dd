import { pageOf } from '../../../../../../lib/page'
import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { putReviewers } from '../../../../../../server/review/asking'
import { listReviewers } from '../../../../../../server/review/present'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listReviewers', 'read', async ({ db, access, query }) =>
    pageOf(await listReviewers(db, access), query, ({ person }) => person.id),
  ),
  change('putReviewers', 'ask_review', ({ db, principal, access, body, runtime, now }) =>
    putReviewers(db, principal, access, {
      ...body,
      authorsMayApprove: runtime.config.authorsMayApprove,
      now,
    }),
  ),
)
