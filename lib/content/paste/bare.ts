import { isCodeBox } from './code'
import { elementsIn, isElement, type MarkupElement, type MarkupNode, styleOf } from './markup'

/** Say nothing by themselves: what programs wrap around text that has no form. */
const meaningless = new Set([
  'html',
  'head',
  'body',
  'meta',
  'div',
  'span',
  'p',
  'br',
  'font',
  'pre',
  'style',
  'title',
])

/**
 * True for markup that says no more than its text does, so that the text is looked at in its stead: a raw file, a
 * message, a field. Whoever sets one word bold means what they see.
 */
export function isBare(root: MarkupElement): boolean {
  const says = (element: MarkupElement): boolean => {
    if (!meaningless.has(element.tag) || isCodeBox(element)) return true
    // A class on a piece of code is its language.
    if (element.tag === 'pre' && (element.attributes.class ?? '') !== '') return true
    const style = styleOf(element)
    if (/^(?:bold|[6-9]00)/.test(style['font-weight'] ?? '') || style['font-style'] === 'italic') return true
    if (style['mso-list'] !== undefined || /^Mso(?!Normal)/.test(element.attributes.class ?? '')) return true
    return (element.attributes.role ?? '') !== '' || elementsIn(element).some(says)
  }
  return !elementsIn(root).some(says)
}

/** True where all there is stands in one `<pre>`. */
export function codeBlockAlone(root: MarkupElement): boolean {
  const said = root.children.filter((node: MarkupNode) =>
    isElement(node) ? node.tag !== 'meta' && node.tag !== 'head' : node.trim() !== '',
  )
  const [only, ...more] = said
  if (!isElement(only) || more.length > 0) return false
  return only.tag === 'pre' || codeBlockAlone(only)
}
