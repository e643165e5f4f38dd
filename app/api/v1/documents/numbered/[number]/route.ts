import { readNumbered } from '../../../../../../server/document/of-number'
import { self } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('getNumberedDocument', ({ db, principal, params }) => readNumbered(db, principal, params.number)),
)
