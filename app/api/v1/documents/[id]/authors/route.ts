import { pageOf } from '../../../../../../lib/page'
import { change, read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { putAuthors } from '../../../../../../server/review/authors'
import { readAuthors } from '../../../../../../server/review/record'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('listAuthors', 'read', async ({ db, access, query }) =>
    pageOf(await readAuthors(db, access.documentId), query, ({ id }) => id),
  ),
  change('putAuthors', 'overrule', async ({ db, principal, access, body }) => ({
    items: await putAuthors(db, principal, access, body),
    nextCursor: null,
  })),
)
