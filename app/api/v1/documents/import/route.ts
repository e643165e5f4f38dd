import { importDocument, readImport } from '../../../../../server/document/import'
import { createFrom } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  createFrom(
    'importDocument',
    ({ request, runtime }) => readImport(request, runtime.importWorker),
    ({ db, principal, prepared, now }) => importDocument(db, principal.personId, { ...prepared, now }),
  ),
)
