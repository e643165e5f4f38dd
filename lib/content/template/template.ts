import { type DocumentJson, element, elementWith, textJson } from '../document-json'
import { designDocument } from './template-design-document'
import type { Template } from './template-shape'

const blank: Template = {
  key: 'blank',
  name: 'Blank',
  description: 'An empty page.',
  version: 1,
  prefix: 'DOC',
  frontMatter: false,
  sections: [],
}

/** All templates that come with the product, in the order in which they are offered. */
export const templates: readonly Template[] = [designDocument, blank]

/** The template with this key; null when there is none. */
export const templateByKey = (key: string): Template | null =>
  templates.find((template) => template.key === key) ?? null

/** Which heading is which section of the template: heading's block id -> section key. */
export type SectionKeys = Record<string, string>

/**
 * A new body on a template: its headings, and below each that has guidance an empty paragraph to write in.
 * `newId` gives a fresh block id with each call. Null when there is no such template.
 */
export function templateDocument(
  templateKey: string,
  newId: () => string,
): { content: DocumentJson; sections: SectionKeys } | null {
  const template = templateByKey(templateKey)
  if (!template) return null
  const sections: SectionKeys = {}
  const blocks: DocumentJson[] = []
  const paragraph = () => elementWith('paragraph', { id: newId() })
  for (const { key, title, level, guidance } of template.sections) {
    const id = newId()
    sections[id] = key
    blocks.push(elementWith('heading', { id, level }, [textJson(title)]))
    if (guidance !== null) blocks.push(paragraph())
  }
  if (blocks.length === 0) blocks.push(paragraph())
  return { content: element('doc', blocks), sections }
}
