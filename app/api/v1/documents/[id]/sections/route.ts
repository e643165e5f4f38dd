import { listSections } from '../../../../../../server/document/section-outline'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { withThreads } from '../../../../../../server/thread/counts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listSections', 'read', async ({ db, principal, access, query, request }) => {
    const clock = request.headers.get('x-document-clock')
    const outline = await listSections(db, access, { ...query, clock })
    return withThreads(db, principal, access, outline)
  }),
)
