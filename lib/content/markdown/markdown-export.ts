import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Heading, Root } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { type Options, toMarkdown } from 'mdast-util-to-markdown'
import type { Status } from '../../document'
import { outlineOf } from '../outline'
import { templateByKey } from '../template/template'
import { frontMatterText } from './front-matter'
import { guardDollars } from './markdown-dollars'
import { writtenLabels } from './markdown-footnotes'
import { markdownHandlers } from './markdown-handlers'
import { blockNodes } from './markdown-nodes'

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
  const [first, ...rest] = blockNodes(doc, writtenLabels(doc))
  if (!templateByKey(options.templateKey)?.frontMatter) {
    const above: Heading[] = options.titleHeading ? [headingOf(options.title)] : []
    const all = [...above, ...(first ? [first] : []), ...rest]
    return all.length > 0 ? writtenMarkdown({ type: 'root', children: all }) : ''
  }
  const front = frontMatterText({
    title: options.title,
    status: options.status,
    outline: outlineOf(doc),
    escaped: (text) => writtenMarkdown({ type: 'root', children: [headingOf(text)] }).slice(2, -1),
  })
  if (!first) return front
  // A list directly below the table of contents needs another sign, or it would continue that list.
  const isList = first.type === 'list' && !first.ordered
  const body = isList
    ? [
        writtenMarkdown({ type: 'root', children: [first] }, { ...settings, bullet: '*' }),
        writtenMarkdown({ type: 'root', children: rest }),
      ].join(rest.length > 0 ? '\n' : '')
    : writtenMarkdown({ type: 'root', children: [first, ...rest] })
  return `${front}\n\n${body}`
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
  // `<$a@b.example>` and `<` with code behind it would be addresses.
  unsafe: [{ character: '<', after: '[$`*_~[]', inConstruct: 'phrasing' }],
  handlers: markdownHandlers,
}

/** A tree as Markdown in the one form of ours. */
export function writtenMarkdown(root: Root, options: Options = settings): string {
  guardDollars(root)
  return toMarkdown(root, options)
}
