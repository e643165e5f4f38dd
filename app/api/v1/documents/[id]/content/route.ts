import { readContent } from '../../../../../../server/document/content'
import { read } from '../../../../../../server/http/endpoint'
import { answerFile } from '../../../../../../server/http/file'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getContent', 'read', async ({ db, access, query, request }) => {
    const clock = request.headers.get('x-document-clock')
    return answerFile(request, await readContent(db, access, { format: query.format, clock }))
  }),
)
