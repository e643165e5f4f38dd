import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AuthorRuns } from '../authorship'
import type { MarkJson } from '../document-json'
import { leafWords } from '../leaf-words'
import type { RedlineLeaf, RedlinePiece } from './redline'
import { diffTokens, joinAcrossSpace, wordsOf } from './word-diff'

/** Begins what stands for a part that is no text among words: no word is like it. Equal parts are equal words. */
const leafToken = '\u0000'

/** Text of one formatting, a line break (null), or another part of a line, which is one character long. */
interface Part {
  readonly text: string | null
  readonly leaf: RedlineLeaf | null
  readonly marks: readonly MarkJson[]
}

/** How the text of a block became another: by words, and in code by lines. */
export function compareInline(
  before: ProseMirrorNode,
  after: ProseMirrorNode,
  authors: { before: AuthorRuns<string | null>; after: AuthorRuns<string | null> },
): RedlinePiece[] {
  const isCode = before.type.spec.code === true && after.type.spec.code === true
  const [old, now] = [partsOf(before), partsOf(after)]
  const [oldTokens, nowTokens] = [tokensOf(old, isCode), tokensOf(now, isCode)]
  const oldAuthors = new AuthorReader(authors.before)
  const nowAuthors = new AuthorReader(authors.after)
  const pieces: RedlinePiece[] = []
  let [oldAt, nowAt] = [0, 0]
  const stretches = diffTokens(oldTokens, nowTokens)
  for (const { kind, tokens } of isCode ? stretches : joinAcrossSpace(stretches)) {
    const length = tokens.reduce((sum, token) => sum + lengthOf(token), 0)
    if (kind === 'removed') {
      pieces.push(...writtenPieces(cut(old, oldAt, length), 'removed', oldAuthors))
      oldAt += length
    } else if (kind === 'added') {
      pieces.push(...writtenPieces(cut(now, nowAt, length), 'added', nowAuthors))
      nowAt += length
    } else {
      const [oldCut, nowCut] = [cut(old, oldAt, length), cut(now, nowAt, length)]
      pieces.push(...keptPieces(oldCut, nowCut))
      oldAuthors.skip(oldCut)
      nowAuthors.skip(nowCut)
      oldAt += length
      nowAt += length
    }
  }
  return pieces
}

/** All of a block's text. @param authors only of what was added or removed. */
export function wholeInline(
  block: ProseMirrorNode,
  state: 'same' | 'added' | 'removed',
  authors: AuthorRuns<string | null>,
): RedlinePiece[] {
  const parts = partsOf(block)
  return state === 'same'
    ? parts.map((part) => ({ ...part, state, wasMarks: null, author: null }))
    : writtenPieces(parts, state, new AuthorReader(authors))
}

const partsOf = (block: ProseMirrorNode): Part[] =>
  block.content.content.map((child) => ({
    text: child.isText ? (child.text ?? '') : child.type.name === 'hardBreak' ? null : leafWords(child),
    leaf:
      child.isText || child.type.name === 'hardBreak' ? null : { type: child.type.name, attrs: child.attrs },
    marks: marksOf(child.marks),
  }))

const marksOf = (marks: readonly Mark[]): MarkJson[] => marks.map((mark) => mark.toJSON())

/** Words are cut without regard to formatting: a word that is bold in part is one word. */
function tokensOf(parts: readonly Part[], isCode: boolean): string[] {
  const tokens: string[] = []
  let text = ''
  const close = () => {
    tokens.push(...(isCode ? linesOf(text) : wordsOf(text)))
    text = ''
  }
  for (const part of parts) {
    if (part.text !== null && part.leaf === null) text += part.text
    else {
      close()
      tokens.push(leafToken + JSON.stringify(part.leaf))
    }
  }
  close()
  return tokens
}

/** Each with the line feed at its end. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/gu) ?? []

const lengthOf = (token: string): number => (token.startsWith(leafToken) ? 1 : token.length)
const isText = (part: Part): part is Part & { text: string } => part.text !== null && part.leaf === null
const lengthOfPart = (part: Part): number => (isText(part) ? part.text.length : 1)

function cut(parts: readonly Part[], from: number, length: number): Part[] {
  const found: Part[] = []
  let start = 0
  for (const part of parts) {
    const size = lengthOfPart(part)
    const [first, last] = [Math.max(from, start), Math.min(from + length, start + size)]
    if (first < last) {
      found.push(isText(part) ? { ...part, text: part.text.slice(first - start, last - start) } : part)
    }
    start += size
    if (start >= from + length) break
  }
  return found
}

/** The same words on both sides, cut where the formatting changes on either. */
function keptPieces(old: readonly Part[], now: readonly Part[]): RedlinePiece[] {
  const pieces: RedlinePiece[] = []
  let [oldIndex, oldUsed] = [0, 0]
  for (const part of now) {
    for (let used = 0; used < lengthOfPart(part); ) {
      const was = old[oldIndex] as Part
      const length = Math.min(lengthOfPart(part) - used, lengthOfPart(was) - oldUsed)
      const isSame = JSON.stringify(was.marks) === JSON.stringify(part.marks)
      pieces.push({
        state: isSame ? 'same' : 'formatted',
        text: isText(part) ? part.text.slice(used, used + length) : part.text,
        leaf: part.leaf,
        marks: part.marks,
        wasMarks: isSame ? null : was.marks,
        author: null,
      })
      used += length
      oldUsed += length
      if (oldUsed < lengthOfPart(was)) continue
      oldIndex += 1
      oldUsed = 0
    }
  }
  return pieces
}

/** Cut where the writer changes. */
const writtenPieces = (
  parts: readonly Part[],
  state: 'added' | 'removed',
  authors: AuthorReader,
): RedlinePiece[] =>
  parts.flatMap((part): RedlinePiece[] => {
    const piece = { state, marks: part.marks, wasMarks: null, leaf: part.leaf }
    if (!isText(part)) return [{ ...piece, text: part.text, author: null }]
    let at = 0
    return authors.take(part.text.length).map(({ author, length }) => {
      at += length
      return { ...piece, text: part.text.slice(at - length, at), author }
    })
  })

/** Whose characters are, read from the beginning of a block to its end. */
class AuthorReader {
  readonly #runs: AuthorRuns<string | null>
  #index = 0
  #used = 0

  constructor(runs: AuthorRuns<string | null>) {
    this.#runs = runs
  }

  skip(parts: readonly Part[]): void {
    for (const part of parts) this.take(isText(part) ? part.text.length : 0)
  }

  take(length: number): { author: string | null; length: number }[] {
    const taken: { author: string | null; length: number }[] = []
    for (let left = length; left > 0; ) {
      const run = this.#runs[this.#index]
      const size = run ? Math.min(left, run.length - this.#used) : left
      if (size > 0) taken.push({ author: run?.author ?? null, length: size })
      left -= size
      this.#used += size
      if (!run || this.#used < run.length) continue
      this.#index += 1
      this.#used = 0
    }
    return taken
  }
}
