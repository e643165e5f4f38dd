import type { PoolClient } from 'pg'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { type HistoryEntry, packBlock } from './archive-block'
import { checksumOf } from './update-log'

/** How much one folding moves, and how much of it one block holds, in bytes before compressing. */
const moveBytes = 8_000_000
const blockBytes = 1_000_000

export interface LogRow {
  readonly seq: string
  readonly person_id: PersonId | null
  readonly relayed_by: PersonId | null
  readonly client_id: string
  readonly write_epoch: string
  readonly data: Buffer
  readonly at: Date
}

export const entryOf = (row: LogRow): HistoryEntry => ({
  seq: Number(row.seq),
  personId: row.person_id,
  relayedBy: row.relayed_by,
  clientId: Number(row.client_id),
  writeEpoch: Number(row.write_epoch),
  at: row.at.getTime(),
  data: row.data,
})

/**
 * Moves updates that were folded before snapshot `id` to the archive, the oldest first and only so much at once:
 * the rest goes with the next folding. A damaged one stays where it is.
 */
export async function archiveFolded(tx: Queryable, documentId: DocumentId, id: string): Promise<void> {
  // Nodes of the release before this one still move them there.
  await tx.query(
    `with moved as (delete from document_update_archive where document_id = $1 returning *)
     insert into document_update (seq, document_id, person_id, relayed_by, client_id, write_epoch, data, checksum, folded_into, at)
     overriding system value
     select seq, document_id, person_id, relayed_by, client_id, write_epoch, data, checksum, folded_into, at from moved`,
    [documentId],
  )
  const { rows } = await tx.query<LogRow & { folded_into: string }>(
    `select seq, person_id, relayed_by, client_id, write_epoch, data, at, folded_into
       from (select *, sum(octet_length(data)) over (order by seq) as through
               from document_update where document_id = $1 and folded_into < $2) folded
      where through - octet_length(data) < $3 and sha256(data) = checksum
      order by seq`,
    [documentId, id, moveBytes],
  )
  for (let from = 0, to = 0; from < rows.length; from = to) {
    for (let bytes = 0; to < rows.length && bytes < blockBytes; to++) bytes += rows[to]?.data.length ?? 0
    await moveBlock(tx, documentId, rows.slice(from, to))
  }
}

async function moveBlock(
  tx: Queryable,
  documentId: DocumentId,
  rows: readonly (LogRow & { folded_into: string })[],
): Promise<void> {
  const entries = rows.map(entryOf)
  const data = await packBlock(entries)
  const checksum = checksumOf(data)
  const { rows: made } = await tx.query<{ id: string }>(
    `insert into document_archive
       (document_id, first_seq, last_seq, last_at, snapshot_id, updates, raw_bytes, data, checksum)
     values ($1, $2, $3, to_timestamp($4 / 1000.0), $5, $6, $7, $8, $9) returning id`,
    [
      documentId,
      rows[0]?.seq,
      rows.at(-1)?.seq,
      Math.max(...entries.map(({ at }) => at)),
      rows.map(({ folded_into }) => BigInt(folded_into)).reduce((a, b) => (a > b ? a : b)),
      rows.length,
      rows.reduce((bytes, row) => bytes + row.data.length, 0),
      data,
      checksum,
    ],
  )
  const { rows: read } = await tx.query<{ same: boolean }>(
    'select sha256(data) = $2 and checksum = $2 as same from document_archive where id = $1',
    [made[0]?.id, checksum],
  )
  if (read[0]?.same !== true) throw new Error('A block of the archive was not read back as it was written.')
  await tx.query('delete from document_update where document_id = $1 and seq = any ($2::bigint[])', [
    documentId,
    rows.map(({ seq }) => seq),
  ])
}

export interface ArchiveSize {
  /** As stored, and as the updates were. */
  readonly bytes: number
  readonly rawBytes: number
  readonly updates: number
}

/** Reads lengths alone, not what is long. */
export async function readArchiveSize(db: Queryable): Promise<ArchiveSize> {
  const { rows } = await db.query<{ bytes: string; raw: string; updates: string }>(
    `select coalesce(sum(octet_length(data)), 0) as bytes, coalesce(sum(raw_bytes), 0) as raw,
            coalesce(sum(updates), 0) as updates
       from document_archive where data is not null`,
  )
  const [row] = rows
  return { bytes: Number(row?.bytes), rawBytes: Number(row?.raw), updates: Number(row?.updates) }
}

const hourMs = 3_600_000
const dropAtOnce = 1_000
const sweptKey = 'archive_swept_at'

/**
 * Drops blocks that are older than so many days, at most once an hour in an installation. What is dropped leaves
 * its row: nobody takes the rest for the whole. As long as a document has not two intact snapshots that contain
 * a block, that block is what its body may have to be read from, and stays.
 *
 * @param tx a transaction.
 * @returns how many blocks; null: it was done within the hour, or is being done.
 */
export async function dropOldHistory(
  tx: Pick<PoolClient, 'query'>,
  { days, now }: { days: number; now: number },
): Promise<number | null> {
  const { rows: locks } = await tx.query<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('${sweptKey}', 0)) as locked`,
  )
  if (!locks[0]?.locked) return null
  const { rows: last } = await tx.query<{ value: string }>('select value from setting where key = $1', [
    sweptKey,
  ])
  if (now - Number(last[0]?.value ?? 0) < hourMs) return null
  await tx.query(
    `insert into setting (key, value) values ($1, $2)
     on conflict (key) do update set value = excluded.value, set_at = now()`,
    [sweptKey, String(now)],
  )
  const { rowCount } = await tx.query(
    `with old as (
       select a.id, a.document_id, a.snapshot_id from document_archive a
        where a.data is not null and a.last_at < to_timestamp($1 / 1000.0)
          and (select count(*) from document_snapshot s
                where s.document_id = a.document_id and s.id >= a.snapshot_id) >= 2
        order by a.last_at limit $2
     ), intact as materialized (
       -- Each snapshot is read once, not once for each of its blocks.
       select s.document_id, s.id from document_snapshot s
        where s.document_id in (select document_id from old) and sha256(s.data) = s.checksum
     )
     update document_archive set data = null where id in (
       select old.id from old
        where (select count(*) from intact i
                where i.document_id = old.document_id and i.id >= old.snapshot_id) >= 2)`,
    [now - days * 24 * hourMs, dropAtOnce],
  )
  return rowCount
}
