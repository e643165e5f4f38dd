import { readOutline } from '../../../../../../server/document/content'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listSections', 'read', ({ db, access, request }) =>
    readOutline(db, access, { clock: request.headers.get('x-document-clock') }),
  ),
)
