import { read } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { howTold } from '../../../../../../../server/inbox/settings'
import { previewReviewers } from '../../../../../../../server/review/preview'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('previewReviewers', 'ask_review', ({ db, principal, access, body, runtime, now }) =>
    previewReviewers(db, principal, access, {
      ...body,
      now,
      howTold: (personIds) => howTold(db, 'review_asked', personIds, runtime.config),
    }),
  ),
)
