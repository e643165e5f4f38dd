import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type ProsemirrorBinding, updateYFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'

/**
 * Writes nodes that have changed places among their neighbours, before the binding writes the rest. The binding
 * (y-tiptap 3.0.9) knows a move by two neighbours that stayed. With fewer of them (a list of two items, a row of two
 * cells) it turns the elements into each other, and what others type in one of them then stands in the other one.
 * Here the nodes that were given as new ones are made anew, and what stayed is left alone.
 *
 * To be called in the transaction that writes `after`.
 */
export function writeMoved(
  holder: Y.XmlFragment,
  before: ProseMirrorNode,
  after: ProseMirrorNode,
  binding: ProsemirrorBinding,
): void {
  const elements = holder.toArray()
  const [was, is] = [before.content.content, after.content.content]
  if (before === after || after.inlineContent || elements.length !== was.length) return
  if (is.length === was.length && is.every((node, index) => nameOf(node) === nameOf(was[index]))) {
    for (const [index, node] of is.entries()) {
      const [element, old] = [elements[index], was[index]]
      if (old && element instanceof Y.XmlElement && node !== old) writeMoved(element, old, node, binding)
    }
    return
  }
  const moved = movedOf(was, is)
  const names = new Set(moved.map(nameOf))
  const old = elements.filter((_, place) => names.has(nameOf(was[place])))
  if (moved.length === 0 || !old.every((one) => one instanceof Y.XmlElement && names.has(nameIn(one)))) return
  for (const element of old) {
    binding.mapping.delete(element)
    holder.delete(holder.toArray().indexOf(element), 1)
  }
  const there = was.map(nameOf).filter((name) => !names.has(name))
  for (const [index, node] of is.entries()) {
    if (!moved.includes(node)) continue
    const behind = is.slice(0, index).findLast((one) => there.includes(nameOf(one)))
    const place = behind ? there.indexOf(nameOf(behind)) + 1 : 0
    const element = new Y.XmlElement(node.type.name)
    holder.insert(place, [element])
    there.splice(place, 0, nameOf(node))
    updateYFragment(binding.doc, element, node, binding)
  }
}

/** Of nodes that stood there before, those that were given as new ones; none where that does not tell who moved. */
function movedOf(was: readonly ProseMirrorNode[], is: readonly ProseMirrorNode[]): ProseMirrorNode[] {
  const places = new Map<string, number>()
  for (const [index, node] of was.entries()) {
    const name = nameOf(node)
    if (name === null) continue
    if (places.has(name)) return []
    places.set(name, index)
  }
  const placeOf = (node: ProseMirrorNode): number => places.get(nameOf(node) ?? '') ?? -1
  const kept = is.filter((node) => placeOf(node) >= 0)
  if (isAscending(kept.map(placeOf))) return []
  const isNew = (node: ProseMirrorNode) => was[placeOf(node)] !== node
  const moved = kept.filter(isNew)
  const isClear = isAscending(kept.filter((node) => !isNew(node)).map(placeOf))
  return isClear && new Set(moved.map(placeOf)).size === moved.length ? moved : []
}

const isAscending = (row: readonly number[]): boolean =>
  row.every((place, at) => at === 0 || place > (row[at - 1] ?? 0))

/** A node without an id is none that could be told again. */
function nameOf(node: ProseMirrorNode | undefined): string | null {
  const id: unknown = node?.attrs.id
  return node && typeof id === 'string' ? `${node.type.name} ${id}` : null
}

const nameIn = (element: Y.XmlElement): string => `${element.nodeName} ${element.getAttribute('id')}`
