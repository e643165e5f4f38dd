import { self } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { markDone } from '../../../../../../server/inbox/commands'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('finishNotice', ({ runtime, principal: { personId }, params, body, now }) =>
    markDone(runtime.pool, { personId, noticeId: params.id, done: body.done, now }),
  ),
)
