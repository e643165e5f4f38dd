import { self } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { markAllRead } from '../../../../../server/inbox/commands'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('readInbox', ({ runtime, principal: { personId }, now }) =>
    markAllRead(runtime.pool, { personId, now }),
  ),
)
