import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { onComment } from '../../../../../../server/thread/endpoints'
import { listWordings } from '../../../../../../server/thread/react'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'listWordings',
    'read',
    ({ db, principal, params, query }) => listWordings(db, principal, { commentId: params.id, ...query }),
    onComment,
  ),
)
