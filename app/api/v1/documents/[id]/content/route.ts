import { readContent } from '../../../../../../server/document/content'
import { read } from '../../../../../../server/http/endpoint'
import { answerFile } from '../../../../../../server/http/file'
import { serve } from '../../../../../../server/http/route'
import { listReviewers } from '../../../../../../server/review/present'
import { withAppendix } from '../../../../../../server/thread/appendix'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getContent', 'read', async ({ db, principal, access, query, request }) => {
    const clock = request.headers.get('x-document-clock')
    const content = await readContent(db, access, { format: query.format, clock })
    if (query.appendix === undefined) return answerFile(request, content)
    const reviewers = await listReviewers(db, access)
    return answerFile(request, await withAppendix(db, principal, access, { content, reviewers }))
  }),
)
