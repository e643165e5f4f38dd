import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onThread } from '../../../../../../server/thread/endpoints'
import { resolveThread } from '../../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'resolveThread',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      resolveThread(db, principal, access, { threadId: params.id, ...body, now }),
    onThread,
  ),
)
