import { toBase64 } from 'lib0/buffer'
import { callApi } from '../call-api'

/** A call into which the answer vanishes is given up after this; the server itself waits for two seconds. */
const callTimeoutMs = 10_000

/**
 * Whether the log of a document has all that a state vector names.
 *
 * @param stateVector of Yjs, encoded.
 * @returns False also where it cannot be asked.
 */
export async function isStored(documentId: string, stateVector: Uint8Array): Promise<boolean> {
  try {
    await callApi('listSections', {
      params: { id: documentId },
      query: { limit: 1 },
      clock: toBase64(stateVector),
      signal: AbortSignal.timeout(callTimeoutMs),
    })
    return true
  } catch {
    return false
  }
}
