import { change } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'
import { declineSuggestions } from '../../../../../../../server/thread/suggestion-end'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'declineSuggestions',
    'comment',
    ({ db, principal, access, body, now }) => declineSuggestions(db, principal, access, { ...body, now }),
    { hold: 'shared' },
  ),
)
