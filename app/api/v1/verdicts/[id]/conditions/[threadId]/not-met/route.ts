import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { markConditionNotMet } from '../../../../../../../../server/review/confirm'
import { onVerdict } from '../../../../../../../../server/review/endpoints'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'markConditionNotMet',
    'vote',
    ({ db, principal, access, params, now }) =>
      markConditionNotMet(db, principal, access, { verdictId: params.id, threadId: params.threadId, now }),
    onVerdict,
  ),
)
