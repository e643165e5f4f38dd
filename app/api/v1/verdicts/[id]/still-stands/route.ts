import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { stillStands } from '../../../../../../server/review/confirm'
import { onVerdict } from '../../../../../../server/review/endpoints'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'stillStands',
    'vote',
    ({ db, principal, access, params, body, now }) =>
      stillStands(db, principal, access, { verdictId: params.id, ...body, now }),
    onVerdict,
  ),
)
