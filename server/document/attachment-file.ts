import { type AttachmentId, parseAttachmentId } from '../../lib/content/attachment'
import { fileType } from '../../lib/content/attachment-kind'
import { PublicError } from '../../lib/errors'
import type { Queryable } from '../db/open'
import { RawAnswer } from '../http/endpoint'
import { etagOf, isKnown } from '../http/file'
import { type AttachmentRow, readAttachment, readPiece } from './attachment-store'

/** So much is read at once, in bytes: others are served in between. */
const pieceBytes = 256 * 1024

/**
 * The bytes of an attachment. Images are drawn; everything else is given out to be kept, whatever its name says.
 * Its policy is the listener's (`http/headers.ts`). Browsers keep them and ask each time whether they may show them still (`no-cache`): with `immutable`, whoever
 * lost their access would see them on as long as their browser keeps them.
 *
 * @throws PublicError `not_found`.
 */
export async function answerAttachment(db: Queryable, id: string, request: Request): Promise<RawAnswer> {
  const attachmentId = parseAttachmentId(id)
  const row = attachmentId && (await readAttachment(db, attachmentId))
  if (!row) throw new PublicError('not_found')
  const etag = etagOf(row.hash)
  // Bytes as they are: nothing on the way compresses them, or makes them smaller images.
  const headers = { etag, 'cache-control': 'private, no-cache, no-transform' }
  if (isKnown(request, etag)) return new RawAnswer(null, 304, headers)
  return new RawAnswer(request.method === 'HEAD' ? null : bytesOf(db, row.id, row.size_bytes), 200, {
    ...headers,
    ...ways(row),
    'content-type': row.media_type,
  })
}

const ways = ({ media_type, name }: AttachmentRow): Record<string, string> => ({
  'content-disposition': disposition(media_type === fileType ? 'attachment' : 'inline', name),
})

/** RFC 6266 with RFC 8187: a name in ASCII for old readers, and the name. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}

function bytesOf(db: Queryable, id: AttachmentId, length: number): ReadableStream<Uint8Array> {
  let from = 0
  return new ReadableStream(
    {
      async pull(controller) {
        if (from >= length) return controller.close()
        const piece = await readPiece(db, id, { from, length: pieceBytes })
        if (!piece || piece.length === 0) throw new Error('An attachment went away while it was being sent.')
        from += piece.length
        controller.enqueue(piece)
      },
    },
    { highWaterMark: 0 },
  )
}
