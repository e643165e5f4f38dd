import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { moveStatus } from '../../../../../../server/review/transition'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('moveStatus', 'ask_review', ({ db, principal, access, body, now }) =>
    moveStatus(db, principal, access, { ...body, now }),
  ),
)
