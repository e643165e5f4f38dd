import * as Y from 'yjs'
import { encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import { mergeInParts } from './send-batch'

/** What Yjs writes for "nothing": no structs, no deletes. */
const emptyUpdate = Uint8Array.of(0, 0)

/** How the body is kept in bytes beside the Y.Doc. */
type Encoded =
  /** `base`, and what came since, as it came. */
  | { readonly kind: 'kept'; readonly base: Frame; readonly tail: Uint8Array[] }
  /** Too much came since: encoded again when somebody asks. */
  | { readonly kind: 'stale' }

/**
 * A hot document: the Y.Doc for judging and merging, and its bytes for those who come. Somebody with nothing
 * yet is answered without encoding: encoding a megabyte takes 16 ms, and fifty people open a link at once.
 */
export class Body {
  readonly doc: Y.Doc
  readonly #limits: Pick<SyncLimits, 'tailUpdates' | 'tailBytes'>
  #encoded: Encoded = { kind: 'stale' }
  /** Of the base, or of what the base was when it went stale. */
  #baseBytes = 0
  #tailBytes = 0

  constructor(doc: Y.Doc, limits: Pick<SyncLimits, 'tailUpdates' | 'tailBytes'>) {
    this.doc = doc
    this.#limits = limits
    this.#encode()
  }

  /** Roughly the bytes of the encoded body; never less than a state that is yet to be compacted. */
  get bytes(): number {
    return this.#baseBytes + this.#tailBytes
  }

  /** Takes in what was applied to the document. */
  push(update: Uint8Array): void {
    this.#tailBytes += update.length
    if (this.#encoded.kind === 'stale') return
    this.#encoded.tail.push(update)
    if (this.#encoded.tail.length >= this.#limits.tailUpdates || this.#tailBytes >= this.#limits.tailBytes) {
      this.#encoded = { kind: 'stale' }
    }
  }

  /**
   * The answer to a step 1. For an empty state vector the base goes out as an update and the tail as the
   * step 2, empty or not: stock clients call themselves synced at the step 2, and would show old text as
   * complete were it the other way round.
   *
   * @param stateVector that is one.
   */
  answer(stateVector: Uint8Array): Frame[] {
    if (Y.decodeStateVector(stateVector).size > 0)
      return [new Frame(encodeStep2(Y.encodeStateAsUpdate(this.doc, stateVector)))]
    const { base, tail } = this.#encode()
    const parts = mergeInParts(tail)
    const last = parts.pop() ?? emptyUpdate
    return [base, ...parts.map((part) => new Frame(encodeUpdate(part))), new Frame(encodeStep2(last))]
  }

  #encode(): Extract<Encoded, { kind: 'kept' }> {
    if (this.#encoded.kind === 'kept') return this.#encoded
    const base = Y.encodeStateAsUpdate(this.doc)
    this.#baseBytes = base.length
    this.#tailBytes = 0
    this.#encoded = { kind: 'kept', base: new Frame(encodeUpdate(base)), tail: [] }
    return this.#encoded
  }
}

export function isStateVector(bytes: Uint8Array): boolean {
  try {
    Y.decodeStateVector(bytes)
    return true
  } catch {
    return false
  }
}
