import { self } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { markRead } from '../../../../../../server/inbox/commands'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('readNotice', ({ runtime, principal: { personId }, params, now }) =>
    markRead(runtime.pool, { personId, noticeId: params.id, now }),
  ),
)
