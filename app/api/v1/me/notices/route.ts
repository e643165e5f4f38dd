import { self } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { getSettings, putSettings } from '../../../../../server/inbox/settings'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('getNoticeSettings', ({ db, principal, runtime }) =>
    getSettings(db, principal.personId, runtime.config),
  ),
  self('putNoticeSettings', ({ db, principal, body, runtime }) =>
    putSettings(db, principal.personId, body, runtime.config),
  ),
)
