import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { giveText } from './empty-text'
import { longestAscending } from './redline/longest-ascending'
import { newText, writeText } from './write-text'

/**
 * Makes a shared body read as `doc`, by the smallest change: a block that is the same is not touched, one that
 * differs is changed within, words that stay keep their items, so that what is anchored in them holds and what others
 * are typing there arrives. Only what came, went or moved is inserted and deleted. For one transaction of its Y.Doc.
 *
 * @param doc fits the schema; blocks are known again by their ids.
 * @returns false: it read so already, and nothing was changed.
 */
export const writeBody = (fragment: Y.XmlFragment, doc: ProseMirrorNode): boolean =>
  writeBlocks(fragment, doc.content.content)

type Child = Y.XmlElement | Y.XmlText

function writeBlocks(parent: Y.XmlFragment, blocks: readonly ProseMirrorNode[]): boolean {
  const children = parent.toArray() as Child[]
  const partners = align(children, blocks)
  let changed = false
  // From the back, so that no change moves the place of the next.
  let at = children.length
  let index = blocks.length
  const drop = (until: number) => {
    if (at > until) {
      parent.delete(until, at - until)
      changed = true
    }
    at = until
  }
  while (index > 0) {
    const partner = partners[index - 1] as number | null
    if (partner !== null) {
      drop(partner + 1)
      index -= 1
      at = partner
      changed = writeBlock(children[partner] as Y.XmlElement, blocks[index] as ProseMirrorNode) || changed
      continue
    }
    let first = index - 1
    while (first > 0 && partners[first - 1] === null) first -= 1
    // In place of what goes, if anything does: it stands where that stood.
    const made = blocks.slice(first, index).map(newElement)
    const gapStart = first > 0 ? (partners[first - 1] as number) + 1 : 0
    drop(gapStart)
    parent.insert(at, made)
    changed = true
    index = first
  }
  drop(0)
  return changed
}

/** For each block the child that it is, in ascending order; null: it is none of them, and is made. */
function align(children: readonly Child[], blocks: readonly ProseMirrorNode[]): (number | null)[] {
  // Two who moved a block at once made twins of it: the first is the first, the second the second.
  const byId = new Map<string, number[]>()
  for (const [index, child] of children.entries()) {
    const key = keyOfChild(child)
    if (key !== null) byId.set(key, [...(byId.get(key) ?? []), index])
  }
  const candidates: { block: number; child: number }[] = []
  for (const [block, node] of blocks.entries()) {
    const child = byId.get(keyOf(node.type.name, node.attrs.id) ?? '')?.shift()
    if (child !== undefined) candidates.push({ block, child })
  }
  const partners: (number | null)[] = blocks.map(() => null)
  for (const index of longestAscending(candidates.map(({ child }) => child))) {
    const { block, child } = candidates[index] as { block: number; child: number }
    partners[block] = child
  }
  pairNameless(children, blocks, partners)
  return partners
}

/** Blocks without an id, on either side: those of one kind between two partners are each other's, in order. */
function pairNameless(
  children: readonly Child[],
  blocks: readonly ProseMirrorNode[],
  partners: (number | null)[],
): void {
  const ends: number[] = []
  for (let index = blocks.length - 1, end = children.length; index >= 0; index--) {
    end = partners[index] ?? end
    ends[index] = end
  }
  let next = 0
  for (const [index, node] of blocks.entries()) {
    const end = ends[index] as number
    const child =
      partners[index] ?? children.findIndex((one, at) => at >= next && at < end && mayBe(one, node))
    if (child < 0) continue
    partners[index] = child
    next = child + 1
  }
}

const mayBe = (child: Child, node: ProseMirrorNode): boolean =>
  child instanceof Y.XmlElement &&
  child.nodeName === node.type.name &&
  (typeof child.getAttribute('id') !== 'string' || typeof node.attrs.id !== 'string')

const keyOf = (name: string, id: unknown): string | null => (typeof id === 'string' ? `${name} ${id}` : null)
const keyOfChild = (child: Child): string | null =>
  child instanceof Y.XmlElement ? keyOf(child.nodeName, child.getAttribute('id')) : null

/** @param element of the node's kind. */
function writeBlock(element: Y.XmlElement, node: ProseMirrorNode): boolean {
  const areAttributesChanged = writeAttributes(element, node)
  const isContentChanged = node.inlineContent
    ? writeInline(element, node.content.content)
    : writeBlocks(element, node.content.content)
  return isContentChanged || areAttributesChanged
}

function writeAttributes(element: Y.XmlElement, node: ProseMirrorNode): boolean {
  let changed = false
  const given: Record<string, unknown> = element.getAttributes()
  for (const [name, value] of Object.entries(node.attrs)) {
    if ((given[name] ?? null) === value) continue
    if (value === null) element.removeAttribute(name)
    // Yjs keeps numbers and truth values too; its types know text alone.
    else element.setAttribute(name, value as string)
    changed = true
  }
  return changed
}

/** A part of a line is never changed into another: who names somebody else puts another name there. */
const isSameElement = (one: Y.XmlElement | undefined, node: ProseMirrorNode | undefined): boolean => {
  if (!one || !node || one.nodeName !== node.type.name) return false
  const given: Record<string, unknown> = one.getAttributes()
  return Object.entries(node.attrs).every(([name, value]) => (given[name] ?? null) === value)
}

