import { cutText } from '../cut-text'
import { isKeepable } from './link-address'

/**
 * Where the bytes of an image or a file in a body are. Ours are attachments of the document (`attachmentPlace`).
 * Any other address is *kept*: it is written out again as it was, and shown as a placeholder, never asked for, since
 * asking would tell a stranger who reads what.
 */
export type AttachmentId = string & { readonly __brand: 'AttachmentId' }

/** Of an image, in CSS pixels as it is shown: turned as its camera says. */
export interface PixelSize {
  readonly width: number
  readonly height: number
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
const whole = new RegExp(`^${uuid}$`)
const place = new RegExp(`^/api/v1/attachments/(${uuid})$`)

/** Where an attachment is asked for, on our own server. */
export const attachmentPlace = (id: AttachmentId): string => `/api/v1/attachments/${id}`

/** The attachment that an image or a file shows; null: it is kept under another address. */
export const attachmentAt = (src: unknown): AttachmentId | null =>
  typeof src === 'string' ? ((place.exec(src)?.[1] as AttachmentId | undefined) ?? null) : null

/** True for what an image or a file may hold as its place: an attachment, or an address that a link may hold. */
export const isFilePlace = (src: unknown): src is string => attachmentAt(src) !== null || isKeepable(src)

export const parseAttachmentId = (text: string): AttachmentId | null =>
  whole.test(text) ? (text as AttachmentId) : null

/** The greatest width and height that an id can say. */
const maxSide = 0xffff

/**
 * The id of an attachment: a UUID of version 8 (RFC 9562, 5.8), whose first four bytes are the width and the height of
 * the image in pixels (0 and 0: it is none, or is larger than can be said), and the rest random. So every page keeps an
 * image's place free before a byte of it has come, and asks nobody for it.
 *
 * @param random 16 bytes; the first four are not used.
 */
export function newAttachmentId(random: Uint8Array, size: PixelSize | null): AttachmentId {
  const bytes = Uint8Array.from(random.subarray(0, 16))
  const said = size && size.width <= maxSide && size.height <= maxSide ? size : { width: 0, height: 0 }
  const view = new DataView(bytes.buffer)
  view.setUint16(0, said.width)
  view.setUint16(2, said.height)
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x80)
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)]
  return parts.join('-') as AttachmentId
}

/** How large the image with this id is; null: the id does not say. */
export function sizeInId(id: AttachmentId): PixelSize | null {
  const [width, height] = [Number.parseInt(id.slice(0, 4), 16), Number.parseInt(id.slice(4, 8), 16)]
  return id[14] === '8' && width > 0 && height > 0 ? { width, height } : null
}

/** Longest name of a file, in UTF-16 code units. */
export const maxFileNameLength = 255

/**
 * The name of a file as it is kept and given out again: without folders, without what cannot be seen or turns the
 * direction of what follows (a bidirectional override makes `exe.png` of `gnp.exe`), and not too long: its ending stays.
 */
export function fileName(text: string): string {
  const base = text.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const seen = base.replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, '').replace(/\s+/gu, ' ')
  const name = seen.replace(/^[\s.]+|[\s.]+$/g, '')
  if (name === '') return 'file'
  if (name.length <= maxFileNameLength) return name
  const ending = /\.[^.]{1,20}$/.exec(name)?.[0] ?? ''
  return cutText(name, maxFileNameLength - ending.length) + ending
}
