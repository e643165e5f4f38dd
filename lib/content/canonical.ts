import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AttributeValue } from './attribute'
import { attributeSince, markSince, nodeSince } from './since'

type Canonical = string | number | boolean | null | Canonical[] | { [key: string]: Canonical }

/**
 * A body as one text that is equal exactly where bodies say the same: keys in order, every default said, block ids
 * left out, and the version of the content schema in: the first one that can say all of it. What a version's hash is
 * made of, so it must stay the same for ever: an attribute that came later than its node is left out while it has its
 * default, since the releases before did not know it.
 */
export function canonicalJson(doc: ProseMirrorNode): string {
  const needs = { schemaVersion: 1 }
  const body = canonicalNode(doc, needs)
  return JSON.stringify({ body, schemaVersion: needs.schemaVersion })
}

interface Needs {
  schemaVersion: number
}

const need = (needs: Needs, since: number): void => {
  needs.schemaVersion = Math.max(needs.schemaVersion, since)
}

/** Keys are written in the order of the alphabet, here and below. */
function canonicalNode(node: ProseMirrorNode, needs: Needs): Canonical {
  if (node.isText) {
    return { ...marksOf(node.marks, needs), text: node.text ?? '', type: 'text' }
  }
  const { name } = node.type
  need(needs, nodeSince(name))
  const attrs = canonicalAttributes(name, node.attrs, needs)
  const content = node.content.content.map((child) => canonicalNode(child, needs))
  return {
    ...(attrs === null ? {} : { attrs }),
    ...(content.length > 0 ? { content } : {}),
    ...marksOf(node.marks, needs),
    type: name,
  }
}

function marksOf(marks: readonly Mark[], needs: Needs): { marks?: Canonical[] } {
  if (marks.length === 0) return {}
  return { marks: marks.map((mark) => canonicalMark(mark, needs)).sort((a, b) => (a.type < b.type ? -1 : 1)) }
}

function canonicalMark(mark: Mark, needs: Needs) {
  const { name } = mark.type
  need(needs, markSince(name))
  const attrs = canonicalAttributes(name, mark.attrs, needs)
  return { ...(attrs === null ? {} : { attrs }), type: name }
}

/** Null: there are none but the id. */
function canonicalAttributes(
  owner: string,
  attrs: Readonly<Record<string, AttributeValue>>,
  needs: Needs,
): Canonical | null {
  const names = Object.keys(attrs)
    .filter((name) => name !== 'id' && (attributeSince(owner, name) === null || attrs[name] !== null))
    .sort()
  if (names.length === 0) return null
  for (const name of names) need(needs, attributeSince(owner, name) ?? 1)
  return Object.fromEntries(names.map((name) => [name, attrs[name] ?? null]))
}