/** Inline content is texts with an element (a line break, a name) between each two: text, element, text, …. */
interface Inline<Text, Element> {
  readonly texts: Text[]
  readonly elements: Element[]
}

function writeInline(parent: Y.XmlElement, content: readonly ProseMirrorNode[]): boolean {
  const wanted = inlineOf(content)
  const children = parent.toArray() as Child[]
  const { texts, elements } = sharedInlineOf(children)
  const least = Math.min(elements.length, wanted.elements.length)
  let first = 0
  while (
    first < least &&
    isSameElement(elements[first], wanted.elements[first]) &&
    saysSame(texts[first], wanted.texts[first])
  ) {
    first += 1
  }
  let last = 0
  while (
    last < least - first &&
    isSameElement(elements.at(-1 - last), wanted.elements.at(-1 - last)) &&
    saysSame(texts.at(-1 - last), wanted.texts.at(-1 - last))
  ) {
    last += 1
  }
  // Element by element as far as both go; what is left over stands before the end that is the same.
  let kept = first
  while (kept < least - last && isSameElement(elements[kept], wanted.elements[kept])) kept += 1
  const pairs: [number, number][] = []
  for (let index = 0; index <= kept; index++) pairs.push([index, index])
  for (let index = last - 1; index >= 0; index--) {
    pairs.push([texts.length - 1 - index, wanted.texts.length - 1 - index])
  }
  return writePieces(parent, children, { texts, elements, wanted, pairs, kept, last })
}

function writePieces(
  parent: Y.XmlElement,
  children: readonly Child[],
  given: {
    texts: (Y.XmlText | null)[]
    elements: Y.XmlElement[]
    wanted: Inline<ProseMirrorNode[], ProseMirrorNode>
    pairs: [number, number][]
    kept: number
    last: number
  },
): boolean {
  const { texts, elements, wanted, pairs, kept, last } = given
  const keptTexts = new Map(pairs.map(([old, now]) => [now, texts[old] ?? null]))
  const result: Child[] = []
  const elementsAreBeside = wanted.elements.length > 0
  let changed = false
  for (const [index, nodes] of wanted.texts.entries()) {
    const old = keptTexts.get(index) ?? null
    // One that is emptied stays only where a block needs a text.
    const text = old && nodes.length === 0 && old.length > 0 && elementsAreBeside ? null : old
    if (text) changed = writeText(text, nodes) || changed
    if (text) result.push(text)
    else if (nodes.length > 0) result.push(newText(nodes))
    const node = wanted.elements[index]
    if (!node) continue
    const fromEnd = wanted.elements.length - index
    const same = index < kept ? elements[index] : fromEnd <= last ? elements.at(-fromEnd) : undefined
    result.push(same ?? newElement(node))
  }
  const stays = new Set<Child>(result)
  for (let at = children.length - 1; at >= 0; at--) {
    if (stays.has(children[at] as Child)) continue
    parent.delete(at, 1)
    changed = true
  }
  for (const [at, child] of result.entries()) {
    if (child.parent !== null) continue
    parent.insert(at, [child])
    changed = true
  }
  if (parent.length === 0) giveText(parent)
  return changed
}

function inlineOf(content: readonly ProseMirrorNode[]): Inline<ProseMirrorNode[], ProseMirrorNode> {
  const texts: ProseMirrorNode[][] = [[]]
  const elements: ProseMirrorNode[] = []
  for (const node of content) {
    if (node.isText) texts.at(-1)?.push(node)
    else {
      elements.push(node)
      texts.push([])
    }
  }
  return { texts, elements }
}

/** Of several texts side by side the first counts; the others go, and what they say is written into it. */
function sharedInlineOf(children: readonly Child[]): Inline<Y.XmlText | null, Y.XmlElement> {
  const texts: (Y.XmlText | null)[] = [null]
  const elements: Y.XmlElement[] = []
  for (const child of children) {
    if (child instanceof Y.XmlText) texts[texts.length - 1] ??= child
    else {
      elements.push(child)
      texts.push(null)
    }
  }
  return { texts, elements }
}

const saysSame = (
  text: Y.XmlText | null | undefined,
  nodes: readonly ProseMirrorNode[] | undefined,
): boolean => wordsOfShared(text) === (nodes ?? []).map((node) => node.text).join('')

const wordsOfShared = (text: Y.XmlText | null | undefined): string =>
  ((text?.toDelta() ?? []) as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('')

function newElement(node: ProseMirrorNode): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name)
  for (const [name, value] of Object.entries(node.attrs)) {
    if (value !== null) element.setAttribute(name, value as string)
  }
  const children: Child[] = node.inlineContent
    ? inlineChildren(inlineOf(node.content.content))
    : node.content.content.map(newElement)
  element.insert(0, children)
  return element
}

function inlineChildren({ texts, elements }: ReturnType<typeof inlineOf>): Child[] {
  const children = texts.flatMap((nodes, index): Child[] => {
    const element = elements[index]
    return [...(nodes.length > 0 ? [newText(nodes)] : []), ...(element ? [newElement(element)] : [])]
  })
  // A text from birth: see empty-text.ts.
  return children.length > 0 ? children : [new Y.XmlText()]
}
