import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
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
    ({ db, principal, access, body, now }) => startThread(db, principal, access, { ...body, now }),
    onSavedText,
  ),
)
