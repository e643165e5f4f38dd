import { change } from '../../../../../../../../server/http/endpoint'
import { serve } from '../../../../../../../../server/http/route'
import { markSectionRead, unmarkSectionRead } from '../../../../../../../../server/review/reading'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change(
    'markSectionRead',
    'vote',
    ({ db, principal, access, params, now }) =>
      markSectionRead(db, principal, access, { sectionId: params.sectionId, now }),
    { hold: 'shared' },
  ),
  change(
    'unmarkSectionRead',
    'vote',
    ({ db, principal, access, params }) => unmarkSectionRead(db, principal, access, params),
    { hold: 'shared' },
  ),
)
