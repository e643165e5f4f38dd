import { digest } from 'lib0/hash/sha256'
import * as Y from 'yjs'
import type { Proposal } from '../../lib/api-proposal'
import type { AnchorAnswer } from '../../lib/api-thread'
import { placeOf } from '../../lib/content/anchor/anchor'
import { readBody } from '../../lib/content/read-body'
import { fragmentName } from '../../lib/content/shape'
import { suggestBody } from '../../lib/content/suggestion/suggestion-diff'
import { proposalOf } from '../../lib/proposal'
import { exactDoc } from '../../lib/sync/exact-doc'
import type { HeldWords } from './held-words'
import { withLostBlocks } from './lost-blocks'

/** A suggestion as it is sent, and a name of its own: sent again, it is the same one. */
export interface LateEdit {
  readonly key: string
  readonly body: { readonly suggestion: Proposal; readonly anchor?: AnchorAnswer }
}

/**
 * What somebody wrote and the server has not taken, as suggestions upon the text that it has. Only their own changes
 * count: what others wrote meanwhile stays, and what others had not saved either is theirs to bring.
 *
 * @param server the body as the server gave it; not changed.
 */
export function lateEdits(
  held: Pick<HeldWords, 'doc' | 'own'>,
  server: Y.Doc,
  of: { readonly documentId: string; readonly personId: string },
): LateEdit[] {
  const text = Y.encodeStateAsUpdate(server)
  const merged = mergedWith(text, held)
  const now = withLostBlocks(readBody(merged), held, server)
  merged.destroy()
  const saved = exactDoc()
  Y.applyUpdate(saved, text)
  const made = suggestBody(placeOf(saved.getXmlFragment(fragmentName)), now)
  saved.destroy()
  return made.map((one) => {
    const body = proposalOf(one)
    return { key: `late-${hashOf([of, body])}`, body }
  })
}

/** The server's text with what is their own in it; with all of it where their own rests on what others had not saved. */
function mergedWith(text: Uint8Array, { doc, own }: Pick<HeldWords, 'doc' | 'own'>): Y.Doc {
  if (own) {
    const merged = exactDoc()
    Y.applyUpdate(merged, text)
    const known = Y.decodeStateVector(Y.encodeStateVector(doc))
    for (const client of own) known.set(client, Y.getState(merged.store, client))
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known)))
    if (merged.store.pendingStructs === null) return merged
    merged.destroy()
  }
  const merged = exactDoc()
  Y.applyUpdate(merged, text)
  Y.applyUpdate(merged, Y.encodeStateAsUpdate(doc))
  return merged
}

const hashOf = (what: unknown): string =>
  [...digest(new TextEncoder().encode(JSON.stringify(what)))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
