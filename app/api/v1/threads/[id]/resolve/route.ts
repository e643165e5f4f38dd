import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { aroundThread } from '../../../../../../server/review/around-thread'
import { onThreadEnd } from '../../../../../../server/review/endpoints'
import { resolveThread } from '../../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'resolveThread',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      aroundThread(db, principal, access, { ...params, now }, () =>
        resolveThread(db, principal, access, { threadId: params.id, ...body, now }),
      ),
    onThreadEnd,
  ),
)
