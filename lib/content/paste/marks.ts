import type { MarkJson } from '../document-json'
import { isFollowable } from '../link-address'
import { attributeOf, type MarkupElement, styleOf } from './markup'

type Marks = readonly MarkJson[]

const marksOfTags: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  dfn: 'italic',
  var: 'italic',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
}

/** Marks within an element: those around it, those of its tag, and what its style says for or against them. */
export function marksWithin(element: MarkupElement, around: Marks, base: string | null): Marks {
  const { tag } = element
  const own = Object.hasOwn(marksOfTags, tag) ? marksOfTags[tag] : undefined
  let marks = own ? withMark(around, { type: own }) : around
  const style = styleOf(element)
  const weight = style['font-weight']
  if (weight !== undefined) {
    if (isBold(weight)) marks = withMark(marks, { type: 'bold' })
    // Google Docs wraps all of it in a `<b>` that is none; a browser writes each inherited weight out.
    else if (tag !== 'strong') marks = withoutMark(marks, 'bold')
  }
  const posture = style['font-style']
  if (posture === 'italic' || posture === 'oblique') marks = withMark(marks, { type: 'italic' })
  else if (posture === 'normal' && tag !== 'em') marks = withoutMark(marks, 'italic')
  const decoration = `${style['text-decoration'] ?? ''} ${style['text-decoration-line'] ?? ''}`
  if (decoration.includes('line-through')) marks = withMark(marks, { type: 'strike' })
  // Of spans alone: a letter that is set in such a face throughout is not one long piece of code.
  if ((tag === 'span' || tag === 'font') && isMonospaced(element)) marks = withMark(marks, { type: 'code' })
  if (tag === 'a') {
    const href = resolved(attributeOf(element, 'href'), base)
    if (href !== null) marks = withMark(marks, { type: 'link', attrs: { href, title: null } })
  }
  return marks
}

const isBold = (weight: string): boolean => /^bold/.test(weight) || Number.parseInt(weight, 10) >= 600

/** Faces whose letters are equally wide, as programs name them first. */
const monospaced =
  /^["']?(?:ui-monospace|monospace|courier|consolas|menlo|monaco|lucida console|cascadia|sf ?mono|andale mono|[\w ]*\bmono\b|source code pro|fira code|inconsolata)/

export function isMonospaced(element: MarkupElement): boolean {
  const style = styleOf(element)
  const face = style['font-family'] ?? attributeOf(element, 'face').toLowerCase()
  return monospaced.test(face)
}

/**
 * A link's address where it leads somewhere from here. Null: it is a place in the page that it was copied from, a
 * path of which nobody knows beside what, or nothing that may be followed.
 */
export function resolved(address: string, base: string | null): string | null {
  const written = address.trim()
  if (written === '' || written.startsWith('#')) return null
  if (isFollowable(written)) return written
  if (base === null || /^[a-z][a-z0-9+.-]*:/i.test(written)) return null
  try {
    const { href } = new URL(written, base)
    return isFollowable(href) ? href : null
  } catch {
    return null
  }
}

/** A mark added to others; of two links the outer one stays. */
export const withMark = (marks: Marks, mark: MarkJson): Marks =>
  marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark]

export const withoutMark = (marks: Marks, type: string): Marks =>
  marks.some((mark) => mark.type === type) ? marks.filter((mark) => mark.type !== type) : marks
