import type { Mark, NodeType, Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { markAttributes } from './attribute'
import { contentSchema } from './schema'
import { fragmentName, isLegalAttribute, isLegalMarkValue, markNameOf, maxDepth } from './shape'

/**
 * The body in a Y.Doc, or in an update (Yjs 13, format 1) that holds all of one. Reads only: y-tiptap's own
 * readers delete from the Y.Doc what they cannot build, which on the server would be an edit by nobody.
 *
 * What the schema cannot build is left out, as the editor would (its whole element); an unknown mark or an
 * illegal attribute goes alone. The result always fits the schema; an empty body is one empty paragraph.
 */
export const readBody = (source: Y.Doc | Uint8Array): ProseMirrorNode => readBodyWithCount(source).doc

/** The same, with how many elements, texts, marks and attributes were left out. */
export function readBodyWithCount(source: Y.Doc | Uint8Array): { doc: ProseMirrorNode; dropped: number } {
  if (!(source instanceof Uint8Array)) return read(source)
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, source)
    return read(doc)
  } finally {
    doc.destroy()
  }
}

function read(ydoc: Y.Doc): { doc: ProseMirrorNode; dropped: number } {
  const reader = new Reader()
  const children = reader.children(ydoc.getXmlFragment(fragmentName), 1)
  const top = contentSchema.topNodeType
  // Top-level text and items outside of lists do not fit; everything that does is kept.
  const fitting = children.filter((child) => child.isBlock && top.contentMatch.matchType(child.type))
  const dropped = reader.dropped + children.length - fitting.length
  const doc = fitting.length > 0 ? top.createChecked(null, fitting) : top.createAndFill()
  if (!doc) throw new Error('The schema cannot build an empty body.')
  return { doc, dropped }
}

class Reader {
  dropped = 0

  /** `type` is that of the parent, whose text may not have every mark (code has none). */
  children(parent: Y.XmlFragment, depth: number, type = contentSchema.topNodeType): ProseMirrorNode[] {
    const nodes: ProseMirrorNode[] = []
    for (const child of parent.toArray()) {
      if (child instanceof Y.XmlElement) {
        const node = depth > maxDepth ? null : this.#element(child, depth)
        if (node) nodes.push(node)
        else this.dropped += 1
      } else if (child instanceof Y.XmlText) nodes.push(...this.#text(child, type))
      else this.dropped += 1
    }
    return nodes
  }

  #element(element: Y.XmlElement, depth: number): ProseMirrorNode | null {
    const name = element.nodeName
    const type = Object.hasOwn(contentSchema.nodes, name) ? contentSchema.nodes[name] : undefined
    if (!type || type.isText || type === contentSchema.topNodeType) return null
    const attrs: Record<string, unknown> = {}
    for (const [attribute, value] of Object.entries(element.getAttributes())) {
      if (isLegalAttribute(name, attribute, value)) attrs[attribute] = value
      else this.dropped += 1
    }
    const children = this.children(element, depth + 1, type)
    try {
      return type.createChecked(attrs, children)
    } catch (error) {
      // Wrong nesting: two people emptied a list at once, or a program wrote what no editor would.
      if (error instanceof RangeError) return null
      throw error
    }
  }

  #text(text: Y.XmlText, parent: NodeType): ProseMirrorNode[] {
    const nodes: ProseMirrorNode[] = []
    for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
      if (typeof insert === 'string' && insert !== '') {
        const marks = this.#marks(attributes ?? {})
        const allowed = marks.filter((mark) => parent.allowsMarkType(mark.type))
        this.dropped += marks.length - allowed.length
        nodes.push(contentSchema.text(insert, allowed))
      } else this.dropped += 1
    }
    return nodes
  }

  #marks(attributes: object): Mark[] {
    const marks: Mark[] = []
    for (const [key, value] of Object.entries(attributes)) {
      const name = markNameOf(key)
      const type = name === null ? undefined : contentSchema.marks[name]
      // A link without a legal address is no link.
      const isWhole = !Object.hasOwn(markAttributes, name ?? '') || typeof value?.href === 'string'
      if (name && type && value !== null && isLegalMarkValue(name, value) && isWhole) {
        marks.push(type.create(value))
      } else this.dropped += 1
    }
    return marks
  }
}
