import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { diffWords } from './redline/word-diff'

type Formats = Record<string, unknown>

interface Run {
  readonly text: string
  readonly formats: Formats
}

/**
 * Makes a shared text say and be formatted as text nodes of a body: words that stay keep their items, and what is
 * formatted right already is left alone.
 *
 * @returns false: it was so already.
 */
export function writeText(text: Y.XmlText, nodes: readonly ProseMirrorNode[]): boolean {
  const runs = nodes.map((node): Run => ({ text: node.text ?? '', formats: formatsOf(node) }))
  const isRewritten = writeWords(text, runs)
  return writeFormats(text, runs) || isRewritten
}

/** A shared text that says this, not in a document yet. */
export function newText(nodes: readonly ProseMirrorNode[]): Y.XmlText {
  const text = new Y.XmlText()
  text.applyDelta(nodes.map((node) => ({ insert: node.text, attributes: formatsOf(node) })))
  return text
}

/** As y-tiptap stores marks (see `shape.ts`). */
const formatsOf = (node: ProseMirrorNode): Formats =>
  Object.fromEntries(node.marks.map((mark) => [mark.type.name, { ...mark.attrs }]))

function writeWords(text: Y.XmlText, runs: readonly Run[]): boolean {
  const before = runsOf(text)
    .map((run) => run.text)
    .join('')
  const after = runs.map((run) => run.text).join('')
  if (before === after) return false
  let at = 0
  for (const { kind, text: words } of diffWords(before, after)) {
    if (kind === 'removed') text.delete(at, words.length)
    else {
      if (kind === 'added') insert(text, at, cutOf(runs, at, words.length))
      at += words.length
    }
  }
  return true
}

function insert(text: Y.XmlText, from: number, runs: readonly Run[]): void {
  let at = from
  for (const { text: words, formats } of runs) {
    // A copy: Yjs writes into what it is given, and ends there whatever formatting is not named.
    text.insert(at, words, { ...formats })
    at += words.length
  }
}

/** Part of the runs. */
function cutOf(runs: readonly Run[], from: number, length: number): Run[] {
  const cut: Run[] = []
  let start = 0
  for (const { text, formats } of runs) {
    const part = text.slice(Math.max(0, from - start), Math.max(0, from + length - start))
    if (part !== '') cut.push({ text: part, formats })
    start += text.length
  }
  return cut
}

/** Both say the same words. */
function writeFormats(text: Y.XmlText, runs: readonly Run[]): boolean {
  const now = runsOf(text)
  let [at, changed] = [0, false]
  let [nowIndex, nowLeft] = [0, now[0]?.text.length ?? 0]
  for (const wanted of runs) {
    for (let left = wanted.text.length; left > 0; ) {
      const length = Math.min(left, nowLeft)
      const difference = differenceOf(now[nowIndex]?.formats ?? {}, wanted.formats)
      if (difference) {
        text.format(at, length, difference)
        changed = true
      }
      at += length
      left -= length
      nowLeft -= length
      if (nowLeft > 0) continue
      nowIndex += 1
      nowLeft = now[nowIndex]?.text.length ?? Number.POSITIVE_INFINITY
    }
  }
  return changed
}

/** What to set (null: to end) so that formats become others; null: nothing. */
function differenceOf(from: Formats, to: Formats): Formats | null {
  const difference: Formats = {}
  for (const key of Object.keys(from)) if (!(key in to)) difference[key] = null
  for (const [key, value] of Object.entries(to)) {
    if (!isSameValue(from[key], value)) difference[key] = value
  }
  return Object.keys(difference).length > 0 ? difference : null
}

/** Attributes of a mark are primitives; one that is absent is null. */
function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  const [a, b] = [one as Formats, other as Formats]
  return [...Object.keys(a), ...Object.keys(b)].every((key) => (a[key] ?? null) === (b[key] ?? null))
}

/** What is no text in it counts as one character, as Yjs counts it. */
const runsOf = (text: Y.XmlText): Run[] =>
  (text.toDelta() as { insert: unknown; attributes?: Formats }[]).map(({ insert, attributes }) => ({
    text: typeof insert === 'string' ? insert : '\ufffc',
    formats: attributes ?? {},
  }))
