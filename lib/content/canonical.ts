import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AttributeValue } from './attribute'
import { schemaVersion } from './schema'

type Canonical = string | number | boolean | null | Canonical[] | { [key: string]: Canonical }

/**
 * A body as one text that is equal exactly where bodies say the same: keys in order, every default said, block ids
 * left out, the content schema's version in. What a version's hash is made of.
 */
export const canonicalJson = (doc: ProseMirrorNode): string =>
  JSON.stringify({ body: canonicalNode(doc), schemaVersion })

/** Keys are written in the order of the alphabet, here and below. */
function canonicalNode(node: ProseMirrorNode): Canonical {
  if (node.isText) {
    return { ...marksOf(node.marks), text: node.text ?? '', type: 'text' }
  }
  const attrs = canonicalAttributes(node.attrs)
  const content = node.content.content.map(canonicalNode)
  return {
    ...(attrs === null ? {} : { attrs }),
    ...(content.length > 0 ? { content } : {}),
    ...marksOf(node.marks),
    type: node.type.name,
  }
}

function marksOf(marks: readonly Mark[]): { marks?: Canonical[] } {
  if (marks.length === 0) return {}
  return { marks: marks.map(canonicalMark).sort((a, b) => (a.type < b.type ? -1 : 1)) }
}

function canonicalMark(mark: Mark) {
  const attrs = canonicalAttributes(mark.attrs)
  return { ...(attrs === null ? {} : { attrs }), type: mark.type.name }
}

/** Null: there are none but the id. */
function canonicalAttributes(attrs: Readonly<Record<string, AttributeValue>>): Canonical | null {
  const names = Object.keys(attrs)
    .filter((name) => name !== 'id')
    .sort()
  if (names.length === 0) return null
  return Object.fromEntries(names.map((name) => [name, attrs[name] ?? null]))
}
