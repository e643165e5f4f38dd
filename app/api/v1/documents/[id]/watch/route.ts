import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { readWatch, writeWatch } from '../../../../../../server/inbox/commands'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getWatch', 'read', ({ db, principal, access }) =>
    readWatch(db, access.documentId, principal.personId),
  ),
  change(
    'watchDocument',
    'read',
    ({ db, principal: { personId }, access: { documentId }, now }) =>
      writeWatch(db, { documentId, personId, watching: true, now }),
    { hold: 'shared' },
  ),
  change(
    'unwatchDocument',
    'read',
    async ({ db, principal: { personId }, access: { documentId }, now }) => {
      await writeWatch(db, { documentId, personId, watching: false, now })
      return undefined
    },
    { hold: 'shared' },
  ),
)
