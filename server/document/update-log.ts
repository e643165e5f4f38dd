import { hash } from 'node:crypto'
import type { QueryConfig } from 'pg'
import * as Y from 'yjs'
import { schemaVersion } from '../../lib/content/schema'
import type { DocumentId, PersonId } from '../../lib/id'
import { exactDoc } from '../../lib/sync/exact-doc'
import { byteaArray, int8Array, uuidArray } from '../db/binary-array'
import type { Queryable } from '../db/open'
import { unpackBlock } from './archive-block'
import { BodyDamaged } from './body-damaged'

/**
 * The log of updates: append-only, and the truth of every body. Bytes are Yjs 13 updates in format 1.
 *
 * A body is its newest intact snapshot and every update that this snapshot does not contain. Sequence numbers
 * order nothing: commits overtake one another, so that a larger number is no superset. What a snapshot
 * contains is what was marked with it (`folded_into`).
 */
export interface LoggedUpdate {
  readonly documentId: DocumentId
  /** Whose text. Null: the server's. */
  readonly personId: PersonId | null
  /** Who brought it back, where that is somebody else. */
  readonly relayedBy: PersonId | null
  /** Yjs client id; 0 when it only deletes. */
  readonly clientId: number
  /** The fence under which it was accepted. */
  readonly writeEpoch: bigint
  readonly data: Uint8Array
}

/** SHA-256 (32 bytes), stored beside every blob and checked whenever it is read. */
export const checksumOf = (data: Uint8Array): Buffer => hash('sha256', data, 'buffer')

/** The server's own Yjs client id: seeds are written under it. */
export const serverClientId = 1

/**
 * Stores the first update of a new document, once: when the body has anything already, nothing happens. It is
 * never rebuilt from JSON later, and no browser seeds: two seeds would double the text for everybody.
 *
 * @param by `personId` null and `serverClientId` for a template; the importer and a fresh id for an import.
 * @throws Error when there is no such document.
 */
export async function seedBody(
  tx: Queryable,
  documentId: DocumentId,
  update: Uint8Array,
  by: { personId: PersonId | null; clientId: number },
): Promise<void> {
  // Two seeds of one document wait for each other here: `not exists` alone does not see what is uncommitted.
  const { rowCount } = await tx.query('select 1 from document where id = $1 for update', [documentId])
  if (rowCount === 0) throw new Error('Only a document can be seeded.')
  await tx.query(
    `insert into document_client (document_id, client_id, person_id) values ($1, $2, $3)
     on conflict do nothing`,
    [documentId, by.clientId, by.personId],
  )
  await tx.query(
    `insert into document_update (document_id, person_id, client_id, write_epoch, data, checksum)
     select d.id, $2, $3, d.write_epoch, $4, $5 from document d
      where d.id = $1
        and not exists (select 1 from document_update where document_id = $1)
        and not exists (select 1 from document_snapshot where document_id = $1)`,
    [documentId, by.personId, by.clientId, Buffer.from(update), checksumOf(update)],
  )
}

/** One blob of a body, as it is stored. */
export interface StoredPart {
  readonly kind: 'snapshot' | 'update' | 'archive'
  /** Of the snapshot or the block of the archive, or the update's sequence number. */
  readonly id: string
  readonly data: Uint8Array
  readonly checksum: Uint8Array
}

/** A body in the parts that it is stored in, all of them intact. */
export interface StoredBody {
  readonly documentId: DocumentId
  /** To be applied in any order. */
  readonly parts: readonly Uint8Array[]
  /** The snapshot among the parts. Null: there is none yet. */
  readonly snapshotId: bigint | null
  /** Sequence numbers of the updates that no snapshot contains, or none that is intact. */
  readonly openSeqs: readonly string[]
  /** How long all of those are, and the snapshot; 0: there is none. */
  readonly openBytes: number
  readonly snapshotBytes: number
  /** True when a damaged snapshot was passed over; everything is here all the same. */
  readonly fellBack: boolean
}

