import { Extension } from '@tiptap/core'
import type { Fragment, Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import {
  getRelativeSelection,
  type ProsemirrorBinding,
  updateYFragment,
  ySyncPluginKey,
} from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { writeAtCaret } from '../caret/typed-at-caret'
import { writeMoved } from './moved-nodes'
import { replaceChanged } from './replace-changed'

/**
 * What changes in one block costs one block, not the document.
 *
 * The binding (y-tiptap 3.0.9) makes every node anew when somebody else types, replaces the whole document with
 * them, and compares all of it with the body at whatever happens in the editor, a moved caret included. Here it
 * keeps the nodes of blocks that did not change, replaces what differs and nothing else (so that decorations and
 * positions can be mapped through it), and writes the block that was typed in.
 */
export const ChangedBlocks = Extension.create({
  name: 'changedBlocks',
  // Before what wraps the same functions (text-places.ts): this stands in for what they would call.
  priority: 900,
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('changedBlocks'),
      view(view) {
        const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(view.state)?.binding
        if (binding) changedBlocksOnly(binding)
        return {}
      },
    }),
  ],
})

/** From now on the binding draws and writes what changed. */
function changedBlocksOnly(binding: ProsemirrorBinding): void {
  const mapping = new KeptMapping()
  for (const [type, node] of binding.mapping) mapping.set(type, node)
  binding.mapping = mapping
  /** A document that the body is known to be equal to. */
  let known: ProseMirrorNode | null = null

  const draw = binding._typeChanged.bind(binding)
  binding.type.unobserveDeep(binding._observeFunction)
  binding._observeFunction = (...given: Parameters<typeof draw>) => mapping.whileDrawing(() => draw(...given))
  binding.type.observeDeep(binding._observeFunction)

  const begin = transactionsOf(binding)
  Object.defineProperty(binding, '_tr', {
    configurable: true,
    get: () => {
      const transaction = begin()
      const { replace } = transaction
      transaction.replace = (from, to = from, slice) => {
        const { size } = transaction.doc.content
        const draws = mapping.isDrawing && from === 0 && to === size && !transaction.docChanged
        if (!draws || !slice) return replace.call(transaction, from, to, slice)
        // An empty body, or a step on the way that the schema forbids: ProseMirror's own way out.
        if (slice.content.childCount === 0 || !replaceChanged(transaction, slice.content)) {
          known = null
          return replace.call(transaction, 0, transaction.doc.content.size, slice)
        }
        mapping.holdNodesOf(slice.content, transaction.doc.content)
        known = transaction.doc
        return transaction
      }
      return transaction
    },
  })

  const write = binding._prosemirrorChanged.bind(binding)
  binding._prosemirrorChanged = (doc) => {
    if (doc === known) return
    const changed = known && onlyChanged(known, doc)
    const element = changed && binding.type.get(changed.index)
    const same = element instanceof Y.XmlElement && element.nodeName === changed?.after.type.name
    if (changed && same && mapping.get(element) === changed.before) {
      binding.doc.transact(() => {
        const written = writeAtCaret(element, changed, binding)
        writeMoved(element, changed.before, changed.after, binding)
        updateYFragment(binding.doc, element, changed.after, binding)
        for (const [within, node] of written) if (!mapping.has(within)) mapping.set(within, node)
        mapping.set(binding.type, doc)
        binding.beforeTransactionSelection = getRelativeSelection(binding, binding.prosemirrorView.state)
      }, ySyncPluginKey)
    } else {
      const before = known
      binding.doc.transact(() => {
        if (before) writeMoved(binding.type, before, doc, binding)
        write(doc)
      }, ySyncPluginKey)
    }
    known = doc
  }
}

/** What begins a transaction of the binding. Not in its types as what can be replaced. */
function transactionsOf(binding: ProsemirrorBinding): () => Transaction {
  const begin = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(binding), '_tr')?.get
  if (!begin) throw new Error('this binding begins its transactions elsewhere')
  return () => begin.call(binding)
}

type Held = ProsemirrorBinding['mapping']
type SharedType = Parameters<Held['get']>[0]

/** Which node stands for which element of the body. It outlasts changes of others. */
class KeptMapping extends Map<SharedType, ProseMirrorNode | ProseMirrorNode[]> {
  #drawn: Map<ProseMirrorNode, SharedType> | null = null

  get isDrawing(): boolean {
    return this.#drawn !== null
  }

  whileDrawing(draw: () => void): void {
    this.#drawn = new Map()
    try {
      draw()
    } finally {
      this.#drawn = null
    }
  }

  override set(type: SharedType, node: ProseMirrorNode | ProseMirrorNode[]): this {
    if (this.#drawn && !Array.isArray(node)) this.#drawn.set(node, type)
    return super.set(type, node)
  }

  /**
   * The binding empties it with each change of others, after it has taken out what they changed. What is left
   * then is true: whatever else changes an element puts in its new node, or takes the element out.
   */
  override clear(): void {
    if (!this.#drawn) super.clear()
  }

  /** Of equal nodes, what was made from the body gives way to what stands in the document. */
  holdNodesOf(made: Fragment, document: Fragment): void {
    made.forEach((node, _, index) => {
      const held = document.maybeChild(index)
      if (!held || held === node) return
      const type = this.#drawn?.get(node)
      if (type) super.set(type, held)
      this.holdNodesOf(node.content, held.content)
    })
  }
}

/** The one top-level block in which two documents differ; null: there are several, or blocks came or went. */
function onlyChanged(
  before: ProseMirrorNode,
  after: ProseMirrorNode,
): { index: number; before: ProseMirrorNode; after: ProseMirrorNode } | null {
  if (before.childCount !== after.childCount) return null
  const [old, now] = [before.content.content, after.content.content]
  const index = old.findIndex((node, at) => node !== now[at])
  const [was, is] = [old[index], now[index]]
  if (!was || !is) return null
  return old.slice(index + 1).every((node, at) => node === now[index + 1 + at])
    ? { index, before: was, after: is }
    : null
}
