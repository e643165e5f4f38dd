import { isKeepable } from './link-address'

/**
 * Where the bytes of an image or a file in a body are. Ours are attachments of the document (`attachmentPlace`).
 * Any other address is *kept*: it is written out again as it was, and shown as a placeholder, never asked for, since
 * asking would tell a stranger who reads what.
 */
export type AttachmentId = string & { readonly __brand: 'AttachmentId' }

const place =
  /^\/api\/v1\/attachments\/([0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/

/** Where an attachment is asked for, on our own server. */
export const attachmentPlace = (id: AttachmentId): string => `/api/v1/attachments/${id}`

/** The attachment that an image or a file shows; null: it is kept under another address. */
export const attachmentAt = (src: unknown): AttachmentId | null =>
  typeof src === 'string' ? ((place.exec(src)?.[1] as AttachmentId | undefined) ?? null) : null

/** True for what an image or a file may hold as its place: an attachment, or an address that a link may hold. */
export const isFilePlace = (src: unknown): src is string => attachmentAt(src) !== null || isKeepable(src)
