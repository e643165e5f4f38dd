import { change, read } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { onThread } from '../../../../../server/thread/endpoints'
import { getThread } from '../../../../../server/thread/read'
import { changeThread } from '../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'getThread',
    'read',
    ({ db, principal, access, params }) => getThread(db, principal, access, params.id),
    onThread,
  ),
  change(
    'updateThread',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      changeThread(db, principal, access, { threadId: params.id, ...body, now }),
    onThread,
  ),
)
