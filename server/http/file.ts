import { RawAnswer } from './endpoint'

/**
 * A file with its ETag: 304 when the caller says that it has this very one (RFC 9110, 13.1.2). Kept by the
 * caller alone, and asked about each time.
 */
export function answerFile(
  request: Request,
  file: { body: string; mediaType: string; etag: string },
): RawAnswer {
  const headers = { etag: file.etag, 'cache-control': 'private, no-cache' }
  const known = (request.headers.get('if-none-match') ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(file.etag) || known.includes('*')) return new RawAnswer(null, 304, headers)
  return new RawAnswer(file.body, 200, { ...headers, 'content-type': file.mediaType })
}
