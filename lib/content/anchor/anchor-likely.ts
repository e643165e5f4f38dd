import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { placeOfText } from './anchor-find'
import { fitOf } from './anchor-fit'
import { indexOf, type Range } from './anchor-index'
import { contextMax, type Wanted } from './anchor-search'
import { squeezed, type Words } from './anchor-words'

/** A place where a detached thread may belong, for a person to decide. */
export interface LikelyPlace extends Range {
  readonly sectionId: string
  /** What stands there. */
  readonly text: string
  /** 0 to 1: how much speaks for it. */
  readonly score: number
}

/** Less than this is no suggestion but a guess. */
const floor = 0.3
/** Windows that are looked at closely. */
const mostWindows = 12
/** Characters of a piece that both share. */
const pieceSize = 4
/** A piece with more places than this says nothing. */
const mostPlaces = 200
/** Characters of context that must stand on both sides of what was rewritten, or on one, up to an end of its line. */
const besideMin = 6
const nowhereKnown = { head: false, tail: false, cut: false } as const

/**
 * The likeliest places of words that are not found any more, the best first: where other words stand between what
 * stood beside them, where most of them stand, or where they stand more than once. Never taken by themselves.
 */
export function likelyPlaces(doc: ProseMirrorNode, wanted: Wanted, most = 3): LikelyPlace[] {
  const { words } = indexOf(doc)
  const quote = squeezed(wanted.quote)
  const found: { start: number; end: number; score: number }[] = []
  const rewritten = between(words, wanted, quote)
  if (rewritten) found.push(rewritten)
  for (const start of windowsOf(words.text, quote)) {
    const margin = quote.length >> 1
    const from = Math.max(0, start - margin)
    const fit = fitOf(quote, words.text.slice(from, start + quote.length + margin), nowhereKnown)
    if (!fit) continue
    const [at, end] = [from + fit.from, from + fit.to]
    const likeness = fit.kept / Math.max(quote.length, fit.to - fit.from)
    found.push({ start: at, end, score: likeness * 0.7 + nearness(words, wanted, at, end) * 0.3 })
  }
  const places = found
    .filter(({ score }) => score >= floor)
    .sort((a, b) => b.score - a.score)
    .map(({ start, end, score }) => placeOf(doc, wholeWords(words, start, end), score))
  const apart: LikelyPlace[] = []
  for (const place of places) {
    if (place.text.trim() === '' || apart.some((other) => place.from < other.to && other.from < place.to))
      continue
    apart.push(place)
    if (apart.length === most) break
  }
  return apart
}

function placeOf(
  doc: ProseMirrorNode,
  { start, end }: { start: number; end: number },
  score: number,
): LikelyPlace {
  const index = indexOf(doc)
  const [from, to] = [index.words.posAt(start), index.words.endAt(end)]
  return { from, to, score, sectionId: index.sectionIdAt(from), text: index.words.between(start, end) }
}

/** What stands between the words that stood just before and just behind it. */
function between(words: Words, { prefix, suffix }: Wanted, quote: string) {
  const lineBefore = prefix.slice(prefix.lastIndexOf('\n') + 1)
  const lineBehind = suffix.split('\n')[0] ?? ''
  const longest = quote.length * 3 + 80
  const score = 0.55 + Math.min(0.35, (lineBefore.length + lineBehind.length) / 160)
  if (lineBefore.length >= besideMin) {
    const at = onlyPlace(words.text, lineBefore)
    if (at === null) return null
    const start = at + lineBefore.length
    const lineEnd = breakFrom(words, start + 1, start + longest, 1)
    const end =
      lineBehind.length >= besideMin
        ? placeOfText(words.text.slice(0, start + longest), lineBehind, start)
        : (lineEnd ?? 0) - lineBehind.length
    const isLine = lineBehind.length >= besideMin || isWhole(lineBehind, suffix)
    if (!isLine || end <= start || !words.text.startsWith(lineBehind, end)) return null
    return lineEnd !== null && lineEnd < end ? null : { start, end, score }
  }
  if (lineBehind.length < besideMin || !isWhole(lineBefore, prefix)) return null
  const end = onlyPlace(words.text, lineBehind)
  const lineStart = end === null ? null : breakFrom(words, end - 1, end - longest, -1)
  if (end === null || lineStart === null || !words.text.startsWith(lineBefore, lineStart)) return null
  const start = lineStart + lineBefore.length
  return start < end ? { start, end, score } : null
}

/** What is known of a line is all of it: the line ends there. */
const isWhole = (line: string, context: string): boolean =>
  line.length < context.length || context.length < contextMax

function onlyPlace(text: string, wanted: string): number | null {
  const at = placeOfText(text, wanted)
  return at < 0 || placeOfText(text, wanted, at + 1) >= 0 ? null : at
}

/** The first break from one offset to another; null: there is none. */
function breakFrom(words: Words, from: number, to: number, step: 1 | -1): number | null {
  for (let at = from; step > 0 ? at <= to : at >= to; at += step) if (words.breakAt(at)) return at
  return null
}

/** Where most pieces of the quote stand close to each other. */
function windowsOf(text: string, quote: string): number[] {
  const size = Math.min(pieceSize, Math.max(2, quote.length >> 1))
  if (quote.length < size) return []
  const offsets = new Map<string, number>()
  for (let at = 0; at + size <= quote.length; at += 1) {
    const piece = quote.slice(at, at + size)
    if (!offsets.has(piece)) offsets.set(piece, at)
  }
  const counts = new Map<string, number>()
  const votes = new Map<number, number>()
  const width = Math.max(8, quote.length >> 2)
  for (let at = 0; at + size <= text.length; at += 1) {
    const piece = text.slice(at, at + size)
    const offset = offsets.get(piece)
    if (offset === undefined) continue
    const seen = (counts.get(piece) ?? 0) + 1
    counts.set(piece, seen)
    if (seen > mostPlaces) continue
    const slot = Math.floor(Math.max(0, at - offset) / width)
    votes.set(slot, (votes.get(slot) ?? 0) + 1)
  }
  return [...votes]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, mostWindows)
    .map(([slot]) => slot * width)
}

/** 0 to 1: how much of what stood beside the words stands here, and whether block and section are theirs. */
function nearness(words: Words, wanted: Wanted, start: number, end: number): number {
  const [prefix, suffix] = [squeezed(wanted.prefix), squeezed(wanted.suffix)]
  let beside = 0
  while (beside < prefix.length && prefix[prefix.length - 1 - beside] === words.text[start - 1 - beside])
    beside += 1
  for (let at = 0; at < suffix.length && suffix[at] === words.text[end + at]; at += 1) beside += 1
  return prefix.length + suffix.length === 0 ? 0 : beside / (prefix.length + suffix.length)
}

/** Half a word at an end is shown and attached whole. */
function wholeWords(words: Words, start: number, end: number): { start: number; end: number } {
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(words.text[at] ?? '')
  let [from, to] = [start, end]
  while (start - from < 20 && !words.breakAt(from) && isLetter(from - 1) && isLetter(from)) from -= 1
  while (to - end < 20 && !words.breakAt(to) && isLetter(to - 1) && isLetter(to)) to += 1
  return { start: from, end: to }
}
