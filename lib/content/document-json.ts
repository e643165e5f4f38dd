import type { AttributeValue } from './attribute'

/** A body or a part of it as ProseMirror writes it to JSON. */
export interface DocumentJson {
  type: string
  attrs?: Record<string, AttributeValue>
  content?: DocumentJson[]
  text?: string
  marks?: MarkJson[]
}

export interface MarkJson {
  type: string
  attrs?: Record<string, AttributeValue>
}

/** A node without attributes. */
export const element = (type: string, content: DocumentJson[] = []): DocumentJson => ({ type, content })

/** A node with attributes. */
export const elementWith = (
  type: string,
  attrs: Record<string, AttributeValue>,
  content: DocumentJson[] = [],
): DocumentJson => ({ type, attrs, content })

/** Text with marks. It must not be empty: ProseMirror has no empty text. */
export const textJson = (text: string, marks: MarkJson[] = []): DocumentJson =>
  marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text }
