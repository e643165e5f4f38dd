import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { repinReview } from '../../../../../../../../server/review/draft'
import { onSavedText } from '../../../../../../../../server/review/endpoints'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'repinReview',
    'vote',
    ({ db, principal, access, now }) => repinReview(db, principal, access, { now }),
    onSavedText,
  ),
)
