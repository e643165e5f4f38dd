import { listNamed } from '../../../../../../server/document/decision'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listNamed', 'read', ({ db, access }) => listNamed(db, access)),
)