/** Parts of a body as one update, or why they are none. */
export type Merged =
  | { readonly kind: 'whole'; readonly update: Uint8Array; readonly checksum: Uint8Array }
  | { readonly kind: 'damaged'; readonly what: 'snapshot' | 'update' | 'hole' }

/** @param has a state vector whose holder needs no more than what is missing there. Default: everything. */
export type Merge = (parts: readonly StoredPart[], has?: Uint8Array) => Promise<Merged>

/** A body as one update. */
export interface WholeBody extends Pick<StoredBody, 'snapshotId' | 'openSeqs' | 'fellBack'> {
  readonly update: Uint8Array
  readonly checksum: Uint8Array
}

/** pg reads a `bytea` as text of twice its length at once: long ones come in pieces, so that others get their turn. */
const pieceBytes = 512 * 1024

/**
 * Snapshot number `skip` from the newest and all updates that it does not contain, in one statement and so as
 * of one moment: a compaction that commits meanwhile is seen whole or not at all. Beyond the last snapshot
 * everything ever written is read, the archive included.
 */
const partsOf = `
with base as (
  select id, data, checksum from document_snapshot where document_id = $1 order by id desc offset $2 limit 1
), part as (
  select 'snapshot' as kind, id, data, checksum from base
  union all
  select 'update', seq, data, checksum from document_update
   where document_id = $1 and (folded_into is null or folded_into > coalesce((select id from base), 0))
  union all
  select 'update', seq, data, checksum from document_update_archive
   where document_id = $1 and not exists (select 1 from base)
  union all
  select 'archive', id, data, checksum from document_archive
   where document_id = $1 and not exists (select 1 from base)
)
select kind, id::text, checksum, substring(data from at for $3) as data
  from part, generate_series(1, greatest(octet_length(data), 1), $3) as at
 order by kind, part.id, at`

const nothing = new Uint8Array()

async function readParts(db: Queryable, documentId: DocumentId, skip: number): Promise<StoredPart[]> {
  const { rows } = await db.query<Omit<StoredPart, 'data'> & { data: Buffer | null }>(partsOf, [
    documentId,
    skip,
    pieceBytes,
  ])
  const parts: StoredPart[] = []
  for (let from = 0; from < rows.length; ) {
    const first = rows[from] as (typeof rows)[number]
    // Dropped by its age, and now it would be needed.
    if (first.data === null) throw new BodyDamaged(documentId, 'missing')
    let to = from + 1
    while (rows[to]?.id === first.id && rows[to]?.kind === first.kind) to += 1
    const data =
      to - from === 1 ? first.data : Buffer.concat(rows.slice(from, to).map((row) => row.data ?? nothing))
    parts.push({ ...first, data })
    from = to
  }
  if (parts.length === 0) throw new BodyDamaged(documentId, 'missing')
  return parts
}

const damageOf = (parts: readonly StoredPart[]): 'snapshot' | 'update' | null => {
  const damaged = parts.filter(({ data, checksum }) => Buffer.compare(checksumOf(data), checksum) !== 0)
  if (damaged.some((part) => !isSnapshot(part))) return 'update'
  return damaged.length > 0 ? 'snapshot' : null
}

const isSnapshot = ({ kind }: StoredPart) => kind === 'snapshot'
const snapshotIdOf = (parts: readonly StoredPart[]): bigint | null => {
  const snapshot = parts.find(isSnapshot)
  return snapshot ? BigInt(snapshot.id) : null
}
const openSeqsOf = (parts: readonly StoredPart[]): string[] =>
  parts.filter(({ kind }) => kind === 'update').map(({ id }) => id)
/** What is to be applied. @param parts that are intact. */
const updatesOf = (parts: readonly StoredPart[]): Uint8Array[] =>
  parts.flatMap(({ kind, data }) =>
    kind === 'archive' ? unpackBlock(data).map((entry) => entry.data) : [data],
  )
