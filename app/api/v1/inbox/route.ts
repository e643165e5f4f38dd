import { self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'
import { listInbox } from '../../../../server/inbox/list'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listInbox', ({ db, principal, query, now }) => listInbox(db, principal, { ...query, now })),
)
