import { importDocument, readImport } from '../../../../../server/document/import'
import { createFrom } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  createFrom(
    'importDocument',
    ({ db, principal, request, runtime }) => readImport(db, principal, request, runtime.importWorker),
    ({ db, principal, prepared, runtime, now }) =>
      importDocument(db, principal, { ...prepared, limits: runtime.config.attachments, now }),
  ),
)
