import { type AttachmentId, parseAttachmentId } from '../../lib/content/attachment'
import type { AttachmentType } from '../../lib/content/attachment-kind'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'

/** What is known of an attachment, its bytes aside. */
export interface AttachmentRow {
  readonly id: AttachmentId
  readonly document_id: DocumentId
  readonly name: string
  readonly media_type: AttachmentType
  readonly width_px: number | null
  readonly height_px: number | null
  readonly size_bytes: number
  readonly hash: Buffer
  readonly created_at: Date
}

const columns = 'id, document_id, name, media_type, width_px, height_px, size_bytes, hash, created_at'

export async function readAttachments(db: Queryable, documentId: DocumentId): Promise<AttachmentRow[]> {
  const { rows } = await db.query<AttachmentRow>(
    `select ${columns} from attachment where document_id = $1 order by created_at, id`,
    [documentId],
  )
  return rows
}

export async function readAttachment(db: Queryable, id: AttachmentId): Promise<AttachmentRow | null> {
  const { rows } = await db.query<AttachmentRow>(`select ${columns} from attachment where id = $1`, [id])
  return rows[0] ?? null
}

/** Which document an attachment goes with. Null: there is no such attachment. */
export async function documentOfAttachment(db: Queryable, id: string): Promise<DocumentId | null> {
  const attachmentId = parseAttachmentId(id)
  return attachmentId && ((await readAttachment(db, attachmentId))?.document_id ?? null)
}

export interface Used {
  readonly bytes: number
  readonly count: number
}

export async function readUsed(db: Queryable, documentId: DocumentId): Promise<Used> {
  const { rows } = await db.query<{ bytes: string; count: number }>(
    'select coalesce(sum(size_bytes), 0) as bytes, count(*)::int as count from attachment where document_id = $1',
    [documentId],
  )
  return { bytes: Number(rows[0]?.bytes ?? 0), count: rows[0]?.count ?? 0 }
}

/** Until the transaction ends, nobody else puts one into this document: what it has together is what was counted. */
export async function holdAttachments(tx: Queryable, documentId: DocumentId): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended('attachment ' || $1, 0))", [documentId])
}

export interface NewAttachment {
  readonly id: AttachmentId
  readonly documentId: DocumentId
  readonly name: string
  readonly mediaType: string
  readonly widthPx: number | null
  readonly heightPx: number | null
  readonly bytes: Buffer
  readonly hash: Buffer
  readonly by: PersonId
  readonly at: Date
}

export async function insertAttachment(tx: Queryable, made: NewAttachment): Promise<void> {
  await tx.query(
    `insert into attachment (id, document_id, name, media_type, width_px, height_px, size_bytes, hash, data,
                             uploaded_by, created_at)
     values ($1, $2, $3, $4, $5, $6, octet_length($8::bytea), $7, $8, $9, $10)`,
    [
      made.id,
      made.documentId,
      made.name,
      made.mediaType,
      made.widthPx,
      made.heightPx,
      made.hash,
      made.bytes,
      made.by,
      made.at,
    ],
  )
}

/** The same bytes once more, for another document; they do not pass through this process. */
export async function copyAttachment(
  tx: Queryable,
  copy: { from: AttachmentId; to: AttachmentId; documentId: DocumentId; by: PersonId; at: Date },
): Promise<void> {
  await tx.query(
    `insert into attachment (id, document_id, name, media_type, width_px, height_px, size_bytes, hash, data,
                             uploaded_by, created_at)
     select $2, $3, name, media_type, width_px, height_px, size_bytes, hash, data, $4, $5
       from attachment where id = $1`,
    [copy.from, copy.to, copy.documentId, copy.by, copy.at],
  )
}

/** Bytes `from` (from 0) to `from + length` of an attachment; null: it is gone. */
export async function readPiece(
  db: Queryable,
  id: AttachmentId,
  { from, length }: { from: number; length: number },
): Promise<Buffer | null> {
  const { rows } = await db.query<{ piece: Buffer }>(
    'select substring(data from $2::int for $3::int) as piece from attachment where id = $1',
    [id, from + 1, length],
  )
  return rows[0]?.piece ?? null
}
