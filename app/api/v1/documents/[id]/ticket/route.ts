import { issueTicket } from '../../../../../../server/auth/ticket'
import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('createTicket', 'read', async ({ db, principal, access, now }) => {
    const { ticket, expiresAt } = await issueTicket(db, principal, { documentId: access.documentId, now })
    return { ticket, expiresAt: expiresAt.toISOString() }
  }),
)
