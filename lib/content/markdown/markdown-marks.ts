import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { PhrasingContent } from 'mdast'
import { isKeepable } from '../link-address'
import { personPlace } from '../mention-place'
import type {} from './markdown-tree'

/** A run of text with one set of marks, or a part of a line (which has none: marks reach across it). */
interface Piece {
  text: string
  marks: readonly Mark[]
  readonly isBreak: boolean
  /** A part that is no text: a mention, a reference to a footnote. */
  readonly part?: PhrasingContent
}

/** What footnotes are called in the file, by their labels. */
export type Labels = ReadonlyMap<string, string>

/** How line breaks are written: not at all in headings (a space), as HTML in table cells. */
export type Breaks = 'break' | 'space' | 'html'

/** The inline content of a paragraph, heading or cell as Markdown nodes. */
export function phrasingOf(parent: ProseMirrorNode, breaks: Breaks, labels: Labels): PhrasingContent[] {
  return nested(tidied(piecesOf(parent, breaks, labels)), breaks)
}

function piecesOf(parent: ProseMirrorNode, breaks: Breaks, labels: Labels): Piece[] {
  const pieces: Piece[] = []
  parent.forEach((node) => {
    if (node.isText) {
      // A raw line end is white space in a paragraph, and would end a heading.
      const text = (node.text ?? '').replace(/[\r\n]+/g, ' ')
      const marks = writable(node.marks)
      pieces.push(...edges({ text, marks, isBreak: false }))
    } else if (node.type.name === 'mention') {
      pieces.push({ text: '', marks: [], isBreak: false, part: mentionNode(node) })
    } else if (node.type.name === 'footnoteReference') {
      const label = labels.get(String(node.attrs.label))
      // One that nothing defines would be read as text.
      const part = label === undefined ? undefined : referenceNode(label)
      pieces.push({
        text: part ? '' : `[^${node.attrs.label}]`,
        marks: [],
        isBreak: false,
        ...(part && { part }),
      })
    } else if (breaks === 'space') pieces.push({ text: ' ', marks: [], isBreak: false })
    else pieces.push({ text: '', marks: [], isBreak: true })
  })
  return pieces
}

/** Links that may be kept; a formula is no code besides. */
function writable(marks: readonly Mark[]): readonly Mark[] {
  const isFormula = marks.some(({ type }) => type.name === 'formula')
  return marks.filter(({ type, attrs }) =>
    type.name === 'link' ? isKeepable(attrs.href) : type.name !== 'code' || !isFormula,
  )
}

const isCode = (piece: Piece): boolean => piece.marks.some(({ type }) => type.name === 'code')
const isSpace = (piece: Piece): boolean =>
  !piece.isBreak && !piece.part && !isCode(piece) && !/\S/u.test(piece.text)

/** White space at both ends of a run as runs of their own, so that it can leave the marks. */
function edges(piece: Piece): Piece[] {
  if (isCode(piece) || piece.marks.length === 0) return [piece]
  const body = piece.text.trim()
  if (body === '') return [piece]
  const start = piece.text.indexOf(body)
  const texts = [piece.text.slice(0, start), body, piece.text.slice(start + body.length)]
  return texts.filter((text) => text !== '').map((text) => ({ ...piece, text }))
}

/**
 * White space where a mark begins or ends is put outside it (Markdown cannot emphasise it, and nobody sees
 * the difference); white space beside line breaks and at both ends goes, and so do breaks at the ends.
 */
function tidied(pieces: Piece[]): Piece[] {
  const kept: Piece[] = []
  for (const [index, piece] of pieces.entries()) {
    if (!isSpace(piece)) {
      if (piece.isBreak) while (kept.length > 0 && isBlankEnd(kept)) kept.pop()
      if (piece.isBreak && kept.length === 0) continue
      kept.push({ ...piece })
      continue
    }
    const before = kept.at(-1)
    if (!before || before.isBreak) continue
    const after = pieces.slice(index + 1, index + 64).find((next) => !isSpace(next))
    if (!after || after.isBreak) continue
    const marks = before.marks.filter((mark) => after.marks.some((other) => other.eq(mark)))
    kept.push({ ...piece, marks: marks.filter(({ type }) => enclosing.includes(type.name)) })
  }
  while (kept.length > 0 && (kept.at(-1)?.isBreak || isBlankEnd(kept))) kept.pop()
  trimEnds(kept)
  return kept
}

const isBlankEnd = (kept: readonly Piece[]): boolean => isSpace(kept.at(-1) as Piece)

