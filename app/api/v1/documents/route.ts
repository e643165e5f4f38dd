import { listDocuments } from '../../../../server/document/commands'
import { createDocument } from '../../../../server/document/create'
import { create, self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listDocuments', ({ db, principal, query }) => listDocuments(db, principal, query)),
  create('createDocument', ({ db, principal, body, now }) =>
    createDocument(db, principal.personId, { ...body, now }),
  ),
)
