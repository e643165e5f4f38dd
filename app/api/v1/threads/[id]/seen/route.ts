import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onThread } from '../../../../../../server/thread/endpoints'
import { markSeen } from '../../../../../../server/thread/read'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'markThreadSeen',
    'read',
    ({ db, principal, params, body }) => markSeen(db, principal, { threadId: params.id, ...body }),
    onThread,
  ),
)
