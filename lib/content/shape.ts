import type { NodeType } from '@tiptap/pm/model'
import { markAttributes, nodeAttributes } from './attribute'
import { contentSchema } from './schema'

/**
 * The schema seen from Yjs: what names and values a body may consist of, for the guard that judges raw
 * updates, and for the reader that must not trust them.
 *
 * How @tiptap/y-tiptap 3.0.9 stores a ProseMirror document (dist/y-tiptap.js, `createTypeFromElementNode`,
 * `marksToAttributes`, `attributesToMarks`):
 *
 * - the document is the `Y.XmlFragment` named `content`; each node but text is a `Y.XmlElement` whose
 *   `nodeName` is the node type's name; each run of adjacent text nodes is one `Y.XmlText`;
 * - attributes of a node are attributes of the element with the same names; null ones are not stored;
 * - marks are formatting attributes of the text: key = mark's name, value = an object of its attributes
 *   (`{}` for bold), null = the mark ends here. A mark type that does not exclude itself may overlap with
 *   itself and is stored under `name--hash`, eight base64 characters. All our marks exclude themselves: a
 *   hashed name is never written by an editor of this schema, and would give a text the same mark twice.
 */

/** Name of the one root that counts. */
export const fragmentName = 'content'

/** A block at the top has depth 1. Deeper nesting than this is refused (it would overflow stacks). */
export const maxDepth = 64

/** Names a `Y.XmlElement` may have. `doc` and `text` are not among them: neither is stored as an element. */
export const elementNames: ReadonlySet<string> = new Set(
  Object.keys(contentSchema.nodes).filter((name) => name !== 'doc' && name !== 'text'),
)

/** Names of marks. */
export const markNames: ReadonlySet<string> = new Set(Object.keys(contentSchema.marks))

/** The mark that a formatting attribute of a `Y.XmlText` stands for; null: none of ours. */
export const markNameOf = (key: string): string | null => (markNames.has(key) ? key : null)

/** True when a `Y.XmlElement` of this name may have this attribute with this value. */
export const isLegalAttribute = (elementName: string, attribute: string, value: unknown): boolean =>
  ruleFor(nodeAttributes, elementName, attribute)?.allows(value) ?? false

/** True when a mark of this name may have this value in Yjs: null, or an object of legal attributes alone. */
export function isLegalMarkValue(markName: string, value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object' || Array.isArray(value)) return false
  return Object.entries(value).every(
    ([attribute, given]) =>
      // y-tiptap stores absent attributes of a mark as null.
      ruleFor(markAttributes, markName, attribute) !== undefined &&
      (given === null || ruleFor(markAttributes, markName, attribute)?.allows(given) === true),
  )
}

/**
 * True when an element of name `child` may stand somewhere in one of name `parent` (null: in the root). The
 * order and number of children is not judged: concurrent edits break those, and the binding repairs them.
 */
export function mayContain(parent: string | null, child: string): boolean {
  const type = parent === null ? contentSchema.topNodeType : contentSchema.nodes[parent]
  return type !== undefined && childNames(type).has(child)
}

/** True when an element of this name may hold text. */
export const mayContainText = (elementName: string): boolean =>
  contentSchema.nodes[elementName]?.inlineContent ?? false

/** The names of marks that text in an element of this name may have. */
export function mayBeMarked(elementName: string, markName: string): boolean {
  const type = contentSchema.nodes[elementName]
  const mark = contentSchema.marks[markName]
  return type !== undefined && mark !== undefined && type.allowsMarkType(mark)
}

// `Object.hasOwn`: names come from the wire, and `constructor` is a property of every table.
const ruleFor = (table: typeof nodeAttributes, owner: string, attribute: string) => {
  const rules = Object.hasOwn(table, owner) ? table[owner] : undefined
  return rules && Object.hasOwn(rules, attribute) ? rules[attribute] : undefined
}

const known = new Map<NodeType, ReadonlySet<string>>()

function childNames(type: NodeType): ReadonlySet<string> {
  const found = known.get(type)
  if (found) return found
  const names = new Set<string>()
  const seen = new Set([type.contentMatch])
  // A Set hands out what is added while it is walked: every state of the content expression, once.
  for (const match of seen) {
    for (let edge = 0; edge < match.edgeCount; edge++) {
      const { type: child, next } = match.edge(edge)
      names.add(child.name)
      seen.add(next)
    }
  }
  known.set(type, names)
  return names
}
