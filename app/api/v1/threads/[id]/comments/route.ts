import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { isWriting } from '../../../../../../server/review/draft-store'
import { onThread } from '../../../../../../server/thread/endpoints'
import { reply } from '../../../../../../server/thread/talk'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'createComment',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      reply(db, principal, access, { threadId: params.id, ...body, isWriting, now }),
    onThread,
  ),
)
