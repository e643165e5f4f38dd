import { change } from '../../../../../../server/http/endpoint'
import { serve } from '../../../../../../server/http/route'
import { announceFinalPeriod, cancelFinalPeriod } from '../../../../../../server/review/period'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  change('announceFinalPeriod', 'ask_review', ({ db, principal, access, body, now }) =>
    announceFinalPeriod(db, principal, access, { ...body, now }),
  ),
  change('cancelFinalPeriod', 'ask_review', ({ db, access }) => cancelFinalPeriod(db, access)),
)
