import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { eachTurning, turningNames } from '../../../lib/content/turning'

const key = new PluginKey<DecorationSet>('codeBidi')

/**
 * Shows characters in code that would have it drawn in another order than it is run (CVE-2021-42574). Each is drawn
 * as its name, and turns nothing any more: it stands in a box of its own.
 */
export const CodeBidi = Extension.create({
  name: 'codeBidi',
  addProseMirrorPlugins: () => [codeBidi()],
})

export const codeBidi = (): Plugin<DecorationSet> =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: (_, { doc }) => DecorationSet.create(doc, marksIn(doc, 0, doc.content.size)),
      apply: (tr, before) => (tr.docChanged ? afterChange(tr, before) : before),
    },
    props: { decorations: (state) => key.getState(state) },
  })

function afterChange(tr: Transaction, before: DecorationSet): DecorationSet {
  let drawn = before.map(tr.mapping, tr.doc)
  tr.mapping.maps.forEach((map, index) => {
    map.forEach((_, __, start, end) => {
      const later = tr.mapping.slice(index + 1)
      let from = Math.max(0, later.map(start, -1) - 1)
      let to = Math.min(tr.doc.content.size, later.map(end, 1) + 1)
      // Text that got into another kind of block counts anew, and did not change itself.
      if (!isWithinText(tr, index)) [from, to] = wholeBlocks(tr.doc, from, to)
      const stale = drawn.find(from, to).filter((one) => one.from >= from && one.from < to)
      if (stale.length > 0) drawn = drawn.remove(stale)
      const found = marksIn(tr.doc, from, to)
      if (found.length > 0) drawn = drawn.add(tr.doc, found)
    })
  })
  return drawn
}

/** True for a step that put text in place of text within one block. */
function isWithinText(tr: Transaction, index: number): boolean {
  const [step, doc] = [tr.steps[index], tr.docs[index]]
  if (!(step instanceof ReplaceStep) || !doc) return false
  const { content } = step.slice
  const isFlat = content.content.every((node) => node.isInline)
  const $from = doc.resolve(step.from)
  return isFlat && $from.parent.inlineContent && $from.sameParent(doc.resolve(step.to))
}

function wholeBlocks(doc: ProseMirrorNode, from: number, to: number): [number, number] {
  const [$from, $to] = [doc.resolve(from), doc.resolve(to)]
  return [$from.depth > 0 ? $from.before(1) : from, $to.depth > 0 ? $to.after(1) : to]
}

/** Decorations for what touches the range. */
export function marksIn(doc: ProseMirrorNode, from: number, to: number): Decoration[] {
  const found: Decoration[] = []
  doc.nodesBetween(from, to, (node, position) => {
    if (node.type.name !== 'codeBlock') return !node.inlineContent
    const start = position + 1
    const first = Math.max(0, from - start)
    for (const match of node.textContent.slice(first, to - start).matchAll(eachTurning)) {
      const at = start + first + match.index
      const name = turningNames[match[0]] ?? ''
      found.push(Decoration.inline(at, at + 1, { class: 'turning', 'data-name': name }, { name }))
    }
    return false
  })
  return found
}
