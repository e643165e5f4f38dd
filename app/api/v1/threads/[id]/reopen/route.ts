import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onThreadPerhapsText } from '../../../../../../server/thread/endpoints'
import { reopenThread } from '../../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'reopenThread',
    'comment',
    ({ db, principal, access, params, now }) =>
      reopenThread(db, principal, access, { threadId: params.id, now }),
    onThreadPerhapsText,
  ),
)
