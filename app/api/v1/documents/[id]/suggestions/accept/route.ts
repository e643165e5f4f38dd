import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { acceptSuggestions } from '../../../../../../../server/thread/suggestion-accept'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('acceptSuggestions', 'write', ({ db, principal, access, body, now }) =>
    acceptSuggestions(db, principal, access, { ...body, now }),
  ),
)
