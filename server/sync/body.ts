import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { BodySize } from '../../lib/live'
import { applyUpdate } from '../../lib/sync/apply-update'
import { exactDoc } from '../../lib/sync/exact-doc'
import { encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import type { Mark } from './relay'
import { mergeInParts } from './send-batch'

type BodyLimits = Pick<SyncLimits, 'tailUpdates' | 'tailBytes' | 'warmMs' | 'largeBodyBytes' | 'maxBodyBytes'>

/** What Yjs writes for "nothing": no structs, no deletes. */
const nothing = Uint8Array.of(0, 0)

/** How a hot body is kept in bytes beside the Y.Doc. */
type Encoded =
  /** `base`, and what came since, as it came. */
  | { readonly kind: 'kept'; readonly base: Base; readonly tail: Uint8Array[] }
  /** Too much came since: encoded again when somebody asks. */
  | { readonly kind: 'stale' }

type State =
  /** Somebody edits, or did a while ago. */
  | { readonly kind: 'hot'; readonly doc: Y.Doc; encoded: Encoded }
  /** It is only read: the Y.Doc, some twelve times the size of its bytes, is given up, and made of them again. */
  | {
      readonly kind: 'warm'
      readonly base: Base
      readonly mark: Mark
      /** All that is deleted, as an update: what somebody sends who has the same. */
      readonly deletions: Uint8Array
    }

/** A whole body as the message in which it goes out; its update is the end of that message. */
interface Base {
  readonly frame: Frame
  readonly bytes: number
}

/**
 * The body of an open document: a Y.Doc for judging and merging while somebody edits it, and its bytes for
 * those who come. Somebody with nothing yet is answered without encoding: encoding a megabyte takes 16 ms,
 * and fifty people open a link at once.
 *
 * Whatever the state, every question is answered in the turn in which it is asked.
 */
export class Body {
  readonly #limits: BodyLimits
  #state: State
  /** Of the body as it is; null: it has changed since. */
  #mark: Mark | null = null
  /** Of the base, or of what the base was when it went stale. */
  #baseBytes = 0
  #tailBytes = 0
  #isUsed = true
  /** When the Y.Doc was last seen to be in use, by `Timers.elapsed`. */
  #usedAt = 0

  constructor(doc: Y.Doc, limits: BodyLimits) {
    this.#limits = limits
    this.#state = { kind: 'hot', doc, encoded: { kind: 'stale' } }
    this.#encode(this.#state)
  }

  get isHot(): boolean {
    return this.#state.kind === 'hot'
  }

  /** Roughly the bytes of the encoded body; never less than a state that is yet to be compacted. */
  get bytes(): number {
    return this.#baseBytes + this.#tailBytes
  }

  /**
   * How large it is, to be asked after each change. What came since the base counts as long as it was sent; it is
   * encoded anew where that would decide and is a good part of it, which is seldom.
   */
  size(): BodySize {
    const { largeBodyBytes } = this.#limits
    // Full is for good: nearly exact, where large is only said.
    const share = this.bytes >= this.#limits.maxBodyBytes ? 100 : 4
    if (
      this.bytes >= largeBodyBytes &&
      this.#tailBytes > this.#baseBytes / share &&
      this.#state.kind === 'hot'
    ) {
      this.#state.encoded = { kind: 'stale' }
      this.#encode(this.#state)
    }
    if (this.bytes >= this.#limits.maxBodyBytes) return 'full'
    return this.bytes >= largeBodyBytes ? 'large' : 'usual'
  }

  /** The one door to the Y.Doc, which is made when it is not there. For judging; what is taken goes to `apply`. */
  wake(): Y.Doc {
    this.#isUsed = true
    if (this.#state.kind === 'hot') return this.#state.doc
    const { base, mark } = this.#state
    const doc = exactDoc()
    Y.applyUpdate(doc, updateOf(base))
    this.#state = { kind: 'hot', doc, encoded: { kind: 'kept', base, tail: [] } }
    this.#mark = mark
    return doc
  }

  /**
   * True where it is seen without the Y.Doc that an update brings nothing: a page that has everything says so by
   * these very bytes when it comes back, and so does the log. False says nothing.
   */
  isKnown(update: Uint8Array): boolean {
    if (this.#state.kind === 'hot') return false
    return [nothing, this.#state.deletions].some((known) => Buffer.compare(known, update) === 0)
  }

  /**
   * To be called now and then: gives the Y.Doc up when nobody has needed it for `warmMs`.
   *
   * @param now by `Timers.elapsed`.
   */
  rest(now: number): void {
    if (this.#state.kind === 'warm') return
    // Asked for here and not at every edit, which then need not look at the clock.
    if (this.#isUsed) this.#usedAt = now
    this.#isUsed = false
    if (now - this.#usedAt < this.#limits.warmMs) return
    const { doc } = this.#state
    const { base, tail } = this.#encode(this.#state)
    const whole = tail.length === 0 ? base : this.#encodeAnew(doc)
    // The frame as it goes to a socket is built again when somebody comes: it is as long as the message.
    const frame = new Frame(whole.frame.message)
    const mark = this.mark()
    const deletions = Y.encodeStateAsUpdate(doc, mark.stateVector)
    this.#state = { kind: 'warm', base: { frame, bytes: whole.bytes }, mark, deletions }
    doc.destroy()
  }

  /**
   * Applies what the guard let pass.
   *
   * @param answer what to encode of it.
   * @returns null when yjs could not apply it whole, which the guard should have seen: what is in memory is
   *   not what was judged, and the body must be loaded again.
   */
  apply(update: Uint8Array, answer: 'nothing' | 'what is new'): Uint8Array | null {
    const doc = this.wake()
    this.#mark = null
    // More than one: where marks meet, yjs tidies up in a transaction of its own.
    const added: Uint8Array[] = []
    const keep = (bytes: Uint8Array) => added.push(bytes)
    // yjs encodes what a transaction added only while somebody listens.
    if (answer === 'what is new') doc.on('update', keep)
    try {
      applyUpdate(doc, update)
    } catch {
      return null
    } finally {
      doc.off('update', keep)
    }
    const { pendingStructs, pendingDs } = doc.store
    if (pendingStructs !== null || pendingDs !== null) return null
    return added.length === 0 ? new Uint8Array() : Y.mergeUpdates(added)
  }

  /** Takes what was applied to the bytes. @param update its bytes, which are kept. */
  push(update: Uint8Array): void {
    this.#tailBytes += update.length
    if (this.#state.kind === 'warm' || this.#state.encoded.kind === 'stale') return
    const { tail } = this.#state.encoded
    tail.push(update)
    if (tail.length >= this.#limits.tailUpdates || this.#tailBytes >= this.#limits.tailBytes) {
      this.#state.encoded = { kind: 'stale' }
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
    if (Y.decodeStateVector(stateVector).size > 0) return [new Frame(encodeStep2(this.diff(stateVector)))]
    if (this.#state.kind === 'warm') return [this.#state.base.frame, new Frame(encodeStep2(nothing))]
    const { base, tail } = this.#encode(this.#state)
    const parts = mergeInParts(tail)
    const last = parts.pop() ?? nothing
    return [base.frame, ...parts.map((part) => new Frame(encodeUpdate(part))), new Frame(encodeStep2(last))]
  }

  /** Everything that is not in a state vector, as one update. @param stateVector that is one. */
  diff(stateVector: Uint8Array): Uint8Array {
    if (this.#state.kind === 'warm' && Buffer.compare(this.#state.mark.stateVector, stateVector) === 0)
      return this.#state.deletions
    return this.#state.kind === 'hot'
      ? Y.encodeStateAsUpdate(this.#state.doc, stateVector)
      : Y.diffUpdate(updateOf(this.#state.base), stateVector)
  }

  stateVector(): Uint8Array {
    return this.#state.kind === 'hot' ? Y.encodeStateVector(this.#state.doc) : this.#state.mark.stateVector
  }

  mark(): Mark {
    if (this.#state.kind === 'warm') return this.#state.mark
    this.#mark ??= markOf(this.#state.doc)
    return this.#mark
  }

  destroy(): void {
    if (this.#state.kind === 'hot') this.#state.doc.destroy()
  }

  #encode(state: Extract<State, { kind: 'hot' }>): Extract<Encoded, { kind: 'kept' }> {
    if (state.encoded.kind === 'stale') {
      state.encoded = { kind: 'kept', base: this.#encodeAnew(state.doc), tail: [] }
    }
    return state.encoded
  }

  #encodeAnew(doc: Y.Doc): Base {
    const update = Y.encodeStateAsUpdate(doc)
    this.#baseBytes = update.length
    this.#tailBytes = 0
    return { frame: new Frame(encodeUpdate(update)), bytes: update.length }
  }
}

const updateOf = ({ frame, bytes }: Base): Uint8Array => frame.message.subarray(-bytes)

const markOf = (doc: Y.Doc): Mark => {
  const deletes = Y.createDeleteSetFromStructStore(doc.store)
  return {
    stateVector: Y.encodeStateVector(doc),
    deletes: createHash('sha256')
      .update(Y.encodeSnapshot(Y.createSnapshot(deletes, new Map())))
      .digest(),
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
