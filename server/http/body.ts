import { PublicError } from '../../lib/errors'
import { sizeInWords } from '../../lib/size-in-words'

/**
 * Reads a body, and stops as soon as it is larger than allowed: what a client announces is believed only
 * when it is too much, and never more than `maxBytes` and one chunk are held.
 *
 * @throws PublicError `too_large` with the limit in its sentence.
 */
export async function readBody(request: Request, maxBytes: number, sentence?: string): Promise<Uint8Array> {
  const mind = (length: number) => {
    if (length <= maxBytes) return
    throw new PublicError('too_large', {
      sentence: sentence ?? `This is larger than the ${sizeInWords(maxBytes)} that are accepted here.`,
    })
  }
  refuseCompressed(request)
  mind(announcedLength(request))
  return readChunks(request, mind)
}

/** @throws PublicError `unsupported_media`. */
export function refuseCompressed(request: Request): void {
  const encoding = request.headers.get('content-encoding')
  if (!encoding || encoding === 'identity') return
  throw new PublicError('unsupported_media', {
    sentence: 'Send the body as it is, without compressing it.',
  })
}

/** In bytes; 0: none is announced. */
export const announcedLength = (request: Request): number =>
  Number(request.headers.get('content-length') ?? 0)

/** @param mind is asked after each chunk, with the length in bytes so far; what it throws ends the reading. */
export async function readChunks(
  request: Request,
  mind: (length: number, chunks: readonly Uint8Array[]) => void,
): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    chunks.push(chunk.value)
    length += chunk.value.byteLength
    try {
      mind(length, chunks)
    } catch (error) {
      // Not awaited: a client that keeps sending must not keep us waiting.
      reader?.cancel().catch(() => {})
      throw error
    }
  }
  return Buffer.concat(chunks)
}

/** The media type of a request, without parameters, in lower case. */
export const mediaType = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
