import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { DocumentJson } from '../../../lib/content/document-json'
import { contentSchema } from '../../../lib/content/schema'

/** Block ids that count up: `b1`, `b2`, …. */
export function counting(): () => string {
  let last = 0
  return () => `b${++last}`
}

/** The body as a ProseMirror document that has been checked against the schema. */
export function checkedNode(json: DocumentJson): ProseMirrorNode {
  const node = contentSchema.nodeFromJSON(json)
  node.check()
  return node
}

/** A heading of this level, or (level 0) a paragraph. */
export const block = (level: number, text: string, id: string | null = null): DocumentJson => ({
  type: level === 0 ? 'paragraph' : 'heading',
  attrs: level === 0 ? { id } : { id, level },
  content: text === '' ? [] : [{ type: 'text', text }],
})

export const body = (...content: DocumentJson[]): ProseMirrorNode => checkedNode({ type: 'doc', content })

/** Ids of all blocks, in document order. */
export function idsOf(doc: ProseMirrorNode): unknown[] {
  const ids: unknown[] = []
  doc.descendants((node) => {
    if (node.isBlock) ids.push(node.attrs.id)
  })
  return ids
}

const folder = resolve(process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../../shared/corpus'))

/** Files of the corpus by name; empty where the corpus is absent. */
export const corpusFiles: readonly string[] = existsSync(folder)
  ? [
      'technical-design-document.md',
      ...readdirSync(join(folder, 'design-docs'))
        .filter((name) => name.endsWith('.md'))
        .map((name) => join('design-docs', name)),
    ]
  : []

export const corpusIsMissing = corpusFiles.length === 0

export const corpusFile = (name: string): string => readFileSync(join(folder, name), 'utf8')
