import { restoreDocument } from '../../../../../../server/document/commands'
import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('restoreDocument', 'restore', ({ db, principal, access }) => restoreDocument(db, principal, access)),
)
