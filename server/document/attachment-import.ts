import { type AttachmentId, attachmentPlace, parseAttachmentId } from '../../lib/content/attachment'
import type { AttachmentLimits } from '../../lib/content/attachment-limits'
import type { DocumentId } from '../../lib/id'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { copyIdOf, copyInto, mayCopy } from './attachment'
import { holdAttachments } from './attachment-store'

/** Attachments that a new document gets: each a copy of what its text named, under an id of its own. */
export type Copies = ReadonlyMap<AttachmentId, AttachmentId>

/** More than this in one file stay where they are, and are seen by whoever may read them there. */
const maxCopies = 500

const named = /\/api\/v1\/attachments\/([0-9a-f-]{36})/g

/**
 * A Markdown file that was exported here names the images and files of its document. Whoever imports it and may read
 * them gets copies: the text that is returned names those instead. What they may not read stays as it is.
 *
 * @param bytes UTF-8; ids are as long as each other, so that nothing else in it moves.
 */
export async function nameCopies(
  db: Queryable,
  principal: Principal,
  bytes: Uint8Array,
): Promise<{ bytes: Uint8Array; copies: Copies }> {
  // One character a byte, whatever they mean.
  const text = Buffer.from(bytes).toString('latin1')
  const ids = new Set(Array.from(text.matchAll(named), ([, id]) => id ?? ''))
  const copies = new Map<AttachmentId, AttachmentId>()
  for (const id of [...ids].slice(0, maxCopies)) {
    const row = await mayCopy(db, principal, id)
    if (row) copies.set(row.id, copyIdOf(row))
  }
  if (copies.size === 0) return { bytes, copies }
  const renamed = text.replace(named, (place, id: string) => {
    const known = parseAttachmentId(id)
    const copy = known && copies.get(known)
    return copy ? attachmentPlace(copy) : place
  })
  return { bytes: Buffer.from(renamed, 'latin1'), copies }
}

/** @throws PublicError `too_large` when they are more than a document may have. */
export async function makeCopies(
  tx: Queryable,
  principal: Principal,
  made: { copies: Copies; documentId: DocumentId; limits: AttachmentLimits; at: Date },
): Promise<void> {
  if (made.copies.size === 0) return
  await holdAttachments(tx, made.documentId)
  for (const [from, to] of made.copies) await copyInto(tx, principal, { ...made, from, to })
}
