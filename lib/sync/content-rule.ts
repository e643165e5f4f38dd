import * as Y from 'yjs'
import type { BodyShape } from './body-shape'
import { type Container, containerAt } from './container'

export type ContentRule = 'depth' | 'node' | 'mark' | 'attribute' | 'place'

/** Where an item stands: in which container, and as which attribute of it (null: as a child). */
export interface Place {
  readonly container: Container
  readonly sub: string | null
}

/**
 * Whether an item's content may stand where it is put: names of nodes and marks, values of attributes, depth.
 * Order and number of children are left to the schema, wherever the body is read: two edits that are each
 * valid can meet in something that is not. Which element stands in which other cannot change by meeting.
 *
 * @returns the rule that it breaks, or null.
 */
export function contentRule(
  shape: BodyShape,
  { container, sub }: Place,
  content: Y.Item['content'],
): ContentRule | null {
  if (container.kind === 'gone' || content instanceof Y.ContentDeleted) return null
  if (sub !== null) {
    // An attribute is one plain value: arrays, binaries and shared types in attributes have been injections.
    return container.kind === 'node' &&
      content instanceof Y.ContentAny &&
      content.arr.every((value) => shape.isLegalAttribute(container.name, sub, value))
      ? null
      : 'attribute'
  }
  if (container.kind === 'text') {
    if (content instanceof Y.ContentString) return null
    if (!(content instanceof Y.ContentFormat)) return 'place'
    const mark = shape.markNameOf(content.key)
    if (mark === null) return 'mark'
    return shape.isLegalMarkValue(mark, content.value) ? null : 'attribute'
  }
  if (!(content instanceof Y.ContentType)) return 'place'
  const inner = containerAt(content.type, container.depth + 1)
  const parent = container.kind === 'body' ? null : container.name
  switch (inner?.kind) {
    case 'text':
      return parent !== null && shape.mayContainText(parent) ? null : 'place'
    case 'node':
      if (!shape.elementNames.has(inner.name)) return 'node'
      if (!shape.mayContain(parent, inner.name)) return 'place'
      return inner.depth > shape.maxDepth ? 'depth' : null
    default:
      return 'node'
  }
}
