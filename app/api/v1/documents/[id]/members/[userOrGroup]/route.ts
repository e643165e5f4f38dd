import { deleteMember, getMember, putMember } from '../../../../../../../server/access/commands'
import { change, read } from '../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../server/http/route'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('getMember', 'read', ({ db, access, params }) =>
    getMember(db, access, { userOrGroup: params.userOrGroup }),
  ),
  change('putMember', 'share', ({ db, principal, access, params, body }) =>
    putMember(db, principal, access, { userOrGroup: params.userOrGroup, role: body.role }),
  ),
  change('deleteMember', 'share', async ({ db, access, params }) => {
    await deleteMember(db, access, { userOrGroup: params.userOrGroup })
    return undefined
  }),
)
