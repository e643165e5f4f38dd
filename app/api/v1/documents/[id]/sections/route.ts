import { readOutline } from '../../../../../../server/document/content'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { withThreads } from '../../../../../../server/thread/counts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listSections', 'read', async ({ db, principal, access, request }) => {
    const outline = await readOutline(db, access, { clock: request.headers.get('x-document-clock') })
    return withThreads(db, principal, access, outline)
  }),
)
