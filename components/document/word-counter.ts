import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { wordsIn, wordsOfBlock } from '../../lib/content/word-count'
import { RestTimer } from '../rest-timer'

/** How long after a change words are counted, how long at most, and how long that may hold up the page at once. In ms. */
const restMs = 600
const restMostMs = 3_000
const sliceMs = 6
/** A longer selection is counted as no selection: its blocks would be counted for each step of the mouse. */
const longestSelection = 200_000

export interface WordCounts {
  readonly words: number
  /** Of the selection; null: nothing is selected. */
  readonly selected: number | null
}

/** Counts the words of a text whenever typing rests: a block that is the very same node is counted once. */
export class WordCounter {
  readonly #editor: Editor
  readonly #tell: (counts: WordCounts) => void
  readonly #rest = new RestTimer(() => void this.#count(), restMostMs)
  #known = new WeakMap<ProseMirrorNode, number>()
  #ended = false

  constructor(editor: Editor, tell: (counts: WordCounts) => void) {
    this.#editor = editor
    this.#tell = tell
  }

  /** @returns what ends it. */
  start(): () => void {
    const changed = ({ transaction }: { transaction: { docChanged: boolean; selectionSet: boolean } }) => {
      if (transaction.docChanged || transaction.selectionSet) this.#rest.soon(restMs)
    }
    this.#editor.on('transaction', changed)
    this.#rest.soon(0)
    return () => {
      this.#ended = true
      this.#rest.end()
      this.#editor.off('transaction', changed)
    }
  }

  async #count(): Promise<void> {
    if (this.#editor.isDestroyed || this.#ended) return
    const { doc, selection } = this.#editor.state
    let words = 0
    let until = performance.now() + sliceMs
    for (const block of doc.children) {
      const known = this.#known.get(block)
      const count = known ?? wordsOfBlock(block)
      words += count
      if (known !== undefined) continue
      this.#known.set(block, count)
      if (performance.now() < until) continue
      await new Promise((resolve) => setTimeout(resolve))
      if (this.#ended || this.#editor.isDestroyed) return
      until = performance.now() + sliceMs
    }
    const { from, to, empty } = selection
    const isCounted = !empty && to - from <= longestSelection
    this.#tell({ words, selected: isCounted ? wordsIn(doc.textBetween(from, to, ' ', ' ')) : null })
  }
}
