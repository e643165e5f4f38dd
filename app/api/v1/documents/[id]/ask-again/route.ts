import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { askAgain } from '../../../../../../server/review/asking'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('askAgain', 'ask_review', ({ db, principal, access, now }) =>
    askAgain(db, principal, access, { now }),
  ),
)
