import type { DocumentJson } from '../document-json'
import { createLosses } from '../markdown/losses'
import { blocksJson, codeBlock } from '../markdown/markdown-blocks'
import { definitionsIn } from '../markdown/markdown-import'
import { readSource } from '../markdown/markdown-source'

/**
 * Markdown as it stands in the middle of a text: with no title, no template and no guidance of its own.
 *
 * @throws PublicError `schema` when quotes or lists are nested deeper than a document can hold.
 */
export function readMarkdown(text: string): DocumentJson[] {
  const { root, text: source, yaml } = readSource(text)
  const blocks = blocksJson(root.children, {
    losses: createLosses(),
    ...definitionsIn(root),
    used: new Set(),
    source,
  })
  return yaml === null ? blocks : [codeBlock('yaml', yaml), ...blocks]
}
