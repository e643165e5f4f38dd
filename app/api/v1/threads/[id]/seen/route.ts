import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { readThreadNotices } from '../../../../../../server/inbox/commands'
import { onThread } from '../../../../../../server/thread/endpoints'
import { markSeen } from '../../../../../../server/thread/read'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'markThreadSeen',
    'read',
    async ({ db, principal, params, body, now }) => {
      const threadId = params.id
      await markSeen(db, principal, { threadId, ...body })
      await readThreadNotices(db, { personId: principal.personId, threadId, now })
      return undefined
    },
    onThread,
  ),
)
