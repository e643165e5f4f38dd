import { abilitiesOf, type Phase } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { phaseOf } from '../../lib/document'
import type { ErrorCode } from '../../lib/errors'
import { CallError, callApi } from '../call-api'
import type { AccessReading } from './session-ports'

/** What a person may do with a document in a browser, whose sessions have the widest scope. */
export const abilitiesIn = (document: DocumentAnswer) =>
  abilitiesOf({
    role: document.role,
    scope: 'admin',
    phase: phaseIn(document),
  })

/** As approved text is: what a newer release has written would lose what this page does not know. */
function phaseIn({ status, binnedAt, fromNewerRelease }: DocumentAnswer): Phase {
  const phase = phaseOf({ status, binned: binnedAt !== null })
  return phase === 'open' && fromNewerRelease ? 'locked' : phase
}

/** A connection into which calls vanish is given up after this, and tried again. */
const callTimeoutMs = 10_000

/**
 * Who is signed in now, and what they may do with this document. Asked before every reconnect: the cookie may
 * be somebody else's by then, and nothing of the first person may travel under it.
 *
 * The page takes the document away on a verdict, so a verdict is what our API has said in so many words: a
 * proxy's 404 or a guest network's page for every address is an answer of nobody.
 *
 * @param limit makes what ends one call.
 */
export async function readAccess(
  personId: string,
  documentId: string,
  limit: () => AbortSignal = () => AbortSignal.timeout(callTimeoutMs),
): Promise<AccessReading> {
  try {
    const me = await callApi('getMe', { signal: limit() })
    if (typeof me.id !== 'string') return { kind: 'unreachable' }
    if (me.id !== personId) return { kind: 'other_person', name: me.name }
  } catch (error) {
    return { kind: verdictOf(error) === 'unauthenticated' ? 'signed_out' : 'unreachable' }
  }
  try {
    const document = await callApi('getDocument', { params: { id: documentId }, signal: limit() })
    if (document.id !== documentId) return { kind: 'unreachable' }
    return { kind: 'ok', document, canWrite: abilitiesIn(document).has('write') }
  } catch (error) {
    const code = verdictOf(error)
    if (code === 'unauthenticated') return { kind: 'signed_out' }
    if (code === 'not_found' || code === 'forbidden') return { kind: 'gone' }
    return { kind: 'unreachable' }
  }
}

const verdictOf = (error: unknown): ErrorCode | null =>
  error instanceof CallError && error.fromApi ? error.code : null
