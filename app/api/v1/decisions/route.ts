import { listDecisions } from '../../../../server/document/decision-store'
import { self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listDecisions', ({ db, principal, query }) => listDecisions(db, principal, query)),
)
