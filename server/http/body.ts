import { PublicError } from '../../lib/errors'
import { sizeInWords } from '../../lib/size-in-words'

/**
 * Reads a body, and stops as soon as it is larger than allowed: what a client announces is believed only
 * when it is too much, and never more than `maxBytes` and one chunk are held.
 *
 * @throws PublicError `too_large` with the limit in its sentence.
 */
export async function readBody(request: Request, maxBytes: number, sentence?: string): Promise<Uint8Array> {
  const tooLarge = () =>
    new PublicError('too_large', {
      sentence: sentence ?? `This is larger than the ${sizeInWords(maxBytes)} that are accepted here.`,
    })
  const encoding = request.headers.get('content-encoding')
  if (encoding && encoding !== 'identity') {
    throw new PublicError('unsupported_media', {
      sentence: 'Send the body as it is, without compressing it.',
    })
  }
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const chunk = await reader?.read()
    if (!chunk || chunk.done) break
    length += chunk.value.byteLength
    if (length > maxBytes) {
      // Not awaited: a client that keeps sending must not keep us waiting.
      reader?.cancel().catch(() => {})
      throw tooLarge()
    }
    chunks.push(chunk.value)
  }
  return Buffer.concat(chunks)
}

/** The media type of a request, without parameters, in lower case. */
export const mediaType = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
