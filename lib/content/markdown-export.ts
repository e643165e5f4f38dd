import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Heading, Root } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { defaultHandlers, type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown'
import type { Status } from '../document'
import { frontMatterText } from './front-matter'
import { blockNodes } from './markdown-nodes'
import { outlineOf } from './outline'
import { templateByKey } from './template'

export interface ExportOptions {
  readonly title: string
  readonly status: Status
  /** Documents on a template with front matter begin with title, status line and table of contents. */
  readonly templateKey: string
  /** Without front matter: whether the title stands above the text as a heading. */
  readonly titleHeading: boolean
}

/**
 * A body as GitHub Flavored Markdown. Guidance is never in it, nor are empty paragraphs; what Markdown cannot
 * say (spans, blocks in cells) is written in the nearest form. Reading it back and writing it again gives the
 * same text.
 */
export function exportMarkdown(doc: ProseMirrorNode, options: ExportOptions): string {
  const [first, ...rest] = blockNodes(doc)
  if (!templateByKey(options.templateKey)?.frontMatter) {
    const above: Heading[] = options.titleHeading ? [headingOf(options.title)] : []
    const all = [...above, ...(first ? [first] : []), ...rest]
    return all.length > 0 ? writtenMarkdown({ type: 'root', children: all }) : ''
  }
  const front = frontMatterText({
    title: options.title,
    status: options.status,
    outline: outlineOf(doc),
    escaped: (text) => toMarkdown(headingOf(text), settings).slice(2, -1),
  })
  if (!first) return front
  // A list directly below the table of contents needs another sign, or it would continue that list.
  const isList = first.type === 'list' && !first.ordered
  const body = isList
    ? [
        toMarkdown({ type: 'root', children: [first] }, { ...settings, bullet: '*' }),
        writtenMarkdown({ type: 'root', children: rest }),
      ].join(rest.length > 0 ? '\n' : '')
    : writtenMarkdown({ type: 'root', children: [first, ...rest] })
  return `${front}\n\n${body}`
}

/**
 * The library leaves an underscore inside a word alone (`snake_case`), and may afterwards write the first or
 * last character of a text as a reference (`&#x79;`), which ends the word: beside those it is escaped here.
 */
const text: Handle = (node, parent, state, info) => {
  const value = defaultHandlers.text(node, parent, state, info)
  // There are no escapes between `<` and `>`.
  if (state.stack.includes('autolink')) return value
  return value.replace(/^([^\\])_/u, '$1\\_').replace(/(?<!\\)_(?=.$)/su, '\\_')
}

const headingOf = (text: string): Heading => ({
  type: 'heading',
  depth: 1,
  children: [{ type: 'text', value: text }],
})

const settings: Options = {
  bullet: '-',
  rule: '-',
  fences: true,
  listItemIndent: 'one',
  extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  handlers: { text },
}

/** A tree as Markdown in the one form of ours. */
export const writtenMarkdown = (root: Root): string => toMarkdown(root, settings)
