import { abilitiesOf } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { phaseOf } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { callApi } from '../call-api'
import type { AccessReading } from './session-ports'

/** What a person may do with a document in a browser, whose sessions have the widest scope. */
export const abilitiesIn = (document: DocumentAnswer) =>
  abilitiesOf({
    role: document.role,
    scope: 'admin',
    phase: phaseOf({ status: document.status, binned: document.binnedAt !== null }),
  })

/**
 * Who is signed in now, and what they may do with this document. Asked before every reconnect: the cookie may
 * be somebody else's by then, and nothing of the first person may travel under it.
 */
export async function readAccess(personId: string, documentId: string): Promise<AccessReading> {
  try {
    const me = await callApi('getMe')
    if (me.id !== personId) return { kind: 'other_person', name: me.name }
    const document = await callApi('getDocument', { params: { id: documentId } })
    return { kind: 'ok', document, canWrite: abilitiesIn(document).has('write') }
  } catch (error) {
    const code = error instanceof PublicError ? error.code : null
    if (code === 'unauthenticated') return { kind: 'signed_out' }
    if (code === 'not_found' || code === 'forbidden') return { kind: 'gone' }
    return { kind: 'unreachable' }
  }
}
