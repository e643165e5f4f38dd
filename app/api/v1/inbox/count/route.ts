import { self } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { countInbox } from '../../../../../server/inbox/list'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('countInbox', ({ db, principal, now }) => countInbox(db, principal.personId, now)),
)
