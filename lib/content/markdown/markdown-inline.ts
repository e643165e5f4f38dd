import type { Definition, PhrasingContent } from 'mdast'
import { cutText } from '../../cut-text'
import { type DocumentJson, element, elementWith, type MarkJson, textJson } from '../document-json'
import { isFollowable, isKeepable, schemeOf } from '../link-address'
import { personAt } from '../mention-place'
import { plainText } from './front-matter'
import { htmlPieces, tagAttribute } from './html-source'
import type { Losses } from './losses'
import { lineOf } from './markdown-source'

/** What one import knows besides the node at hand. */
export interface Conversion {
  readonly losses: Losses
  /** Addresses that are defined apart (`[name]: address`), by normalised name. */
  readonly definitions: ReadonlyMap<string, Definition>
  /** Names among them that were used. */
  readonly used: Set<string>
  /** Labels of footnotes, by normalised name. */
  readonly footnotes: ReadonlyMap<string, string>
  /** What the positions of nodes count in. */
  readonly source: string
}

/**
 * Text, marks and line breaks of one paragraph, heading or cell. Walks with a stack of its own: emphasis may
 * be nested thousands deep in a hostile file, which means no more than one mark.
 */
export function inlineJson(children: readonly PhrasingContent[], conversion: Conversion): DocumentJson[] {
  const { losses, footnotes } = conversion
  const out: DocumentJson[] = []
  const stack: { nodes: readonly PhrasingContent[]; index: number; marks: readonly MarkJson[] }[] = [
    { nodes: children, index: 0, marks: [] },
  ]
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const node = frame.nodes[frame.index++]
    if (!node) {
      stack.pop()
      continue
    }
    const { marks } = frame
    const enter = (nodes: readonly PhrasingContent[], mark: MarkJson | null) =>
      stack.push({ nodes, index: 0, marks: mark ? withMark(marks, mark) : marks })
    const say = (text: string, mark?: MarkJson | null) =>
      pushText(out, text, mark ? withMark(marks, mark) : marks)

    switch (node.type) {
      case 'text':
        say(unwrapped(node.value))
        break
      case 'inlineCode':
        say(unwrapped(node.value), { type: 'code' })
        break
      case 'emphasis':
        enter(node.children, { type: 'italic' })
        break
      case 'strong':
        enter(node.children, { type: 'bold' })
        break
      case 'delete':
        enter(node.children, { type: 'strike' })
        break
      case 'break':
        out.push(element('hardBreak'))
        break
      case 'link':
      case 'linkReference': {
        const target = targetOf(node, conversion)
        const person = personAt(target.url)
        if (person !== null) {
          out.push(elementWith('mention', { person, name: nameIn(node) }))
          break
        }
        const mark = linkMark(target, lineOf(node), losses)
        // Text that stays without its link: the address follows it, so that nothing is lost. Pushed first,
        // since the stack hands out the last one first.
        if (!mark && target.url !== '' && target.url.length <= maxSaidAddress)
          enter([{ type: 'text', value: ` (${target.url})` }], null)
        enter(node.children, mark)
        break
      }
      case 'image':
      case 'imageReference': {
        const target = targetOf(node, conversion)
        say(...imageAsLink(node.alt ?? '', target, lineOf(node), losses))
        break
      }
      case 'footnoteReference':
        out.push(
          elementWith('footnoteReference', { label: footnotes.get(node.identifier) ?? node.identifier }),
        )
        break
      case 'formula': {
        const value = unwrapped(node.value).trim()
        if (value === '') say(node.value)
        else say(value, { type: 'formula' })
        break
      }
      case 'html':
        for (const piece of htmlPieces(node.value)) {
          if (piece.kind === 'text') say(unwrapped(piece.text))
          else if (piece.kind === 'comment') losses.add(lineOf(node), commentLoss)
          else if (piece.name === 'br') out.push(element('hardBreak'))
          else if (piece.name === 'img') say(...imageTag(piece.source, lineOf(node), losses))
          else if (!piece.closing) losses.add(lineOf(node), tagLoss(piece.name))
        }
        break
    }
  }
  return trimmed(out)
}

/** What somebody who is named was called. */
function nameIn(link: PhrasingContent): string | null {
  const name = plainText(link)
    .trim()
    .replace(/^@/, '')
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '')
    .trim()
  return name === '' ? null : name
}

export const commentLoss = 'A comment (<!-- … -->) was left out.'
export const tagLoss = (name: string): string =>
  `The HTML tag <${name}> was left out; the text inside it was kept.`

/** Text for an `<img>` tag: a link to its address, as for an image of Markdown. */
export function imageTag(source: string, line: number, losses: Losses): [string, MarkJson | null] {
  const target = { url: tagAttribute(source, 'src') ?? '', title: tagAttribute(source, 'title') }
  return imageAsLink(tagAttribute(source, 'alt') ?? '', target, line, losses)
}

interface Target {
  readonly url: string
  readonly title: string | null
}

