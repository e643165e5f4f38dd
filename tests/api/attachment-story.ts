import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import { newAttachmentId } from '../../lib/content/attachment'
import type { DocumentId } from '../../lib/id'
import { digest } from '../../server/auth/secret'
import { insertAttachment } from '../../server/document/attachment-store'
import type { World } from './world'

const chunk = (type: string, data: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** A whole grey PNG. */
export function picture({ width, height }: { width: number; height: number }): Buffer<ArrayBuffer> {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const rows = Buffer.alloc((width + 1) * height, 0x88)
  for (let y = 0; y < height; y += 1) rows[y * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]) as Buffer<ArrayBuffer>
}

/** One that is there, whatever may be written in its document. */
export async function createAttachment(world: World, documentId: string): Promise<string> {
  const bytes = picture({ width: 3, height: 2 })
  const id = newAttachmentId(randomBytes(16), { width: 3, height: 2 })
  await insertAttachment(world.db, {
    id,
    documentId: documentId as DocumentId,
    name: 'a picture.png',
    mediaType: 'image/png',
    widthPx: 3,
    heightPx: 2,
    bytes,
    hash: digest(bytes),
    by: world.ids.ada,
    at: new Date(),
  })
  return id
}
