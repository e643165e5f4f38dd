import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { discardReview, startReview } from '../../../../../../../server/review/draft'
import { onSavedText } from '../../../../../../../server/review/endpoints'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'startReview',
    'vote',
    ({ db, principal, access, now }) => startReview(db, principal, access, { now }),
    onSavedText,
  ),
  change('discardReview', 'vote', ({ db, principal, access }) => discardReview(db, principal, access)),
)
