import { readDecisionRecord } from '../../../../../../../server/document/decision'
import { read } from '../../../../../../../server/http/endpoint'
import { answerFile } from '../../../../../../../server/http/file'
import { serve } from '../../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getDecisionRecord', 'read', async ({ db, principal, access, params, request, runtime }) => {
    const clock = request.headers.get('x-document-clock')
    const given = { blockId: params.blockId, origin: runtime.config.origin, clock }
    return answerFile(request, await readDecisionRecord(db, principal, access, given))
  }),
)
