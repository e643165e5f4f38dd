import type { Pool } from 'pg'
import type { Logger } from 'pino'
import * as Y from 'yjs'
import { readBody } from '../../lib/content/read-body'
import type { DocumentId } from '../../lib/id'
import { deletedUnits } from '../../lib/sync/deleted-units'
import { exactDoc } from '../../lib/sync/exact-doc'
import { isLargeDeletion, largeDeletionLeast } from '../../lib/version'
import { type Queryable, transaction } from '../db/open'
import { bufferOf, checksumOf, type LoggedUpdate } from '../document/update-log'
import { bodyOfHead } from './body'
import { freezeDoc, holdVersions } from './freeze'

/** True where it is worth asking whether much is gone. Asked at every commit. */
export const mayDeleteMuch = ({ data }: Pick<LoggedUpdate, 'data'>): boolean =>
  deletedUnits(data) >= largeDeletionLeast

/** So many may wait at most: their updates are in memory, and what waits so long is soon folded away. */
const waitingAtMost = 50

/**
 * Looks at large deletions one after the other, on one connection: each reads whole bodies, and those of one document
 * wait for each other. Somebody who deletes, undoes and deletes again would else have all connections wait.
 */
export class LargeDeletions {
  #waiting = 0
  #last: Promise<void> = Promise.resolve()

  constructor(
    private readonly pool: Pool,
    private readonly parts: { log: Logger; now: () => number; maxKeptLogBytes: number },
  ) {}

  /** Resolves when these have been looked at. Never rejects. */
  keep(updates: readonly Pick<LoggedUpdate, 'documentId' | 'data'>[]): Promise<void> {
    const { log, now, maxKeptLogBytes: maxLogBytes } = this.parts
    for (const { documentId, data } of updates) {
      if (this.#waiting >= waitingAtMost) {
        log.warn(
          { documentId },
          'Too much is deleted at once: a text before a deletion is kept as no version.',
        )
        continue
      }
      const given = { documentId, update: data, maxLogBytes, now: now() }
      this.#waiting += 1
      this.#last = this.#last
        .then(() => keepBeforeDeletion(this.pool, log, given))
        .finally(() => {
          this.#waiting -= 1
        })
    }
    return this.#last
  }
}

/**
 * After an update after which much of the text is gone: keeps the text before it as a version, from the log, in which
 * what was deleted still is. Never rejects: that a version could not be kept must not disturb who writes.
 *
 * @param given.maxLogBytes where more than these have to be read, nothing is kept.
 * @param given.now milliseconds since the epoch.
 */
export async function keepBeforeDeletion(
  pool: Pool,
  log: Logger,
  given: { documentId: DocumentId; update: Uint8Array; maxLogBytes: number; now: number },
): Promise<void> {
  const { documentId } = given
  try {
    await transaction(pool, async (tx) => {
      await holdVersions(tx, documentId)
      const before = await textBefore(tx, documentId, given)
      if (before === null) return
      const after = (await bodyOfHead(tx, documentId)).doc.textContent.length
      if (!isLargeDeletion(readBody(before.ydoc).textContent.length, after)) return
      await freezeDoc(tx, before.ydoc, {
        documentId,
        reason: 'large_deletion',
        by: null,
        now: given.now,
        beforeSeq: before.seq,
      })
    })
  } catch (error) {
    log.warn({ documentId, err: error }, 'The text before a large deletion could not be kept as a version.')
  }
}

/** Of a document (`$1`) what stands before an update (`$2`) that was folded into a snapshot (`$3`), or into none. */
const partsBefore = `with base as (
    select id, data, checksum from document_snapshot
     where document_id = $1 and ($3::bigint is null or id < $3) order by id desc limit 1
  ), part as (
    select data, checksum from base
    union all
    select data, checksum from document_update
     where document_id = $1 and seq < $2
       and (folded_into is null or folded_into > coalesce((select id from base), 0))
  )`

interface Part {
  readonly data: Buffer
  readonly checksum: Buffer
}

/**
 * What the log says up to an update that it holds. Null: it was folded away already, rests on what came later, or is
 * too much to be read beside everything else.
 */
async function textBefore(
  tx: Queryable,
  documentId: DocumentId,
  { update, maxLogBytes }: { update: Uint8Array; maxLogBytes: number },
): Promise<{ ydoc: Y.Doc; seq: string } | null> {
  const { rows: found } = await tx.query<{ seq: string; folded_into: string | null }>(
    `select seq, folded_into from document_update where document_id = $1 and checksum = $2
      order by seq desc limit 1`,
    [documentId, bufferOf(checksumOf(update))],
  )
  const [row] = found
  if (!row) return null
  const upTo = [documentId, row.seq, row.folded_into]
  const { rows: sizes } = await tx.query<{ bytes: string }>(
    `${partsBefore} select coalesce(sum(octet_length(data)), 0) as bytes from part`,
    upTo,
  )
  if (Number(sizes[0]?.bytes) > maxLogBytes) return null
  const { rows: parts } = await tx.query<Part>(`${partsBefore} select data, checksum from part`, upTo)
  if (parts.some(({ data, checksum }) => !checksumOf(data).equals(checksum))) return null
  const ydoc = exactDoc({ gc: false })
  ydoc.transact(() => {
    for (const { data } of parts) Y.applyUpdate(ydoc, data)
  })
  const isWhole = ydoc.store.pendingStructs === null && ydoc.store.pendingDs === null
  return isWhole && parts.length > 0 ? { ydoc, seq: row.seq } : null
}