/** Spaces and tabs at the ends of lines, inside runs without marks (others were split before). */
function trimEnds(pieces: Piece[]): void {
  for (const [index, piece] of pieces.entries()) {
    if (piece.isBreak || piece.part || isCode(piece)) continue
    const before = pieces[index - 1]
    const after = pieces[index + 1]
    if (!before || before.isBreak) piece.text = piece.text.replace(/^[ \t]+/, '')
    if (!after || after.isBreak) piece.text = withoutEndSpace(piece.text)
  }
}

function withoutEndSpace(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end -= 1
  return text.slice(0, end)
}

/** Somebody who is named, as a link that leads to nobody elsewhere. */
const mentionNode = ({ attrs }: ProseMirrorNode): PhrasingContent => ({
  type: 'link',
  url: personPlace + String(attrs.person),
  children: [
    {
      type: 'text',
      value: `@${String(attrs.name ?? '')
        .replace(/\s+/gu, ' ')
        .trim()}`,
    },
  ],
})

const referenceNode = (label: string): PhrasingContent => ({
  type: 'footnoteReference',
  identifier: label,
  label,
})

/** Marks that enclose others, the outermost first where two reach equally far. Code encloses nothing. */
const enclosing = ['link', 'bold', 'italic', 'strike']

/** Runs as a tree: at each place the mark that reaches furthest is opened first. */
function nested(pieces: readonly Piece[], breaks: Breaks, opened: readonly Mark[] = []): PhrasingContent[] {
  const out: PhrasingContent[] = []
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at] as Piece
    let reach = at
    let outermost: Mark | null = null
    // White space opens nothing: a mark that begins with it could not be written.
    for (const name of isSpace(piece) ? [] : enclosing) {
      const mark = piece.marks.find(({ type }) => type.name === name)
      if (!mark || opened.some((other) => other.eq(mark))) continue
      const end = endOf(mark, pieces, at)
      if (end > reach) {
        reach = end
        outermost = mark
      }
    }
    if (outermost) {
      out.push(enclosed(outermost, nested(pieces.slice(at, reach), breaks, [...opened, outermost])))
      at = reach
    } else {
      // Neighbours that differ only in a mark that is open already (or in none) are one text.
      let last = at + 1
      while (!isSpace(piece) && last < pieces.length && canJoin(piece, pieces[last] as Piece)) last += 1
      const text = pieces.slice(at, last).map((each) => each.text)
      const made = leaf({ ...piece, text: text.join('') }, breaks)
      const before = out.at(-1)
      // One text, as it is when it is read back: what is escaped depends on what stands beside it.
      if (made.type === 'text' && before?.type === 'text') before.value += made.value
      else out.push(made)
      at = last
    }
  }
  return out
}

const canJoin = (left: Piece, right: Piece): boolean =>
  !left.isBreak &&
  !right.isBreak &&
  !left.part &&
  !right.part &&
  left.marks.length === right.marks.length &&
  left.marks.every((mark) => right.marks.some((other) => other.eq(mark)))

/** Where a mark that begins at `at` ends: behind the last run with it, not counting breaks and white space. */
function endOf(mark: Mark, pieces: readonly Piece[], at: number): number {
  let end = at
  for (let index = at; index < pieces.length; index++) {
    const piece = pieces[index] as Piece
    // A link holds no other link, as a mention is one.
    if (piece.part && mark.type.name === 'link') break
    if (piece.isBreak || piece.part) continue
    if (!piece.marks.some((other) => other.eq(mark))) break
    if (!isSpace(piece)) end = index + 1
  }
  return end
}

function enclosed(mark: Mark, children: PhrasingContent[]): PhrasingContent {
  switch (mark.type.name) {
    case 'bold':
      return { type: 'strong', children }
    case 'italic':
      return { type: 'emphasis', children }
    case 'strike':
      return { type: 'delete', children }
    default:
      return {
        type: 'link',
        url: String(mark.attrs.href),
        title: mark.attrs.title === null ? null : String(mark.attrs.title),
        children,
      }
  }
}

function leaf(piece: Piece, breaks: Breaks): PhrasingContent {
  if (piece.part) return piece.part
  if (piece.isBreak) return breaks === 'html' ? { type: 'html', value: '<br>' } : { type: 'break' }
  const isFormula = piece.marks.some(({ type }) => type.name === 'formula')
  // Its closing sign, or in a cell an escaped bar (as in code, below), cannot be written: such a formula becomes text.
  const isLost = piece.text.includes('`$') || (breaks === 'html' && piece.text.includes('\\|'))
  if (isFormula) return { type: isLost ? 'text' : 'formula', value: piece.text }
  // In a table cell the backslash of `\|` is dropped even in code (GFM 0.29, 4.10): such code becomes text.
  const isCodeHere = isCode(piece) && !(breaks === 'html' && /(?<!\\)(?:\\\\)*\\\|/.test(piece.text))
  return { type: isCodeHere ? 'inlineCode' : 'text', value: piece.text }
}
