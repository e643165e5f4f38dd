import { Fragment, Mark, type Node as ProseMirrorNode, type Schema } from '@tiptap/pm/model'
import { writable } from '../anchor/anchor-words'
import { isIdentified } from '../attribute'
import type { DocumentJson } from '../document-json'
import { contentSchema } from '../schema'
import { isLegalAttribute, isLegalMarkValue, maxDepth, mayBeMarked } from '../shape'

/** How much a suggestion may hold. Text in UTF-16 code units. */
const suggestionLimits = { nodes: 5_000, text: 200_000 } as const

export type Unbuilt = 'schema' | 'too_large'

/**
 * Nodes from what anybody may have written: only what the schema knows, with legal attributes, in legal order. No
 * other field is read, and nothing is put right.
 *
 * @returns `schema`: a body cannot hold it. `too_large`: more than `suggestionLimits`.
 * @param schema whose nodes they are. An editor has one of its own, made from the same definitions, and a node of
 *   another one equals none of its.
 */
export function buildNodes(
  given: readonly unknown[],
  schema: Schema = contentSchema,
): ProseMirrorNode[] | Unbuilt {
  const budget = { nodes: suggestionLimits.nodes, text: suggestionLimits.text }
  try {
    return given.map((one) => build(one, 1, budget, schema))
  } catch (error) {
    if (error instanceof TooMuch) return 'too_large'
    if (error instanceof RangeError) return 'schema'
    throw error
  }
}

class TooMuch extends Error {}

const nodeFields: ReadonlySet<string> = new Set(['type', 'attrs', 'content', 'text', 'marks'])
const markFields: ReadonlySet<string> = new Set(['type', 'attrs'])

function build(
  given: unknown,
  depth: number,
  budget: { nodes: number; text: number },
  schema: Schema,
): ProseMirrorNode {
  budget.nodes -= 1
  if (budget.nodes < 0) throw new TooMuch()
  const { type, attrs, content, text, marks } = fieldsOf(given, nodeFields)
  const name = typeof type === 'string' && Object.hasOwn(schema.nodes, type) ? type : null
  const nodeType = name === null ? undefined : schema.nodes[name]
  if (name === null || !nodeType || nodeType === schema.topNodeType) throw new RangeError('unknown node')
  const marked = listOf(marks)
    .map((mark) => buildMark(mark, schema))
    .reduce((set, mark) => mark.addToSet(set), Mark.none)
  if (marked.length !== listOf(marks).length) throw new RangeError('a mark twice')
  if (nodeType.isText) {
    if (typeof text !== 'string' || text === '' || writable(text) !== text || attrs || content)
      throw new RangeError('no text')
    budget.text -= text.length
    if (budget.text < 0) throw new TooMuch()
    return schema.text(text, marked)
  }
  if (depth > maxDepth && nodeType.isBlock) throw new RangeError('too deep')
  if (text !== undefined || (marked.length > 0 && !nodeType.isInline)) throw new RangeError('no text here')
  const named = Object.entries(attrs === undefined ? {} : fieldsOf(attrs, null))
  if (!named.every(([attribute, value]) => isLegalAttribute(name, attribute, value)))
    throw new RangeError('illegal attribute')
  const children = listOf(content).map((child) => build(child, depth + 1, budget, schema))
  if (children.some((child) => !child.marks.every((mark) => mayBeMarked(name, mark.type.name))))
    throw new RangeError('a mark that does not go there')
  return nodeType.createChecked(Object.fromEntries(named), Fragment.fromArray(children), marked)
}

function buildMark(given: unknown, schema: Schema): Mark {
  const { type, attrs } = fieldsOf(given, markFields)
  const mark = typeof type === 'string' && Object.hasOwn(schema.marks, type) ? schema.marks[type] : null
  const value = attrs === undefined ? {} : fieldsOf(attrs, null)
  if (!mark || !isLegalMarkValue(mark.name, value)) throw new RangeError('unknown mark')
  return mark.create(value)
}

const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw new RangeError('no list')
  return value
}

/** The own fields of a plain object; every other one is refused, `__proto__` among them. */
function fieldsOf(value: unknown, known: ReadonlySet<string> | null): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new RangeError('no object')
  const names = Object.keys(value)
  if (names.some((name) => name === '__proto__' || (known !== null && !known.has(name))))
    throw new RangeError('unknown field')
  return value as Record<string, unknown>
}

/** A block as it would be without the ids of it and the blocks in it. */
export function withoutIds(node: ProseMirrorNode): ProseMirrorNode {
  if (node.isInline) return node
  const children: ProseMirrorNode[] = []
  node.forEach((child) => {
    children.push(withoutIds(child))
  })
  return node.type.create({ ...node.attrs, id: null }, Fragment.fromArray(children), node.marks)
}

/** Blocks as JSON without the ids that are none of these. */
export function keepingIds(blocks: readonly DocumentJson[], known: ReadonlySet<string>): DocumentJson[] {
  const seen = new Set<string>()
  const keep = (block: DocumentJson): DocumentJson => {
    if (!isIdentified(block.type)) return block
    const { id, ...rest } = block.attrs ?? {}
    const own = typeof id === 'string' && known.has(id) && !seen.has(id)
    if (own) seen.add(id)
    return {
      ...block,
      attrs: own ? { ...rest, id } : rest,
      ...(block.content ? { content: block.content.map(keep) } : {}),
    }
  }
  return blocks.map(keep)
}

/** The ids of blocks and of all in them. */
export function idsIn(blocks: readonly DocumentJson[]): Set<string> {
  const ids = new Set<string>()
  const collect = (block: DocumentJson) => {
    if (typeof block.attrs?.id === 'string') ids.add(block.attrs.id)
    block.content?.forEach(collect)
  }
  blocks.forEach(collect)
  return ids
}