const bytesOf = (parts: readonly StoredPart[]): number =>
  parts.reduce((bytes, { data }) => bytes + data.length, 0)

/**
 * Reads a body and checks every part of it. A damaged snapshot is passed over for the one before it, whose
 * updates are kept for that, and in the end for the whole history.
 *
 * @throws BodyDamaged when the body cannot be had whole.
 */
export async function readBody(db: Queryable, documentId: DocumentId): Promise<StoredBody> {
  for (let skip = 0; ; skip++) {
    const parts = await readParts(db, documentId, skip)
    const damage = damageOf(parts)
    if (damage === 'update') throw new BodyDamaged(documentId, 'update')
    if (damage === 'snapshot') continue
    return {
      documentId,
      parts: updatesOf(parts),
      snapshotId: snapshotIdOf(parts),
      openSeqs: openSeqsOf(parts),
      openBytes: bytesOf(parts.filter((part) => !isSnapshot(part))),
      snapshotBytes: bytesOf(parts.filter(isSnapshot)),
      fellBack: skip > 0,
    }
  }
}

/**
 * The Y.Doc of a stored body.
 * @throws BodyDamaged when its parts rest on something that is not among them.
 */
export function docOf(body: Pick<StoredBody, 'documentId' | 'parts'>): Y.Doc {
  const doc = merge(body.parts)
  if (doc === null) throw new BodyDamaged(body.documentId, 'hole')
  return doc
}

/** Null when they rest on something that is not among them. */
function merge(parts: readonly Uint8Array[]): Y.Doc | null {
  const doc = exactDoc()
  // One transaction for all parts: an update may rest on one that was stored after it.
  doc.transact(() => {
    for (const part of parts) Y.applyUpdate(doc, part)
  })
  return doc.store.pendingStructs === null && doc.store.pendingDs === null ? doc : null
}

/** Checks parts and makes them one. Takes 90 ms a megabyte, in which nothing else is done. */
export function mergeParts(parts: readonly StoredPart[], has?: Uint8Array): Merged {
  const damage = damageOf(parts)
  if (damage !== null) return { kind: 'damaged', what: damage }
  const doc = merge(updatesOf(parts))
  if (doc === null) return { kind: 'damaged', what: 'hole' }
  const update = Y.encodeStateAsUpdate(doc, has)
  doc.destroy()
  return { kind: 'whole', update, checksum: checksumOf(update) }
}

/** In this very thread. */
export const mergeHere: Merge = async (parts, has) => mergeParts(parts, has)

/**
 * A body as one update, as `readBody` finds it.
 *
 * @param how.merge default: in this thread.
 * @throws BodyDamaged when it cannot be had whole, and whatever `merge` throws.
 */
export async function readWhole(
  db: Queryable,
  documentId: DocumentId,
  how: { merge?: Merge; has?: Uint8Array } = {},
): Promise<WholeBody> {
  const { merge = mergeHere, has } = how
  for (let skip = 0; ; skip++) {
    const parts = await readParts(db, documentId, skip)
    const [snapshotId, openSeqs] = [snapshotIdOf(parts), openSeqsOf(parts)]
    const merged = await merge(parts, has)
    if (merged.kind === 'whole') {
      const { update, checksum } = merged
      return { update, checksum, snapshotId, openSeqs, fellBack: skip > 0 }
    }
    if (merged.what !== 'snapshot') throw new BodyDamaged(documentId, merged.what)
  }
}

/**
 * The whole body as one update, made in this thread.
 * @throws BodyDamaged when it cannot be had whole.
 */
export const loadBody = (db: Queryable, documentId: DocumentId): Promise<WholeBody> =>
  readWhole(db, documentId)

