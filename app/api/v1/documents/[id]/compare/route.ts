import { read } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { compareVersions } from '../../../../../../server/version/compare'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  read('compareVersions', 'read', ({ db, access, query, request }) =>
    compareVersions(db, access.documentId, { ...query, clock: request.headers.get('x-document-clock') }),
  ),
)
