import { listMembers } from '../../../../../../server/access/commands'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listMembers', 'read', ({ db, access, query }) => listMembers(db, access, query)),
)
