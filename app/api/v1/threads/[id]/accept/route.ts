import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onThreadAndText } from '../../../../../../server/thread/endpoints'
import { acceptSuggestion } from '../../../../../../server/thread/suggestion-accept'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'acceptSuggestion',
    'write',
    ({ db, principal, access, params, now }) =>
      acceptSuggestion(db, principal, access, { threadId: params.id, now }),
    onThreadAndText,
  ),
)
