import * as Y from 'yjs'

/**
 * Where a new item would stand. `body`: directly in the document. `node`: in a block. `text`: in a run of
 * text. `gone`: in something deleted and collected since; yjs keeps such an item as a bare tombstone, so that
 * nothing about it needs checking. `holder` tells two containers apart, `depth` counts from the body's 0.
 */
export type Container =
  | { readonly kind: 'body'; readonly holder: SharedType; readonly depth: 0 }
  | { readonly kind: 'node'; readonly holder: SharedType; readonly depth: number; readonly name: string }
  | { readonly kind: 'text'; readonly holder: SharedType; readonly depth: number }
  | { readonly kind: 'gone' }

export const gone: Container = { kind: 'gone' }

/** The container that a shared type is, `depth` levels below the body; null for a type that no body has. */
export function containerAt(type: SharedType, depth: number): Container | null {
  if (type instanceof Y.XmlText) return { kind: 'text', holder: type, depth }
  // A hook is a Y.Map, an element is a fragment: neither is taken for the other.
  if (type instanceof Y.XmlElement) return { kind: 'node', holder: type, depth, name: type.nodeName }
  return null
}

/** The root of the body: before anything reads it by name, yjs holds it as a type without a kind. */
export const bodyOf = (doc: Y.Doc, root: string): Container => ({
  kind: 'body',
  holder: doc.getXmlFragment(root),
  depth: 0,
})

/** What yjs calls a type that is shared: text, an element, a root. */
export type SharedType = Exclude<Y.Item['parent'], Y.ID | null>

/** The container that a shared type of the document is. Null: a type, or under a root, that no body has. */
export function containerOfType(doc: Y.Doc, root: string, type: SharedType): Container | null {
  // First: until it is read by its name, yjs has a stand-in in the root's place, which the way up would meet.
  const body = doc.getXmlFragment(root)
  let depth = 0
  let at = type
  // Everything in the store went through the guard: the way up is as short as its limit of depth.
  while (at._item !== null) {
    depth += 1
    at = at._item.parent as SharedType
  }
  if (at !== body) return null
  return depth === 0 ? { kind: 'body', holder: type, depth: 0 } : containerAt(type, depth)
}