/**
 * Commits updates of many documents in one statement, unless the fence of a document has risen beyond the
 * lowest epoch that its updates carry: of a document all of them are stored, in the order given, or none.
 *
 * `for share` holds a change of status or access back until this commit, and waits for one that is under way:
 * once such a change is committed, nothing accepted before it can still slip into the log.
 *
 * The first text under a newer content schema says so at the document, and raises its fence: an older server, beside
 * this one or after a step back, takes nothing more there.
 *
 * @param options.schemaVersion of the server that took them. Default: this release's.
 * @param options.again the outcome of an earlier attempt is unknown (the connection was cut, perhaps after
 *   its COMMIT): updates whose very bytes the document has already are left out. Should the earlier commit
 *   arrive later still, they stand there twice, and applying one twice changes nothing.
 * @returns the documents whose updates passed.
 */
export async function insertUpdates(
  db: Queryable,
  updates: readonly LoggedUpdate[],
  options: { again: boolean; timeoutMs: number; schemaVersion?: number },
): Promise<ReadonlySet<DocumentId>> {
  const checksums = updates.map((update) => checksumOf(update.data))
  // pg knows `query_timeout` for a single query; its types do not.
  const query: QueryConfig & { query_timeout: number } = {
    // By name: a connection parses it once.
    name: options.again ? 'insert missing updates' : 'insert updates',
    text: options.again ? insertMissing : insertAll,
    values: [
      uuidArray(updates.map((update) => update.documentId)),
      uuidArray(updates.map((update) => update.personId)),
      uuidArray(updates.map((update) => update.relayedBy)),
      int8Array(updates.map((update) => update.clientId)),
      int8Array(updates.map((update) => update.writeEpoch)),
      byteaArray(updates.map((update) => update.data)),
      byteaArray(checksums),
      options.schemaVersion ?? schemaVersion,
    ],
    query_timeout: options.timeoutMs,
  }
  const { rows } = await db.query<{ id: DocumentId }>(query)
  return new Set(rows.map((row) => row.id))
}

const insertWhere = (condition: string) => `
with given as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[], $6::bytea[], $7::bytea[])
    with ordinality as g (document_id, person_id, relayed_by, client_id, write_epoch, data, checksum, n)
), fence as (
  select id, write_epoch from document where id = any ($1::uuid[]) order by id for share
), passed as (
  select f.id from fence f join given g on g.document_id = f.id
   group by f.id, f.write_epoch having f.write_epoch <= min(g.write_epoch)
), stored as (
  insert into document_update (document_id, person_id, relayed_by, client_id, write_epoch, data, checksum)
  select g.document_id, g.person_id, g.relayed_by, g.client_id, g.write_epoch, g.data, g.checksum
    from given g join passed p on p.id = g.document_id ${condition} order by g.n
), newer as (
  update document d set schema_version = $8, write_epoch = d.write_epoch + 1
    from passed p where d.id = p.id and d.schema_version < $8
)
select id from passed`

const insertAll = insertWhere('')
const insertMissing = insertWhere(`where not exists (
  select 1 from document_update u where u.document_id = g.document_id and u.checksum = g.checksum)`)

/** Keeps bytes that could not be stored where they belong, for the operator. */
export async function quarantine(
  db: Queryable,
  updates: readonly LoggedUpdate[],
  reason: string,
): Promise<void> {
  await db.query(
    `insert into quarantine (document_id, person_id, data, reason)
     select g.document_id, g.person_id, g.data, $4
       from unnest($1::uuid[], $2::uuid[], $3::bytea[]) with ordinality as g (document_id, person_id, data, n)
      order by g.n`,
    [
      updates.map((update) => update.documentId),
      updates.map((update) => update.personId),
      updates.map((update) => bufferOf(update.data)),
      reason,
    ],
  )
}

/** pg writes Buffers, not Uint8Arrays, as bytea. No copy: the bytes are shared. */
export const bufferOf = (data: Uint8Array): Buffer =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength)
