import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import {
  type FindHit,
  type FindPattern,
  type FindQuery,
  hitsIn,
  patternOf,
} from '../../../lib/content/find/find'
import { type TextPiece, textPieces } from '../../../lib/content/find/find-text'
import { RestTimer } from '../../rest-timer'
import { runFind } from './find-run'

/** A hit in positions of the document that it was found in. */
export interface PlacedHit {
  readonly from: number
  readonly to: number
  readonly instead?: string
}

export interface FindState {
  /** `slow`: it took too long, and was ended. `failed`: the thread that runs it could not be begun. */
  readonly kind: 'none' | 'wrong' | 'searching' | 'slow' | 'failed' | 'found'
  /** What is wrong with the expression. */
  readonly sentence: string | null
  readonly count: number
  /** There are more than are counted. */
  readonly isCut: boolean
  /** Index of the one that is gone to; -1: none. */
  readonly current: number
}

/** More than these are not counted. */
export const mostHits = 10_000

/** How long after a change it is looked again, how long at most, and how long that may hold up the page at once. In ms. */
const restMs = 250
const restMostMs = 1_500
const sliceMs = 8

const nothing: FindState = { kind: 'none', sentence: null, count: 0, isCut: false, current: -1 }

interface KnownBlock {
  readonly hits: readonly FindHit[]
  /** Nothing more is in it: all of it was looked through. */
  readonly isWhole: boolean
}

/**
 * What is being looked for in one text, and where it is. What was found in a block is kept for as long as it is the
 * very same node: a change costs the block that changed, at rest.
 */
export class FindSession {
  readonly #editor: Editor
  readonly #listeners = new Set<() => void>()
  readonly #rest = new RestTimer(() => void this.#search(), restMostMs)
  #pattern: FindPattern = { kind: 'none' }
  #known = new WeakMap<ProseMirrorNode, KnownBlock>()
  #hits: readonly PlacedHit[] = []
  /** What the hits were found in. */
  #foundIn: ProseMirrorNode | null = null
  /** Where one is; moves with the text. */
  #at = 0
  #under = new AbortController()
  #state = nothing

  constructor(editor: Editor) {
    this.#editor = editor
    this.#at = editor.state.selection.from
  }

