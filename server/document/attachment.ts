import { randomBytes } from 'node:crypto'
import type { AttachmentAnswer } from '../../lib/api-attachment'
import {
  type AttachmentId,
  attachmentPlace,
  newAttachmentId,
  parseAttachmentId,
} from '../../lib/content/attachment'
import { fileType } from '../../lib/content/attachment-kind'
import { type AttachmentLimits, attachmentRefusal, maxAttachments } from '../../lib/content/attachment-limits'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import { type Page, type PageQuery, pageOf } from '../../lib/page'
import { type Access, resolveAccess } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import type { OnDocumentOptions, Prepared } from '../http/endpoint'
import {
  type AttachmentRow,
  copyAttachment,
  documentOfAttachment,
  holdAttachments,
  insertAttachment,
  readAttachment,
  readAttachments,
  readUsed,
} from './attachment-store'
import { readFileBody, type UploadedFile } from './attachment-upload'

export const onAttachment = { of: documentOfAttachment } satisfies OnDocumentOptions
/** Beside the text: nobody's typing waits for a file. */
export const besideText = { hold: 'shared' } satisfies OnDocumentOptions

/** What is to be kept: a file that was sent, or another attachment. */
export type Given = { readonly file: UploadedFile } | { readonly from: AttachmentId }

/**
 * Reads what is to be kept, before anything is written.
 *
 * @throws PublicError for a file that cannot be taken; `not_found` for another's attachment.
 */
export async function readAttachmentBody(
  db: Queryable,
  principal: Principal,
  access: Access,
  asked: { request: Request; name: string; from: string | undefined; limits: AttachmentLimits },
): Promise<Prepared<Given>> {
  if (asked.from !== undefined) {
    const from = await mayCopy(db, principal, asked.from)
    if (!from) throw noAttachment()
    return { value: { from: from.id }, fingerprint: digest(`from ${from.id}`) }
  }
  const { bytes: usedBytes } = await readUsed(db, access.documentId)
  const file = await readFileBody(asked.request, { ...asked, usedBytes })
  return { value: { file }, fingerprint: digest(`${file.hash.toString('hex')} ${file.name}`) }
}

/**
 * Keeps a file with a document.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `too_large` when it would be more than the document may have.
 */
export async function keepAttachment(
  tx: Queryable,
  principal: Principal,
  access: Access,
  given: Given & { limits: AttachmentLimits; now: number },
): Promise<AttachmentAnswer> {
  const { documentId } = access
  const row = 'from' in given ? await readAttachment(tx, given.from) : null
  if ('from' in given && !row) throw noAttachment()
  if (row?.document_id === documentId) return presentAttachment(row)
  await holdAttachments(tx, documentId)
  const at = new Date(given.now)
  if ('file' in given) {
    const { name, type, size, bytes, hash } = given.file
    await mayTake(tx, documentId, { sizeBytes: bytes.length, isImage: type !== fileType }, given.limits)
    const id = newAttachmentId(randomBytes(16), size)
    await insertAttachment(tx, {
      ...{ id, documentId, name, bytes, hash, at },
      mediaType: type,
      widthPx: size?.width ?? null,
      heightPx: size?.height ?? null,
      by: principal.personId,
    })
    return answerNew(tx, id)
  }
  return copyInto(tx, principal, { ...given, documentId, at })
}

/** @param tx a transaction that has the document's attachments for itself (`holdAttachments`). */
export async function copyInto(
  tx: Queryable,
  principal: Principal,
  copy: { from: AttachmentId; to?: AttachmentId; documentId: DocumentId; limits: AttachmentLimits; at: Date },
): Promise<AttachmentAnswer> {
  const source = await readAttachment(tx, copy.from)
  if (!source) throw noAttachment()
  const isImage = source.media_type !== fileType
  await mayTake(tx, copy.documentId, { sizeBytes: source.size_bytes, isImage }, copy.limits)
  const to = copy.to ?? copyIdOf(source)
  await copyAttachment(tx, { ...copy, to, by: principal.personId })
  return answerNew(tx, to)
}

/** An id for the same image in another document. */
export const copyIdOf = ({ width_px, height_px }: AttachmentRow): AttachmentId =>
  newAttachmentId(randomBytes(16), width_px && height_px ? { width: width_px, height: height_px } : null)

/** The attachment that somebody may copy, since they may read it; null: they may not, or there is none. */
export async function mayCopy(
  db: Queryable,
  principal: Principal,
  id: string,
): Promise<AttachmentRow | null> {
  const attachmentId = parseAttachmentId(id)
  const row = attachmentId && (await readAttachment(db, attachmentId))
  const access = row && (await resolveAccess(db, principal, row.document_id))
  return access?.abilities.has('read') ? row : null
}

/** Images and files of a document, the first first; the cursor is an id. */
export async function listAttachments(
  db: Queryable,
  access: Access,
  query: PageQuery & { limits: AttachmentLimits },
): Promise<Page<AttachmentAnswer> & { usedBytes: number; limits: AttachmentLimits }> {
  const rows = await readAttachments(db, access.documentId)
  const { items, nextCursor } = pageOf(rows, query, ({ id }) => id)
  const usedBytes = rows.reduce((sum, { size_bytes }) => sum + size_bytes, 0)
  return { items: items.map(presentAttachment), nextCursor, usedBytes, limits: query.limits }
}

async function mayTake(
  tx: Queryable,
  documentId: DocumentId,
  file: { sizeBytes: number; isImage: boolean },
  limits: AttachmentLimits,
): Promise<void> {
  const used = await readUsed(tx, documentId)
  const sentence =
    used.count >= maxAttachments
      ? `This document has ${maxAttachments} images and files, the most that one may have.`
      : attachmentRefusal(file, limits, used.bytes)
  if (sentence) throw new PublicError('too_large', { sentence })
}

async function answerNew(tx: Queryable, id: AttachmentId): Promise<AttachmentAnswer> {
  const row = await readAttachment(tx, id)
  if (!row) throw new Error('An attachment that was just kept is not there.')
  return presentAttachment(row)
}

const presentAttachment = (row: AttachmentRow): AttachmentAnswer => ({
  id: row.id,
  documentId: row.document_id,
  src: attachmentPlace(row.id),
  name: row.name,
  mediaType: row.media_type,
  sizeBytes: row.size_bytes,
  widthPx: row.width_px,
  heightPx: row.height_px,
  createdAt: row.created_at.toISOString(),
})

const noAttachment = () =>
  new PublicError('not_found', {
    sentence: 'There is no such image or file, or it is in a document that you may not read.',
  })
