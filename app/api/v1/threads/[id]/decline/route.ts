import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onThread } from '../../../../../../server/thread/endpoints'
import { declineSuggestion } from '../../../../../../server/thread/suggestion-end'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'declineSuggestion',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      declineSuggestion(db, principal, access, { threadId: params.id, ...body, now }),
    onThread,
  ),
)
