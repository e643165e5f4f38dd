import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { correct } from '../../../../../../server/review/correct'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('correct', 'vote', ({ db, principal, access, body, now }) =>
    correct(db, principal, access, { ...body, now }),
  ),
)
