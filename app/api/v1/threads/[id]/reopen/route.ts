import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { aroundThread } from '../../../../../../server/review/around-thread'
import { onThreadEnd } from '../../../../../../server/review/endpoints'
import { reopenThread } from '../../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'reopenThread',
    'comment',
    ({ db, principal, access, params, now }) =>
      aroundThread(db, principal, access, { ...params, now }, () =>
        reopenThread(db, principal, access, { threadId: params.id, now }),
      ),
    onThreadEnd,
  ),
)
