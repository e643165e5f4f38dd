import { change } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { aroundThread } from '../../../../../server/review/around-thread'
import { onCommentEnd } from '../../../../../server/review/endpoints'
import { onComment } from '../../../../../server/thread/endpoints'
import { editComment, removeComment } from '../../../../../server/thread/talk'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'updateComment',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      editComment(db, principal, access, { commentId: params.id, ...body, now }),
    onComment,
  ),
  change(
    'deleteComment',
    'comment',
    ({ db, principal, access, params, now }) =>
      aroundThread(db, principal, access, { ...params, now }, () =>
        removeComment(db, principal, access, { commentId: params.id, now }),
      ),
    onCommentEnd,
  ),
)
