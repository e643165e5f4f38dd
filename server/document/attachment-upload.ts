import { fileName, type PixelSize } from '../../lib/content/attachment'
import {
  type AttachmentType,
  fileType,
  type ImageType,
  imageTypeOf,
  kindHeadBytes,
} from '../../lib/content/attachment-kind'
import { type AttachmentLimits, attachmentRefusal, maxImagePixels } from '../../lib/content/attachment-limits'
import { isTooDear, maxSvgBytes } from '../../lib/content/svg-cost'
import { PublicError } from '../../lib/errors'
import { digest } from '../auth/secret'
import { announcedLength, mediaType, readChunks, refuseCompressed } from '../http/body'
import { createTurns } from '../import/turns'
import { sizeOfImage } from './attachment-size'

/** A file as it was sent, and what it is. */
export interface UploadedFile {
  readonly name: string
  readonly type: AttachmentType
  readonly size: PixelSize | null
  readonly bytes: Buffer
  /** SHA-256 of the bytes. */
  readonly hash: Buffer
}

/** So many files are held in memory at once; so many more may wait. */
const turns = createTurns({
  atOnce: 8,
  waiting: 100,
  sentence: 'Many files are being sent at this moment. Try again in a minute.',
})

/**
 * The file that is a request's body. What is too large is refused before it is read whole: by the length that is
 * announced, or as soon as more came; an image by what its first bytes say that it is.
 *
 * @param usedBytes what the document has already.
 * @throws PublicError `too_large`, `invalid` for an empty one, `unsupported_media` for a form or something compressed.
 */
export async function readFileBody(
  request: Request,
  given: { name: string; limits: AttachmentLimits; usedBytes: number },
): Promise<UploadedFile> {
  const { limits, usedBytes } = given
  if (/^(multipart\/|application\/x-www-form-urlencoded)/.test(mediaType(request))) {
    throw new PublicError('unsupported_media', {
      sentence: 'Send the file itself as the body, not a form with it, and its name as `?name=`.',
    })
  }
  refuseCompressed(request)
  const announced = announcedLength(request)
  if (announced > 0) refuse({ sizeBytes: announced, isImage: false }, limits, usedBytes)
  const leave = await turns.enter(request.signal)
  try {
    return fileOf(await readAll(request, announced, given), given.name)
  } finally {
    leave()
  }
}

async function readAll(
  request: Request,
  announced: number,
  { limits, usedBytes }: { limits: AttachmentLimits; usedBytes: number },
): Promise<Buffer> {
  let isImage: boolean | null = null
  const bytes = await readChunks(request, (length, chunks) => {
    if (isImage === null && length >= kindHeadBytes) isImage = imageTypeOf(Buffer.concat(chunks)) !== null
    refuse({ sizeBytes: Math.max(length, announced), isImage: isImage ?? false }, limits, usedBytes)
  })
  refuse({ sizeBytes: bytes.length, isImage: imageTypeOf(bytes) !== null }, limits, usedBytes)
  return bytes
}

function refuse(
  file: { sizeBytes: number; isImage: boolean },
  limits: AttachmentLimits,
  usedBytes: number,
): void {
  const sentence = attachmentRefusal(file, limits, usedBytes)
  if (sentence) throw new PublicError(file.sizeBytes === 0 ? 'invalid' : 'too_large', { sentence })
}

/** Null: no image, or a drawing that would hold up whoever looks at it. */
function drawnTypeOf(bytes: Buffer): ImageType | null {
  const image = imageTypeOf(bytes)
  const isDear = image === 'image/svg+xml' && (bytes.length > maxSvgBytes || isTooDear(bytes.toString()))
  return isDear ? null : image
}

/** @throws PublicError `too_large` for an image that unpacks to more than a page can bear. */
function fileOf(bytes: Buffer, name: string): UploadedFile {
  const image = drawnTypeOf(bytes)
  const size = image && sizeOfImage(bytes, image)
  const isVector = image === 'image/svg+xml'
  if (size && !isVector && size.width * size.height > maxImagePixels) {
    throw new PublicError('too_large', {
      sentence: `This image has ${size.width} × ${size.height} pixels; images of up to ${maxImagePixels / 1_000_000} million can be in a document. Make it smaller.`,
    })
  }
  // A raster image that does not say its size is damaged, and nobody knows what it would unpack to.
  const type = image && (size || isVector) ? image : fileType
  return { name: fileName(name), type, size: type === fileType ? null : size, bytes, hash: digest(bytes) }
}