  /** Follows the text from now on. @returns what ends that. */
  start(): () => void {
    this.#editor.on('transaction', this.#onTransaction)
    return () => {
      this.#under.abort()
      this.#rest.end()
      this.#editor.off('transaction', this.#onTransaction)
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly state = (): FindState => this.#state

  /** Those of the text as it is; empty while it is looked through. */
  get hits(): readonly PlacedHit[] {
    return this.#foundIn === this.#editor.state.doc ? this.#hits : []
  }
  get currentHit(): PlacedHit | null {
    return this.hits[this.#state.current] ?? null
  }

  /** Looks for something else, from where one is. */
  async look(query: FindQuery): Promise<void> {
    this.#pattern = patternOf(query)
    this.#known = new WeakMap()
    await this.#search()
  }

  /** Looks again for the same, in what has changed. */
  again(): Promise<void> {
    return this.#search()
  }

  /** Goes to the next one, or the one before; at the end, from the beginning again. */
  async go(by: 1 | -1): Promise<void> {
    if (this.#foundIn !== this.#editor.state.doc) await this.#search()
    const { count, current } = this.#state
    if (count === 0) return
    this.#goTo((current + by + count) % count)
  }

  /** From here the next look goes on. */
  moveTo(position: number): void {
    this.#at = position
  }

  /**
   * What there is now, with what comes in its place: one more than `mostHits` where there are more than those.
   *
   * @param template with the groups of a regular expression put in; for plain words it is what it says.
   * @returns why not: it took too long, it could not be run, or somebody changed the text meanwhile.
   */
  async replacements(template: string): Promise<Required<PlacedHit>[] | 'slow' | 'failed' | 'changed'> {
    const pattern = this.#pattern
    if (pattern.kind !== 'pattern') return []
    const { doc } = this.#editor.state
    const found: Required<PlacedHit>[] = []
    const blocks: { block: ProseMirrorNode; offset: number }[] = []
    doc.forEach((block, offset) => {
      blocks.push({ block, offset })
    })
    const hits = await this.#findIn(
      blocks.map(({ block }) => block),
      pattern,
      pattern.isPlain ? null : template,
    )
    if (typeof hits === 'string') return hits
    if (doc !== this.#editor.state.doc) return 'changed'
    for (const [index, { offset }] of blocks.entries()) {
      for (const hit of hits[index] ?? []) {
        found.push({ from: offset + hit.from, to: offset + hit.to, instead: hit.instead ?? template })
      }
    }
    return found
  }

  readonly #onTransaction = ({ transaction }: { transaction: Transaction }): void => {
    if (!transaction.docChanged) return
    this.#at = transaction.mapping.map(this.#at)
    if (this.#pattern.kind === 'pattern') this.#rest.soon(restMs)
  }

  async #search(): Promise<void> {
    this.#under.abort()
    const mine = new AbortController()
    this.#under = mine
    this.#rest.end()
    const pattern = this.#pattern
    if (pattern.kind !== 'pattern') {
      this.#hits = []
      const sentence = pattern.kind === 'wrong' ? pattern.sentence : null
      this.#tell({ ...nothing, kind: pattern.kind, sentence })
      return
    }
    const { doc } = this.#editor.state
    const missing = doc.children.filter((block) => !this.#known.get(block)?.isWhole)
    if (missing.length > 0 && this.#state.count === 0) this.#tell({ ...this.#state, kind: 'searching' })
    const found = await this.#findIn(missing, pattern, null, mine.signal)
    if (mine.signal.aborted) return
    if (typeof found === 'string') return this.#fail(found)
    // What stands behind the last of so many is not known.
    const isCut = found.reduce((sum, { length }) => sum + length, 0) > mostHits
    const last = found.findLastIndex(({ length }) => length > 0)
    for (const [index, block] of missing.entries()) {
      const isWhole = !isCut || index < last
      if (isWhole || index === last) this.#known.set(block, { hits: found[index] ?? [], isWhole })
    }
    // Somebody typed meanwhile: what they touched is looked through next.
    if (doc !== this.#editor.state.doc) return this.#rest.soon(restMs)
    this.#place(doc)
  }

  #fail(kind: 'slow' | 'failed'): void {
    this.#hits = []
    this.#tell({ ...nothing, kind })
  }

  /**
   * What is in each of these blocks, and no more than one beyond `mostHits` in all of them.
   *
   * @returns why not: it took too long, or could not be run.
   */
  async #findIn(
    blocks: readonly ProseMirrorNode[],
    pattern: FindPattern & { kind: 'pattern' },
    template: string | null,
    signal = new AbortController().signal,
  ): Promise<(readonly FindHit[])[] | 'slow' | 'failed'> {
    if (blocks.length === 0) return []
    if (pattern.isPlain) return findPlain(blocks, new RegExp(pattern.source, pattern.flags), signal)
    const pieces = blocks.map(textPieces)
    const texts = pieces.flatMap((list) => list.map(({ text }) => text))
    const { source, flags } = pattern
    try {
      const answer = await runFind({ source, flags, template, most: mostHits + 1, texts }, signal)
      if (answer === null) return 'slow'
      let next = 0
      return pieces.map((list) =>
        list.flatMap((piece) => (answer[next++] ?? []).map((hit) => moved(hit, piece))),
      )
    } catch {
      return 'failed'
    }
  }

  #place(doc: ProseMirrorNode): void {
    const hits: PlacedHit[] = []
    let isCut = false
    doc.forEach((block, offset) => {
      const known = this.#known.get(block)
      isCut ||= !known?.isWhole
      for (const { from, to } of known?.hits ?? []) {
        if (hits.length < mostHits) hits.push({ from: offset + from, to: offset + to })
        else isCut = true
      }
    })
    this.#hits = hits
    this.#foundIn = doc
    const here = hits.findIndex(({ from }) => from >= this.#at)
    const current = hits.length === 0 ? -1 : Math.max(0, here)
    this.#tell({ kind: 'found', sentence: null, count: hits.length, isCut, current })
  }

  #goTo(current: number): void {
    this.#at = this.#hits[current]?.from ?? this.#at
    this.#tell({ ...this.#state, current })
  }

  #tell(state: FindState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** Plain words are looked for here, a few milliseconds at a time. */
async function findPlain(
  blocks: readonly ProseMirrorNode[],
  regex: RegExp,
  signal: AbortSignal,
): Promise<(readonly FindHit[])[]> {
  const found: (readonly FindHit[])[] = []
  let left = mostHits + 1
  let until = performance.now() + sliceMs
  for (const block of blocks) {
    const hits: FindHit[] = []
    for (const piece of textPieces(block)) {
      for (const hit of hitsIn(piece.text, regex, left - hits.length)) hits.push(moved(hit, piece))
    }
    found.push(hits)
    left -= hits.length
    if (left === 0) return found
    if (performance.now() < until) continue
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return found
    until = performance.now() + sliceMs
  }
  return found
}

const moved = ({ from, to, instead }: FindHit, { at }: TextPiece): FindHit => ({
  from: at + from,
  to: at + to,
  ...(instead === undefined ? {} : { instead }),
})
