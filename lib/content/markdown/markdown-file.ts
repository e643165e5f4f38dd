import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Html, Image, Link, Paragraph, PhrasingContent } from 'mdast'
import { cutText } from '../../cut-text'
import { attachmentAt, isFilePlace, maxFileNameLength } from '../attachment'
import { type AttributeValue, maxAltLength } from '../attribute'
import { type DocumentJson, elementWith } from '../document-json'
import { plainText } from './front-matter'
import { encodeValue, htmlPieces, tagAttribute } from './html-source'
import type { Losses } from './losses'
import { type Conversion, targetOf } from './markdown-inline'
import { lineOf } from './markdown-source'

/**
 * Images and files in Markdown. An image is `![alt](place)`, or `<img>` where it has a width or a description that is
 * empty on purpose; a file is a link alone in its paragraph, to an attachment or with a title that says it is one.
 */
interface Place {
  readonly url: string
  readonly title: string | null
}

/** An image as a block; null where its place is none that may be kept. */
export function imageJson(
  { url, title }: Place,
  alt: string | null,
  { line, losses, width = null }: { line: number; losses: Losses; width?: number | null },
): DocumentJson | null {
  if (!isFilePlace(url)) return null
  if (attachmentAt(url) === null) losses.count(line, elsewhereLoss)
  if (title !== null && title !== '') losses.count(line, titleLoss)
  return elementWith('image', {
    src: url,
    alt: alt === null ? null : cutText(oneLine(alt), maxAltLength),
    width,
  })
}

const elsewhereLoss = (count: number): string =>
  count === 1
    ? 'An image lies elsewhere. Its address was kept, and a placeholder is shown for it.'
    : `${count} images lie elsewhere. Their addresses were kept, and placeholders are shown for them.`

const titleLoss = (count: number): string =>
  count === 1 ? 'The title of an image was left out.' : `The titles of ${count} images were left out.`

/** An image of a line as a block; null for whatever else, and where its place is none that may be kept. */
export function imageIn(node: PhrasingContent, conversion: Conversion): DocumentJson | null {
  const { losses } = conversion
  const line = lineOf(node)
  if (node.type === 'html') {
    const [tag, ...more] = htmlPieces(node.value)
    const isImage = tag?.kind === 'tag' && tag.name === 'img' && more.length === 0
    return isImage ? imageTagJson(tag.source, line, losses) : null
  }
  if (node.type !== 'image' && node.type !== 'imageReference') return null
  // `![]()` was given no description; `<img alt="">` needs none.
  return imageJson(targetOf(node, conversion), node.alt || null, { line, losses })
}

/** An `<img>` tag as a block; null where its place is none that may be kept. */
export function imageTagJson(source: string, line: number, losses: Losses): DocumentJson | null {
  const place = { url: tagAttribute(source, 'src') ?? '', title: tagAttribute(source, 'title') }
  return imageJson(place, tagAttribute(source, 'alt'), { line, losses, width: widthOf(source) })
}

/** In hundredths of the measure. Pixels say nothing of a page that is as wide as its reader's. */
function widthOf(source: string): number | null {
  const percent = /^(\d{1,3})%$/.exec(tagAttribute(source, 'width') ?? '')?.[1]
  return percent === undefined ? null : Math.min(Math.max(Number(percent), 10), 100)
}

/** An image as it stands in a paragraph of its own, or in a cell. */
export function imageNode({ attrs }: ProseMirrorNode): Image | Html {
  const [src, alt] = [String(attrs.src), attrs.alt === null ? null : oneLine(String(attrs.alt))]
  // Between the brackets dollars would be a formula.
  if (attrs.width === null && alt !== '' && !alt?.includes('$')) return { type: 'image', url: src, alt }
  const said = [
    `src="${encodeValue(src)}"`,
    ...(alt === null ? [] : [`alt="${encodeValue(alt)}"`]),
    ...(attrs.width === null ? [] : [`width="${attrs.width}%"`]),
  ]
  return { type: 'html', value: `<img ${said.join(' ')}>` }
}

const fileTitle = /^file(?:, (\d{1,16}) bytes)?$/

/** A paragraph that is nothing but a link to a file; null for any other. */
export function fileJson({ children }: Paragraph): DocumentJson | null {
  const [link, ...more] = children
  if (link?.type !== 'link' || more.length > 0 || !isFilePlace(link.url)) return null
  const title = fileTitle.exec(link.title ?? '')
  if (!title && (attachmentAt(link.url) === null || link.title)) return null
  if (link.children.some((child) => child.type !== 'text')) return null
  const name = cutText(plainText(link).trim(), maxFileNameLength)
  const size = title?.[1] === undefined ? null : Number(title[1])
  return elementWith('file', {
    src: link.url,
    name: name === '' ? null : name,
    size: Number.isSafeInteger(size) ? size : null,
  })
}

export function fileNode({ attrs }: ProseMirrorNode): Paragraph {
  const [src, size]: [string, AttributeValue] = [String(attrs.src), attrs.size]
  const name = oneLine(String(attrs.name ?? ''))
  const title = size !== null ? `file, ${size} bytes` : attachmentAt(src) === null ? 'file' : null
  const children: PhrasingContent[] = name === '' ? [] : [{ type: 'text', value: name }]
  return { type: 'paragraph', children: [{ type: 'link', url: src, title, children } as Link] }
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()
