import { cutText } from '../../cut-text'
import { attachmentAt } from '../attachment'
import { maxAltLength } from '../attribute'
import { type DocumentJson, elementWith } from '../document-json'
import { pasteLimits } from './limits'
import { resolved } from './marks'
import { attributeOf, classesOf, hasAttribute, type MarkupElement, styleOf } from './markup'

/** Pictures whose bytes came along with the text, by the address that stands for each in the blocks. */
export interface Pictures {
  /** `data:` addresses, in order. */
  readonly data: string[]
}

/** Stands for a picture until its bytes are stored; no address that a document keeps looks like it. */
const standIn = '#pasted-picture-'

export const pictureStandIn = (index: number): string => `${standIn}${index}`

/** Which of the pictures an image stands for; null: none, it has an address. */
export function picturedBy(src: unknown): number | null {
  const [, index] = typeof src === 'string' ? (/^#pasted-picture-(\d{1,4})$/.exec(src) ?? []) : []
  return index === undefined ? null : Number(index)
}

/**
 * A picture as a block; as text where it is a sign within the line (an emoji); null where there is nothing to keep.
 * Its address is kept, and never asked for.
 */
export function pictureOf(
  node: MarkupElement,
  { base, pictures }: { readonly base: string | null; readonly pictures: Pictures },
): DocumentJson | string | null {
  const alt = attributeOf(node, 'alt').trim()
  if (attributeOf(node, 'aria-roledescription') === 'checkbox') return null
  if (isSign(node)) return alt.length <= 40 ? alt : null
  if (isTraceless(node)) return null
  const said = hasAttribute(node, 'alt') && alt !== '' ? cutText(alt, maxAltLength) : null
  const src = attributeOf(node, 'src').trim()
  if (/^data:image\/[a-z0-9.+-]+;base64,/i.test(src)) {
    if (pictures.data.length >= pasteLimits.pictures) return null
    pictures.data.push(src)
    return elementWith('image', { src: pictureStandIn(pictures.data.length - 1), alt: said })
  }
  const address = attachmentAt(src) === null ? resolved(src, base) : src
  if (address === null) return said
  return elementWith('image', { src: address, alt: said })
}

/** A letter that is drawn. */
const isSign = (node: MarkupElement): boolean =>
  classesOf(node).some((name) => /emoji|emoticon|twemoji/i.test(name))

/** So small that it is not there to be seen. */
function isTraceless(node: MarkupElement): boolean {
  const style = styleOf(node)
  const size = (name: 'width' | 'height') => Number.parseFloat(style[name] ?? attributeOf(node, name))
  return size('width') <= 3 || size('height') <= 3
}
