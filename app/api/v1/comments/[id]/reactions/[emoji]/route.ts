import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { onComment } from '../../../../../../../server/thread/endpoints'
import { react } from '../../../../../../../server/thread/react'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'putReaction',
    'comment',
    ({ db, principal, access, params, now }) =>
      react(db, principal, access, { commentId: params.id, emoji: params.emoji, isSet: true, now }),
    onComment,
  ),
  change(
    'deleteReaction',
    'comment',
    ({ db, principal, access, params, now }) =>
      react(db, principal, access, { commentId: params.id, emoji: params.emoji, isSet: false, now }),
    onComment,
  ),
)
