import {
  besideText,
  keepAttachment,
  listAttachments,
  readAttachmentBody,
} from '../../../../../../server/document/attachment'
import { changeFrom, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listAttachments', 'read', ({ db, access, query, runtime }) =>
    listAttachments(db, access, { ...query, limits: runtime.config.attachments }),
  ),
  changeFrom(
    'createAttachment',
    'write',
    ({ db, principal, access, query, request, runtime }) =>
      readAttachmentBody(db, principal, access, {
        request,
        name: query.name,
        from: query.from,
        limits: runtime.config.attachments,
      }),
    ({ db, principal, access, prepared, runtime, now }) =>
      keepAttachment(db, principal, access, { ...prepared, limits: runtime.config.attachments, now }),
    besideText,
  ),
)
