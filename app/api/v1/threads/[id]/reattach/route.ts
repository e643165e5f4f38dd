import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onSavedText, onThread } from '../../../../../../server/thread/endpoints'
import { reattach } from '../../../../../../server/thread/talk'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'reattachThread',
    'comment',
    ({ db, principal, access, params, body, now }) =>
      reattach(db, principal, access, {
        threadId: params.id,
        ...body,
        now,
      }),
    { ...onSavedText, ...onThread },
  ),
)
