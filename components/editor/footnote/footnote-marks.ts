import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { footnotesOf, hasFootnotes } from '../../../lib/content/footnotes'
import { keptDecorations } from '../binding/kept-decorations'

/** What is known of one reference, or of one footnote's text. */
export interface FootnoteSpec {
  /** Null: a reference to nothing, or a text that nothing refers to. */
  readonly footnote: number | null
}

const key = new PluginKey<DecorationSet>('footnoteMarks')

/**
 * Gives each footnote its number, by decorations that the node views read. Text that has no part in footnotes moves
 * them along; they are numbered anew where a block that was changed has one, or had one.
 */
export const footnoteMarks = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => numbered(DecorationSet.empty, doc),
      apply: (tr, before) => (tr.docChanged ? marksAfter(tr, before) : before),
    },
    props: { decorations: (state: EditorState) => key.getState(state) },
  })

function marksAfter(tr: Transaction, before: DecorationSet): DecorationSet {
  const mapped = before.map(tr.mapping, tr.doc)
  return changesFootnotes(tr.before, tr.doc) ? numbered(mapped, tr.doc) : mapped
}

/** True where one of the blocks in which two documents differ has a footnote. */
function changesFootnotes(before: ProseMirrorNode, after: ProseMirrorNode): boolean {
  const [old, now] = [before.content.content, after.content.content]
  const least = Math.min(old.length, now.length)
  let start = 0
  while (start < least && old[start] === now[start]) start += 1
  let end = 0
  while (end < least - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1
  return (
    old.slice(start, old.length - end).some(hasFootnotes) ||
    now.slice(start, now.length - end).some(hasFootnotes)
  )
}

function numbered(drawn: DecorationSet, doc: ProseMirrorNode): DecorationSet {
  const { numbers, definitions, references, duplicates } = footnotesOf(doc)
  const wanted: Decoration[] = []
  const mark = (position: number, number: number | null) => {
    const size = doc.nodeAt(position)?.nodeSize ?? 1
    const spec: FootnoteSpec & { key: string } = { footnote: number, key: `footnote ${number}` }
    wanted.push(Decoration.node(position, position + size, {}, spec))
  }
  for (const [label, positions] of references) {
    for (const position of positions) mark(position, numbers.get(label) ?? null)
  }
  for (const [label, position] of definitions) mark(position, numbers.get(label) ?? null)
  for (const position of duplicates) mark(position, null)
  return keptDecorations(drawn, doc, wanted)
}

/** The number among the decorations that a node view is given; null: it has none. */
export function numberIn(decorations: readonly Decoration[]): number | null {
  const spec = decorations.map((one) => one.spec as Partial<FootnoteSpec>).find((one) => 'footnote' in one)
  return spec?.footnote ?? null
}
