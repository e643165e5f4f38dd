import { listTerms } from '../../../../server/document/term-store'
import { self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listTerms', ({ db, principal, query }) => listTerms(db, principal, query)),
)
