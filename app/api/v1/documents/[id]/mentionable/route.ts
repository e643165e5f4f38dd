import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { searchMentionable } from '../../../../../../server/thread/mentionable'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listMentionable', 'comment', ({ db, principal, access, query }) =>
    searchMentionable(db, principal, access, query),
  ),
)
