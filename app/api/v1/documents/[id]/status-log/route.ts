import { pageOf } from '../../../../../../lib/page'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { readMoves } from '../../../../../../server/review/status-store'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listStatusMoves', 'read', async ({ db, principal, access, query }) =>
    pageOf(await readMoves(db, access.documentId, principal.personId), query, ({ id }) => id),
  ),
)
