import { fromBase64, toBase64 } from 'lib0/buffer'
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { decodeRelativePosition } from 'yjs'
import type { AnchorAnswer } from '../../lib/api-thread'

/**
 * A state vector (base64) that covers the two ends of an anchor and nothing else: words that somebody has typed
 * a moment ago may not be stored yet, and what the rest of the document's writers did is no matter.
 */
export function anchorClock(anchor: Pick<AnchorAnswer, 'start' | 'end'>): string {
  const clocks = new Map<number, number>()
  for (const end of [anchor.start, anchor.end]) {
    const { item, type } = decodeRelativePosition(fromBase64(end))
    const id = item ?? type
    if (id) clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + 1))
  }
  const encoder = createEncoder()
  writeVarUint(encoder, clocks.size)
  for (const [client, clock] of clocks) {
    writeVarUint(encoder, client)
    writeVarUint(encoder, clock)
  }
  return toBase64(toUint8Array(encoder))
}
