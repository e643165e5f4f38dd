import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { markConditionMet } from '../../../../../../../../server/review/confirm'
import { onVerdict } from '../../../../../../../../server/review/endpoints'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'markConditionMet',
    'overrule',
    ({ db, principal, access, params, now }) =>
      markConditionMet(db, principal, access, { verdictId: params.id, threadId: params.threadId, now }),
    onVerdict,
  ),
)
