import type { DocumentJson } from '../document-json'
import type { ListItem } from './lists'
import {
  attributeOf,
  findIn,
  hasClass,
  isElement,
  type MarkupElement,
  type MarkupNode,
  styleOf,
  textOf,
} from './markup'

/**
 * Word writes lists as paragraphs: which list, which level, and the sign in front as text that is to be left out
 * (`mso-list:l0 level1 lfo1`, `mso-list:Ignore`).
 */
export function wordListLevel(element: MarkupElement): number | null {
  if (element.tag !== 'p') return null
  const [, level] = /\blevel([1-9])\b/.exec(styleOf(element)['mso-list'] ?? '') ?? []
  return level === undefined ? null : Number(level)
}

/** The sign in front of a list's paragraph or of a numbered heading. */
export const isWordSign = (element: MarkupElement): boolean => styleOf(element)['mso-list'] === 'ignore'

/** A paragraph of a list as an item of one. @param read gives what it holds, without its sign. */
export function wordItem(
  element: MarkupElement,
  level: number,
  read: (element: MarkupElement) => DocumentJson[],
): ListItem {
  const sign = findIn(element, isWordSign)
  const said = (sign ? textOf(sign) : '').replace(/[\s\u00a0]+/g, '')
  const [, count] = /^\(?(\d{1,9}|[a-z]{1,5})[.)]$/i.exec(said) ?? []
  return {
    level,
    kind: count === undefined ? 'bulletList' : 'orderedList',
    start: count !== undefined && /^\d/.test(count) ? Number(count) : 1,
    counting: count === undefined || /^\d/.test(count) ? null : countingOf(count),
    checked: false,
    blocks: read(element),
  }
}

/** `i`, `v` and `x` begin Roman numbers more often than they are the ninth letter of a list. */
function countingOf(count: string): string {
  const isRoman = /^[ivx]+$/i.test(count)
  const isSmall = count === count.toLowerCase()
  return isRoman ? (isSmall ? 'i' : 'I') : isSmall ? 'a' : 'A'
}

/** The level of a heading that is one by its style alone; null: it is none. */
export function wordHeading(element: MarkupElement): number | null {
  if (element.tag !== 'p') return null
  if (hasClass(element, /^MsoTitle/)) return 1
  const [, level] = /\bMsoHeading([1-6])\b/.exec(attributeOf(element, 'class')) ?? []
  return level === undefined ? null : Number(level)
}

/** What stands in for spaces: `mso-spacerun`, and a lone hard space in an element of its own. */
export const isSpaceRun = (element: MarkupElement): boolean =>
  element.tag === 'span' &&
  element.children.length > 0 &&
  element.children.every((child: MarkupNode) => !isElement(child) && /^[ \u00a0]+$/.test(child))
