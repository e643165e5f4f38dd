import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { afterStart } from '../../../../../../server/review/around-thread'
import { isWriting } from '../../../../../../server/review/draft-store'
import { isAsked } from '../../../../../../server/review/reviewer-store'
import { onSavedText } from '../../../../../../server/thread/endpoints'
import { listThreads } from '../../../../../../server/thread/read'
import { startThread } from '../../../../../../server/thread/talk'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listThreads', 'read', ({ db, principal, access, query, request }) =>
    listThreads(db, principal, access, { ...query, clock: request.headers.get('x-document-clock') }),
  ),
  change(
    'createThread',
    'comment',
    async ({ db, principal, access, body, now }) => {
      const mayBlock = await isAsked(db, access.documentId, principal.personId)
      const thread = await startThread(db, principal, access, { ...body, mayBlock, isWriting, now })
      await afterStart(db, access, thread)
      return thread
    },
    onSavedText,
  ),
)
