import type { Heading, List, Paragraph, Root, RootContent } from 'mdast'
import { normaliseTitle, type Status, statusNames, titleLimits } from '../../document'
import type { OutlineSection } from '../outline'
import { slugsOf } from './slug'

/**
 * What stands above the text of a technical design document: its title, its status, and a linked table of
 * contents. All three are drawn by the product and no part of the body; they are written on export, and on
 * import the title is taken and the other two are dropped (a status moves only in the product).
 */
export interface FrontMatter {
  readonly title: string
  /** What the file says behind `status:`, trimmed. */
  readonly status: string
  readonly statusLine: number
}

export const contentsTitle = 'Table of contents'

/** Writes the three, with one line end at the end. */
export function frontMatterText(given: {
  readonly title: string
  readonly status: Status
  readonly outline: readonly OutlineSection[]
  /** Escapes text for Markdown. */
  readonly escaped: (text: string) => string
}): string {
  const { title, status, outline, escaped } = given
  const sections = outline.filter((section) => section.level > 0 && section.title !== '')
  const slugs = slugsOf(
    sections.map((section) => section.title),
    [title, contentsTitle],
  )
  const contents = sections.map((section, index) => {
    return `${'    '.repeat(section.depth - 1)}- [${escaped(section.title)}](#${slugs[index]})`
  })
  const name = statusNames[status].toLowerCase()
  return [`# ${escaped(title)}`, `status: ${name}`, '', `### ${contentsTitle}`, ...contents, ''].join('\n')
}

/**
 * Takes front matter off the top of a file: its first heading (level 1) directly followed by a `status:` line
 * and a table of contents. Null, and nothing changed, when the three do not stand there.
 */
export function takeFrontMatter(root: Root): FrontMatter | null {
  const [heading, status, contentsHeading, contents] = root.children
  if (heading?.type !== 'heading' || heading.depth !== 1) return null
  if (status?.type !== 'paragraph' || contentsHeading?.type !== 'heading') return null
  const said = /^status:[ \t]*([^\n]*)/i.exec(leadingText(status))
  if (!said || !/^(table of )?contents:?$/i.test(plainText(contentsHeading).trim())) return null
  const hasList = contents?.type === 'list'
  if (hasList && !isContents(contents)) return null
  const statusLine = status.position?.start.line ?? 0
  const below = withoutFirstLine(status)
  root.children.splice(0, hasList ? 4 : 3, ...(below ? [below] : []))
  return { title: plainText(heading), status: said[1]?.trim() ?? '', statusLine }
}

/**
 * Takes a file's first block off it where that says the title and nothing else: a heading of level 1, the only
 * one, in plain words that the title has all of. (One of several is a section; one with marks would lose them.)
 *
 * @returns whether it did.
 */
export function takeTitleHeading(root: Root, title: string | null): boolean {
  const first = firstBlock(root)
  if (first?.type !== 'heading' || first.depth !== 1) return false
  if (headingsOf(root).some((node) => node !== first && node.depth === 1)) return false
  // To the character: a title holds no tab, and what it does not hold would be gone.
  const words = first.children.map((node) => (node.type === 'text' ? node.value : null))
  if (words.includes(null) || words.join('').trim() !== title) return false
  root.children.splice(root.children.indexOf(first), 1)
  return true
}

/** The headings that are sections: those in quotes and lists are text. */
export const headingsOf = (root: Root): Heading[] =>
  root.children.filter((node): node is Heading => node.type === 'heading')

/** The first block that is seen: no comment, no definition of a link. */
export const firstBlock = (root: Root): RootContent | undefined =>
  root.children.find((node) => node.type !== 'html' && node.type !== 'definition')

/** A title as a document can have it; null when nothing usable remains. */
export function titleFrom(text: string): string | null {
  const visible = text.replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, ' ').trim()
  // Cut between characters: half a surrogate pair would make the whole title unusable.
  let title = ''
  for (const character of visible) {
    if (title.length + character.length > titleLimits.max) break
    title += character
  }
  return normaliseTitle(title)
}

/** The text of a node and everything in it, without marks. Walks with a stack of its own. */
export function plainText(node: RootContent): string {
  let text = ''
  const stack: RootContent[] = [node]
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.type === 'break') text += ' '
    else if ('value' in next && next.type !== 'html') text += next.value
    else if ('alt' in next && next.alt) text += next.alt
    const children: readonly RootContent[] = 'children' in next ? next.children : []
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index] as RootContent)
  }
  return text.replace(/\s+/gu, ' ')
}

const leadingText = (paragraph: Paragraph): string => {
  const first = paragraph.children[0]
  return first?.type === 'text' ? first.value : ''
}

/** What an author wrote in the lines below `status:`; null when there is nothing. */
function withoutFirstLine(paragraph: Paragraph): Paragraph | null {
  for (const [index, node] of paragraph.children.entries()) {
    const rest = paragraph.children.slice(index + 1)
    if (node.type === 'break') return { ...paragraph, children: rest }
    const end = node.type === 'text' ? node.value.indexOf('\n') : -1
    if (node.type === 'text' && end >= 0) {
      return { ...paragraph, children: [{ ...node, value: node.value.slice(end + 1) }, ...rest] }
    }
  }
  return null
}

/** True for a list whose items are one link into the document each, with such lists within. */
function isContents(list: List): boolean {
  const lists = [list]
  // Grows while it is walked.
  for (const { children } of lists) {
    for (const { children: blocks } of children) {
      const [entry, nested, ...more] = blocks
      if (more.length > 0 || entry?.type !== 'paragraph' || entry.children.length !== 1) return false
      const link = entry.children[0]
      if (link?.type !== 'link' || !link.url.startsWith('#')) return false
      if (nested?.type === 'list') lists.push(nested)
      else if (nested) return false
    }
  }
  return true
}
