/**
 * What a file is, told by its first bytes: a name and a media type are what its sender says. Only what is drawn in a
 * page has a kind; everything else is a file to keep, whatever it is.
 */
export const imageTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'image/svg+xml',
] as const
export type ImageType = (typeof imageTypes)[number]

/** So many bytes say what a file is, its size in pixels aside. */
export const kindHeadBytes = 4_096

/** Null: no image that is drawn. */
export function imageTypeOf(head: Uint8Array): ImageType | null {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to))
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png'
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg'
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return 'image/gif'
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp'
  if (ascii(4, 8) === 'ftyp' && /^avi[fs]$/.test(ascii(8, 12))) return 'image/avif'
  return isSvg(head) ? 'image/svg+xml' : null
}

/** Where letters may be other ones than their bytes look like, nobody knows what is read. */
const otherLetters = /encoding\s*=\s*["'](?!(?:utf-8|us-ascii|iso-8859-1|windows-1252)["'])/i

/**
 * True when the first element is `<svg`. Behind a document type declaration with entities it is no image: a few lines
 * of them unfold to gigabytes in the reader's page.
 */
function isSvg(head: Uint8Array): boolean {
  let rest = new TextDecoder().decode(head.subarray(0, kindHeadBytes)).trimStart()
  for (;;) {
    const [, begins = ''] = /^(<\?xml(?=\s)|<!--|<!DOCTYPE\s+svg(?=[\s>]))/i.exec(rest) ?? []
    if (begins === '') return /^<svg[\s>]/.test(rest)
    const ends = begins === '<!--' ? '-->' : '>'
    const end = rest.indexOf(ends)
    const part = rest.slice(0, end)
    if (end < 0 || (begins !== '<!--' && (part.includes('[') || otherLetters.test(part)))) return false
    rest = rest.slice(end + ends.length).trimStart()
  }
}

/** Media types under which other files are given out: as bytes to keep, never as what a browser opens. */
export const fileType = 'application/octet-stream'

export const attachmentTypes = [...imageTypes, fileType] as const
export type AttachmentType = (typeof attachmentTypes)[number]
