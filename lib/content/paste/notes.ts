import {
  attributeOf,
  elementsIn,
  findIn,
  hasAttribute,
  hasClass,
  type MarkupElement,
  styleOf,
} from './markup'

/** Footnotes that were copied along with what refers to them. */
export interface Notes {
  /** The label of the note that this element is; undefined: it is none. */
  labelOf(element: MarkupElement): string | undefined
  /** The label of the note that a link leads to from the text; undefined: it leads elsewhere. */
  referredBy(link: MarkupElement): string | undefined
  /** True for the link that leads from a note back to the text. */
  isWayBack(link: MarkupElement): boolean
}

/** Looks for notes in the forms of Word, Google Docs, GitHub and Pandoc. Labels are numbers from 1, in order. */
export function notesIn(root: MarkupElement): Notes {
  const labels = new Map<MarkupElement, string>()
  const places = new Map<string, string>()
  const walk = (element: MarkupElement, inNotes: boolean): void => {
    if (isNote(element, inNotes)) {
      const label = String(labels.size + 1)
      labels.set(element, label)
      for (const name of namesIn(element)) if (!places.has(name)) places.set(name, label)
      return
    }
    const within = inNotes || isListOfNotes(element)
    for (const child of elementsIn(element)) walk(child, within)
  }
  walk(root, false)
  return {
    labelOf: (element) => labels.get(element),
    referredBy: (link) => places.get(placeOf(link)),
    isWayBack: (link) =>
      hasAttribute(link, 'data-footnote-backref') ||
      hasClass(link, /^(?:footnote-back(?:ref)?|data-footnote-backref)$/) ||
      /^_?(?:ftn_?ref|ftnt_ref|edn_?ref|fnref|user-content-fnref)/.test(placeOf(link)),
  }
}

const isListOfNotes = (element: MarkupElement): boolean =>
  hasAttribute(element, 'data-footnotes') || hasClass(element, /^footnotes$/)

const isNote = (element: MarkupElement, inNotes: boolean): boolean =>
  /^(?:foot|end)note$/.test(styleOf(element)['mso-element'] ?? '') ||
  (inNotes && element.tag === 'li' && attributeOf(element, 'id') !== '') ||
  // Google Docs: a paragraph of its own that begins with a link named `ftnt1`.
  (element.tag === 'div' && elementsIn(element).length === 1 && findIn(element, isGoogleName) !== undefined)

const isGoogleName = (element: MarkupElement): boolean =>
  element.tag === 'a' && /^ftnt\d+$/.test(attributeOf(element, 'id'))

function namesIn(note: MarkupElement): string[] {
  const own = [attributeOf(note, 'id'), attributeOf(note, 'name')].filter((name) => name !== '')
  return [...own, ...elementsIn(note).flatMap(namesIn)]
}

/** What stands behind `#` in a link's address. Browsers write addresses out whole when they copy. */
const placeOf = (link: MarkupElement): string => /#(.*)$/.exec(attributeOf(link, 'href'))?.[1] ?? ''
