import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import {
  blocksWithin,
  entriesOf,
  firstUses,
  type Glossary,
  type GlossaryEntry,
  glossaryOf,
  type TermUse,
  terminologyIn,
  usesIn,
} from '../../../lib/content/glossary'
import type { OutlineSection } from '../../../lib/content/outline'
import { RestTimer } from '../../rest-timer'
import { sectionsOf } from '../section/sections'
import { type MarkedTerm, markTerms } from './terms'

/** How long after a change words are looked for, how long at most, and how long that may hold up the page at once. In ms. */
const restMs = 500
const restMostMs = 3_000
const sliceMs = 6

export interface FoundTerms {
  readonly entries: readonly GlossaryEntry[]
  /** Where they stand. */
  readonly sections: readonly OutlineSection[]
}

export interface TermFinderInput {
  /** Which section of the template a heading is; null: none. */
  readonly keyOf: (headingId: string) => string | null
  /** Told whenever the document says other terms. */
  readonly onTerms: (found: FoundTerms) => void
}

/**
 * Reads the glossary of a document and marks where it is used, whenever typing rests. What is known of a block holds
 * for as long as it is the very same node; when the terms change, all of them are looked through, in slices.
 */
export class TermFinder {
  readonly #editor: Editor
  readonly #input: TermFinderInput
  readonly #rest = new RestTimer(() => void this.#look(), restMostMs)
  /** The blocks that the glossary was read from. */
  #read: readonly ProseMirrorNode[] = []
  #glossary: Glossary = glossaryOf([])
  #uses = new WeakMap<ProseMirrorNode, readonly TermUse[]>()
  #isShown = true
  #ended = false

  constructor(editor: Editor, input: TermFinderInput) {
    this.#editor = editor
    this.#input = input
  }

  /** @returns what ends it. */
  start(): () => void {
    const changed = ({ transaction }: { transaction: { docChanged: boolean } }) => {
      if (transaction.docChanged) this.#rest.soon(restMs)
    }
    this.#editor.on('transaction', changed)
    this.#rest.soon(0)
    return () => {
      this.#ended = true
      this.#rest.end()
      this.#editor.off('transaction', changed)
      if (!this.#editor.isDestroyed) markTerms(this.#editor, [])
    }
  }

  /** Whether words are marked; the glossary is read all the same. */
  show(isShown: boolean): void {
    this.#isShown = isShown
    this.#rest.soon(0)
  }

  async #look(): Promise<void> {
    const { state, view, isDestroyed } = this.#editor
    if (isDestroyed || this.#ended) return
    // A decoration that comes or goes would end somebody's composition.
    if (view.composing) return this.#rest.soon(restMs)
    const { doc } = state
    const sections = terminologyIn(sectionsOf(state), this.#input.keyOf)
    this.#readGlossary(doc, sections)
    const isIdle = !this.#isShown || this.#glossary.pattern === null
    const marked = isIdle ? [] : await this.#find(doc, sections)
    if (this.#ended || this.#editor.isDestroyed) return
    if (marked === null || this.#editor.state.doc !== doc || this.#editor.view.composing) {
      this.#rest.soon(restMs)
      return
    }
    markTerms(this.#editor, marked)
  }

  #readGlossary(doc: ProseMirrorNode, sections: readonly OutlineSection[]): void {
    const blocks = blocksWithin(doc, sections)
    if (blocks.length === this.#read.length && blocks.every((block, index) => block === this.#read[index]))
      return
    this.#read = blocks
    const entries = entriesOf(blocks)
    this.#glossary = glossaryOf(entries)
    this.#uses = new WeakMap()
    this.#input.onTerms({ entries, sections })
  }

  /** @returns null: the text changed meanwhile. */
  async #find(doc: ProseMirrorNode, sections: readonly OutlineSection[]): Promise<MarkedTerm[] | null> {
    const glossary = this.#glossary
    const marked: MarkedTerm[] = []
    let inSection: { offset: number; use: TermUse }[] = []
    const closeSection = () => {
      const first = new Set(firstUses(inSection.map(({ use }) => use)))
      for (const { offset, use } of inSection) {
        if (first.has(use))
          marked.push({ from: offset + use.from, to: offset + use.to, term: use.entry.term })
      }
      inSection = []
    }
    let until = performance.now() + sliceMs
    let offset = 0
    for (const block of doc.children) {
      const at = offset
      offset += block.nodeSize
      if (block.type.name === 'heading') closeSection()
      if (isWithin(sections, at)) continue
      let uses = this.#uses.get(block)
      if (!uses) {
        uses = usesIn(block, glossary)
        this.#uses.set(block, uses)
        if (performance.now() > until) {
          await new Promise((resolve) => setTimeout(resolve))
          if (this.#ended || this.#editor.isDestroyed || this.#editor.state.doc !== doc) return null
          until = performance.now() + sliceMs
        }
      }
      for (const use of uses) inSection.push({ offset: at, use })
    }
    closeSection()
    return marked
  }
}

const isWithin = (sections: readonly OutlineSection[], position: number): boolean =>
  sections.some(({ from, to }) => from <= position && position < to)
