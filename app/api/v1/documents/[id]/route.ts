import { binDocument, getDocument, renameDocument } from '../../../../../server/document/commands'
import { change, read } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getDocument', 'read', ({ db, principal, access }) => getDocument(db, principal, access)),
  change('updateDocument', 'edit_properties', ({ db, principal, access, body, now }) =>
    renameDocument(db, principal, access, { ...body, now }),
  ),
  change('deleteDocument', 'delete', async ({ db, principal, access, now }) => {
    await binDocument(db, principal, access, { now })
    return undefined
  }),
)
