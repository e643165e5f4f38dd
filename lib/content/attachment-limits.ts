import { sizeInWords } from '../size-in-words'

const mb = 1024 * 1024

/** How much a document's images and files may have. */
export interface AttachmentLimits {
  /** The largest image, in bytes. */
  readonly imageBytes: number
  /** The largest file that is no image, in bytes. */
  readonly fileBytes: number
  /** All of a document's together, in bytes. */
  readonly documentBytes: number
}

export const defaultAttachmentLimits: AttachmentLimits = {
  imageBytes: 10 * mb,
  fileBytes: 25 * mb,
  documentBytes: 200 * mb,
}

/** An image may have this many pixels at most: unpacked, each takes four bytes in everybody's page. */
export const maxImagePixels = 50_000_000

/** A document may have this many attachments at most. */
export const maxAttachments = 2_000

/**
 * Why a file is not taken, as a sentence; null: nothing speaks against it.
 *
 * @param usedBytes what the document has already.
 */
export function attachmentRefusal(
  file: { readonly sizeBytes: number; readonly isImage: boolean },
  limits: AttachmentLimits,
  usedBytes: number,
): string | null {
  const { sizeBytes, isImage } = file
  const most = isImage ? limits.imageBytes : limits.fileBytes
  const what = isImage ? 'image' : 'file'
  if (sizeBytes === 0) return 'This file is empty: there is nothing to keep.'
  if (sizeBytes > most) {
    const advice = isImage ? 'Make it smaller.' : 'Keep it elsewhere and link to it.'
    return `This ${what} has ${sizeInWords(sizeBytes)}; ${what}s of up to ${sizeInWords(most)} can be in a document. ${advice}`
  }
  if (usedBytes + sizeBytes > limits.documentBytes) {
    return `The images and files of this document have ${sizeInWords(usedBytes)}; with this one it would be more than the ${sizeInWords(limits.documentBytes)} that a document may have.`
  }
  return null
}
