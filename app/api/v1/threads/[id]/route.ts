import { change, read } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { afterStart, aroundThread } from '../../../../../server/review/around-thread'
import { onThreadEnd } from '../../../../../server/review/endpoints'
import { isAsked } from '../../../../../server/review/reviewer-store'
import { onThread } from '../../../../../server/thread/endpoints'
import { getThread } from '../../../../../server/thread/read'
import { changeThread } from '../../../../../server/thread/resolve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read(
    'getThread',
    'read',
    ({ db, principal, access, params }) => getThread(db, principal, access, params.id),
    onThread,
  ),
  change(
    'updateThread',
    'comment',
    async ({ db, principal, access, params, body, now }) => {
      const mayBlock = await isAsked(db, access.documentId, principal.personId)
      const given = { threadId: params.id, ...body, mayBlock, now }
      const thread = await aroundThread(db, principal, access, { ...params, now }, () =>
        changeThread(db, principal, access, given),
      )
      await afterStart(db, access, thread)
      return thread
    },
    onThreadEnd,
  ),
)
