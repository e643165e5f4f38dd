import type { Pool } from 'pg'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { entryOf, type LogRow } from './archive'
import { type HistoryEntry, unpackBlock } from './archive-block'
import { BodyDamaged } from './body-damaged'
import { checksumOf } from './update-log'

const pageRows = 500

/**
 * Every update of a document, in the order of the log, as of one moment: for playback and authorship. What was
 * dropped by its age is not in it. Holds a connection until it is read to its end, or left.
 *
 * @throws BodyDamaged when what is stored is not what was written.
 */
export async function* readHistory(pool: Pool, documentId: DocumentId): AsyncGenerator<HistoryEntry> {
  const tx = await pool.connect()
  let broken: Error | undefined
  try {
    await tx.query('begin isolation level repeatable read read only')
    yield* inOrder(archived(tx, documentId), logged(tx, documentId))
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    await tx.query('rollback').catch((error: Error) => {
      broken = error
    })
    tx.release(broken instanceof BodyDamaged ? undefined : broken)
  }
}

/** Blocks overlap: an entry may go out when no block that is still to come begins before it. */
async function* archived(tx: Queryable, documentId: DocumentId): AsyncGenerator<HistoryEntry> {
  const { rows: blocks } = await tx.query<{ id: string; first_seq: string }>(
    `select id, first_seq from document_archive where document_id = $1 and data is not null
      order by first_seq, id`,
    [documentId],
  )
  let waiting: HistoryEntry[] = []
  for (const [index, { id }] of blocks.entries()) {
    waiting.push(...(await readBlock(tx, documentId, id)))
    waiting.sort((a, b) => a.seq - b.seq)
    const next = Number(blocks[index + 1]?.first_seq ?? Infinity)
    const ready = waiting.filter(({ seq }) => seq < next)
    waiting = waiting.slice(ready.length)
    yield* ready
  }
}

async function readBlock(tx: Queryable, documentId: DocumentId, id: string): Promise<HistoryEntry[]> {
  const { rows } = await tx.query<{ data: Buffer; checksum: Buffer }>(
    'select data, checksum from document_archive where id = $1',
    [id],
  )
  const [row] = rows
  if (!row || !checksumOf(row.data).equals(row.checksum)) throw new BodyDamaged(documentId, 'update')
  return unpackBlock(row.data)
}

async function* logged(tx: Queryable, documentId: DocumentId): AsyncGenerator<HistoryEntry> {
  for (let after = '-1'; ; ) {
    const { rows } = await tx.query<LogRow & { checksum: Buffer }>(
      `select seq, person_id, relayed_by, client_id, write_epoch, data, at, checksum
         from document_update where document_id = $1 and seq > $2 order by seq limit $3`,
      [documentId, after, pageRows],
    )
    for (const row of rows) {
      if (!checksumOf(row.data).equals(row.checksum)) throw new BodyDamaged(documentId, 'update')
      yield entryOf(row)
    }
    const last = rows.at(-1)
    if (!last || rows.length < pageRows) return
    after = last.seq
  }
}

/** Two that are in order, as one. */
async function* inOrder(
  one: AsyncGenerator<HistoryEntry>,
  other: AsyncGenerator<HistoryEntry>,
): AsyncGenerator<HistoryEntry> {
  let [a, b] = [await one.next(), await other.next()]
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.seq < b.value.seq)) {
      yield a.value
      a = await one.next()
    } else if (!b.done) {
      yield b.value
      b = await other.next()
    }
  }
}
