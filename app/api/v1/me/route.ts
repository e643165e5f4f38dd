import { readMe } from '../../../../server/access/person'
import { self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('getMe', ({ db, principal }) => readMe(db, principal)),
)
