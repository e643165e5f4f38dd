import { type DocumentJson, element, type MarkJson, textJson } from '../document-json'

/** What a text cannot hold or must not: NUL (PostgreSQL refuses it), other controls, byte order marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufeff]/g

/** Text without control characters; halves of surrogate pairs, which have no UTF-8 form, become U+FFFD. */
export const cleanText = (text: string): string =>
  text
    .replace(unwanted, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

/**
 * The parts of one line of text while they are gathered, with white space as a browser shows it: runs become one
 * space, none at either end (CSS Text 3, 4.1.1).
 */
export class Line {
  #parts: DocumentJson[] = []
  /** A space is written when something follows it, with the marks that it had. */
  #space: readonly MarkJson[] | null = null

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  /** @param kept white space stands as it is written; line breaks are breaks. */
  add(text: string, marks: readonly MarkJson[], kept: boolean): void {
    if (kept) {
      const [first = '', ...rest] = text.split(/\r\n?|\n/)
      this.#put(first, marks)
      for (const line of rest) {
        this.break()
        this.#put(line, marks)
      }
      return
    }
    const words = text.split(/[ \t\r\n\f]+/)
    words.forEach((word, index) => {
      if (index > 0 && !this.#endsInSpace()) this.#space ??= marks
      this.#put(word, marks)
    })
  }

  break(): void {
    this.#space = null
    this.#parts.push(element('hardBreak'))
  }

  /** A part that is no text. */
  leaf(node: DocumentJson): void {
    this.#writeSpace()
    this.#parts.push(node)
  }

  /** What was gathered, without white space and breaks at its ends; the line is empty then. */
  take(): DocumentJson[] {
    const parts = trimmed(this.#parts)
    this.#parts = []
    this.#space = null
    return parts
  }

  #put(text: string, marks: readonly MarkJson[]): void {
    const clean = cleanText(text)
    if (clean === '') return
    this.#writeSpace()
    this.#write(clean, marks)
  }

  #writeSpace(): void {
    const marks = this.#space
    this.#space = null
    if (marks !== null && this.#parts.length > 0) this.#write(' ', marks)
  }

  #write(text: string, marks: readonly MarkJson[]): void {
    const last = this.#parts.at(-1)
    if (last?.type === 'text' && sameMarks(last.marks ?? [], marks)) last.text += text
    else this.#parts.push(textJson(text, [...marks]))
  }

  #endsInSpace(): boolean {
    const last = this.#parts.at(-1)
    return last === undefined || last.type === 'hardBreak' || /[ \t]$/.test(last.text?.slice(-1) ?? '')
  }
}

const sameMarks = (left: readonly MarkJson[], right: readonly MarkJson[]): boolean =>
  left.length === right.length &&
  left.every(({ type, attrs }) =>
    right.some((mark) => mark.type === type && mark.attrs?.href === attrs?.href),
  )

const blank = /^[ \t\u00a0]*$/

const isBlank = (node: DocumentJson | undefined): boolean =>
  node?.type === 'hardBreak' || (node?.type === 'text' && blank.test(node.text ?? ''))

function trimmed(parts: readonly DocumentJson[]): DocumentJson[] {
  let [from, to] = [0, parts.length]
  while (from < to && isBlank(parts[from])) from += 1
  while (to > from && isBlank(parts[to - 1])) to -= 1
  const kept = parts.slice(from, to)
  const first = kept[0]
  if (first?.type === 'text') first.text = first.text?.replace(/^[ \t\u00a0]+/, '') ?? ''
  const last = kept.at(-1)
  if (last?.type === 'text') last.text = withoutEndSpace(last.text ?? '')
  return kept
}

/** Not by a regular expression: `/ +$/` is quadratic on a long run of spaces inside. */
function withoutEndSpace(text: string): string {
  let end = text.length
  while (end > 0 && blank.test(text[end - 1] as string)) end -= 1
  return text.slice(0, end)
}
