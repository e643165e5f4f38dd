import { RawAnswer } from './endpoint'

/** An ETag of 32 hexadecimal digits, from the digest of what it stands for. */
export const etagOf = (digest: Buffer): string => `"${digest.subarray(0, 16).toString('hex')}"`

/**
 * A file with its ETag: 304 when the caller says that it has this very one (RFC 9110, 13.1.2). Kept by the
 * caller alone, and asked about each time.
 */
export function answerFile(
  request: Request,
  file: { body: string; mediaType: string; etag: string },
): RawAnswer {
  const headers = { etag: file.etag, 'cache-control': 'private, no-cache' }
  if (isKnown(request, file.etag)) return new RawAnswer(null, 304, headers)
  return new RawAnswer(file.body, 200, { ...headers, 'content-type': file.mediaType })
}

/** True when the caller says that it has what carries this ETag. */
export function isKnown(request: Request, etag: string): boolean {
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
