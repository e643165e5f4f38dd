import { listDocuments } from '../../../../server/document/commands'
import { createDocument } from '../../../../server/document/create'
import { create, self } from '../../../../server/http/endpoint'
import { serve } from '../../../../server/http/route'
import { reviewedBy } from '../../../../server/review/reviewer-store'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('listDocuments', async ({ db, principal, query }) =>
    listDocuments(db, principal, { ...query, among: await reviewedBy(db, principal, query.reviewer) }),
  ),
  create('createDocument', ({ db, principal, body, now }) =>
    createDocument(db, principal.personId, { ...body, now }),
  ),
)
