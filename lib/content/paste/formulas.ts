import { attributeOf, findIn, type MarkupElement, textOf } from './markup'

/** What a formula says in TeX, where the page that drew it kept it beside the drawing; else its signs. */
export function formulaOf(math: MarkupElement): { readonly tex: string; readonly isBlock: boolean } {
  const source = findIn(
    math,
    (element) =>
      element.tag === 'annotation' && attributeOf(element, 'encoding').toLowerCase() === 'application/x-tex',
  )
  const tex = (source ? textOf(source) : textOf(math)).replace(/\s+/g, ' ').trim()
  return { tex, isBlock: attributeOf(math, 'display') === 'block' }
}
