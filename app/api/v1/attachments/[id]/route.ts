import { onAttachment } from '../../../../../server/document/attachment'
import { answerAttachment } from '../../../../../server/document/attachment-file'
import { read } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'getAttachment',
    'read',
    ({ db, params, request }) => answerAttachment(db, params.id, request),
    onAttachment,
  ),
)