/** Addresses up to this length are said in the text where a link is not possible. */
const maxSaidAddress = 200

export type Pointing = Extract<
  PhrasingContent,
  { type: 'link' | 'linkReference' | 'image' | 'imageReference' }
>

/** Where a link or an image leads, written beside it or apart; nowhere where that is missing. */
export function targetOf(node: Pointing, { definitions, used }: Conversion): Target {
  if ('url' in node) return { url: node.url, title: node.title ?? null }
  used.add(node.identifier)
  const definition = definitions.get(node.identifier)
  return { url: definition?.url ?? '', title: definition?.title ?? null }
}

function linkMark({ url, title }: Target, line: number, losses: Losses): MarkJson | null {
  if (!isKeepable(url)) {
    if (url !== '') losses.add(line, unlinkableLoss(url))
    return null
  }
  if (!isFollowable(url)) losses.count(line, pathLoss)
  return { type: 'link', attrs: { href: url, title: title === null ? null : cutText(title, 1_000) } }
}

const unlinkableLoss = (url: string): string => {
  const scheme = schemeOf(url)
  if (scheme === null || isFollowable(url.slice(0, 100)))
    return 'The address of a link is too long or not usable; the text was kept.'
  return `A link with ${scheme}: became text; links here are http, https or mailto.`
}

const pathLoss = (count: number): string =>
  count === 1
    ? 'A link leads to a file beside this one. It was kept as it is, but cannot be followed here.'
    : `${count} links lead to files beside this one. They were kept as they are, but cannot be followed here.`

function imageAsLink(alt: string, target: Target, line: number, losses: Losses): [string, MarkJson | null] {
  const isPath = isKeepable(target.url)
  const file = isPath ? (target.url.split(/[?#]/)[0]?.split('/').at(-1) ?? '') : ''
  const name = unwrapped(alt).trim() || file || 'image'
  losses.add(line, isPath ? 'An image became a link to its address.' : 'An image became its description.')
  return [name, isPath ? linkMark(target, line, losses) : null]
}

/** A mark added to others; a second one of the same type is the first one (an outer link wins). */
const withMark = (marks: readonly MarkJson[], mark: MarkJson): readonly MarkJson[] =>
  marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark]

/** Source lines of one paragraph become one line of text. */
export const unwrapped = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line, index, { length }) => withoutBlanks(line, index > 0, index < length - 1))
    .join(' ')

/** By hand: a rule for blanks at an end begins anew at each of those that stand in the middle. */
function withoutBlanks(line: string, atStart: boolean, atEnd: boolean): string {
  const isBlank = (at: number) => line[at] === ' ' || line[at] === '\t'
  let [from, to] = [0, line.length]
  while (atStart && from < to && isBlank(from)) from += 1
  while (atEnd && to > from && isBlank(to - 1)) to -= 1
  return line.slice(from, to)
}

function pushText(out: DocumentJson[], text: string, marks: readonly MarkJson[]): void {
  if (text === '') return
  const last = out.at(-1)
  // ProseMirror joins equal neighbours itself, but not when it reads JSON.
  if (last?.type === 'text' && sameMarks(last.marks ?? [], marks)) last.text += text
  else out.push(textJson(text, [...marks]))
}

const sameMarks = (left: readonly MarkJson[], right: readonly MarkJson[]): boolean =>
  left.length === right.length &&
  left.every(({ type, attrs }) =>
    right.some(
      (mark) => mark.type === type && mark.attrs?.href === attrs?.href && mark.attrs?.title === attrs?.title,
    ),
  )

const isSpace = (node: DocumentJson | undefined): boolean =>
  node?.type === 'hardBreak' || (node?.type === 'text' && !isCode(node) && /^[ \t]*$/.test(node.text ?? ''))
const isCode = (node: DocumentJson): boolean =>
  node.marks?.some(({ type }) => type === 'code' || type === 'formula') ?? false

/** Without white space and line breaks at both ends. */
function trimmed(nodes: DocumentJson[]): DocumentJson[] {
  let from = 0
  let to = nodes.length
  while (from < to && isSpace(nodes[from])) from += 1
  while (to > from && isSpace(nodes[to - 1])) to -= 1
  const kept = nodes.slice(from, to)
  const first = kept[0]
  if (first?.type === 'text' && !isCode(first)) first.text = first.text?.replace(/^[ \t]+/, '') ?? ''
  const last = kept.at(-1)
  if (last?.type === 'text' && !isCode(last)) last.text = withoutEndSpace(last.text ?? '')
  return kept
}

/** Not by a regular expression: `/ +$/` is quadratic on a long run of spaces inside. */
function withoutEndSpace(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1
  return text.slice(0, end)
}

/** A paragraph of plain text, for what has no better form. */
export const plainParagraph = (text: string, marks: MarkJson[] = []): DocumentJson =>
  elementWith('paragraph', { id: null }, text === '' ? [] : [textJson(text, marks)])
