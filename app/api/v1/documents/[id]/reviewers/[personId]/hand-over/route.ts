import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { handOver } from '../../../../../../../../server/review/part'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('handOver', 'vote', ({ db, principal, access, params, body, runtime, now }) =>
    handOver(db, principal, access, {
      ...params,
      ...body,
      authorsMayApprove: runtime.config.authorsMayApprove,
      now,
    }),
  ),
)
