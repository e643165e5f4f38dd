import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { hasSameBlocks } from '../../../lib/content/outline-shift'
import { blockTypes } from '../../../lib/content/schema'

/**
 * Gives every block its stable id, as part of the local edit that made it. Nothing is written when other
 * people's edits arrive: two pages that repaired the same block at once would go on correcting each other.
 *
 * An id belongs to the block that had it before the edit, wherever it stands: pasting a copy above the original
 * leaves the original its name, and cutting and pasting takes the name along. Splitting a block at its start
 * moves the name with the words, so that Enter before a heading keeps the section.
 */
export const BlockIds = Extension.create({
  name: 'blockIds',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('blockIds'),
      appendTransaction(transactions, before, after) {
        if (!transactions.some((transaction) => transaction.docChanged)) return null
        if (sound.has(before.doc) && hasSameBlocks(before.doc, after.doc)) {
          sound.add(after.doc)
          return null
        }
        // While an input method composes, redrawing its block would end the composition.
        const notOurs = (transaction: Transaction) =>
          transaction.getMeta(ySyncPluginKey) !== undefined ||
          transaction.getMeta('composition') !== undefined
        if (transactions.some(notOurs)) return null
        const mapping = new Mapping(transactions.flatMap((transaction) => transaction.mapping.maps))
        const changes = idChanges(before.doc, after.doc, mapping, freshId)
        if (changes.length > 0) return write(after, changes)
        sound.add(after.doc)
        return null
      },
    }),
  ],
})

/** Documents in which every block has an id of its own, so that typing in them needs no look at all blocks. */
const sound = new WeakSet<ProseMirrorNode>()

export interface IdChange {
  /** Position before the block in the new document. */
  readonly position: number
  readonly id: string
}

interface Held {
  readonly position: number
  readonly node: ProseMirrorNode
}

/** Which ids a local edit from `before` to `after` must write. Empty for nearly every keystroke. */
export function idChanges(
  before: ProseMirrorNode,
  after: ProseMirrorNode,
  mapping: Mapping,
  newId: () => string,
): IdChange[] {
  const { holders, nameless } = blocksOf(after)
  const twins = [...holders].filter(([, held]) => held.length > 1)
  if (nameless.length === 0 && twins.length === 0) return []

  const changes = new Map<number, string>()
  for (const [id, held] of twins) {
    const owner = held.find(({ position }) => stood(before, mapping, position, id)) ?? held[0]
    for (const { position } of held) {
      if (position !== owner?.position) changes.set(position, newId())
    }
  }
  if (nameless.length > 0) {
    const earlier = blocksOf(before).holders
    for (const { position, node } of nameless) {
      const id = nameOfSameWords(node, earlier, holders)
      if (id === null) {
        changes.set(position, newId())
        continue
      }
      // The empty half of a split still carries the name: it gets another.
      for (const other of holders.get(id) ?? []) changes.set(other.position, newId())
      holders.set(id, [{ position, node }])
      changes.set(position, id)
    }
  }
  return [...changes].map(([position, id]) => ({ position, id }))
}

/** Blocks by their id, and those without one. */
function blocksOf(doc: ProseMirrorNode) {
  const holders = new Map<string, Held[]>()
  const nameless: Held[] = []
  doc.descendants((node, position) => {
    if (!blockTypes.includes(node.type.name)) return false
    const id: unknown = node.attrs.id
    if (typeof id !== 'string') nameless.push({ position, node })
    else {
      const held = holders.get(id)
      if (held) held.push({ position, node })
      else holders.set(id, [{ position, node }])
    }
    return !node.inlineContent
  })
  return { holders, nameless }
}

/** True when the block at `position` had this id at the same place before the edit. */
function stood(before: ProseMirrorNode, mapping: Mapping, position: number, id: string): boolean {
  const { pos, deleted } = mapping.invert().mapResult(position)
  return !deleted && pos < before.content.size && before.nodeAt(pos)?.attrs.id === id
}

/** The id of the block whose words these were, when no block with words carries it now. */
function nameOfSameWords(
  node: ProseMirrorNode,
  earlier: ReadonlyMap<string, Held[]>,
  now: ReadonlyMap<string, Held[]>,
): string | null {
  if (!node.isTextblock || node.content.size === 0) return null
  for (const [id, held] of earlier) {
    const was = held[0]?.node
    if (was?.type !== node.type || !was.content.eq(node.content)) continue
    if ((now.get(id) ?? []).every((other) => other.node.content.size === 0)) return id
  }
  return null
}

function write(state: EditorState, changes: readonly IdChange[]): Transaction {
  const { tr, storedMarks } = state
  for (const { position, id } of changes) tr.setNodeAttribute(position, 'id', id)
  return tr.setStoredMarks(storedMarks)
}

/** 72 random bits in URL-safe characters. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(9))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
}
