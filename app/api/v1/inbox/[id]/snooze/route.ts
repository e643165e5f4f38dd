import { self } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { snooze } from '../../../../../../server/inbox/commands'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('snoozeNotice', ({ runtime, principal: { personId }, params, body, now }) =>
    snooze(runtime.pool, { personId, noticeId: params.id, until: body.until, now }),
  ),
)
