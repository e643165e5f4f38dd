import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { stepAside } from '../../../../../../../../server/review/part'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('stepAside', 'vote', ({ db, principal, access, params, body, now }) =>
    stepAside(db, principal, access, { ...params, ...body, now }),
  ),
)
