import { self } from '../../../../../server/http/endpoint'
import { serve } from '../../../../../server/http/route'
import { deleteAway, getAway, putAway } from '../../../../../server/review/away'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve(
  self('getAway', ({ db, principal, now }) => getAway(db, principal, now)),
  self('putAway', ({ db, principal, body, now }) => putAway(db, principal, { ...body, now })),
  self('deleteAway', ({ db, principal }) => deleteAway(db, principal)),
)
