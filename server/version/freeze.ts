import { randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import type { DocumentId, PersonId } from '../../lib/id'
import { type VersionReason, weightOf } from '../../lib/version'
import type { Queryable } from '../db/open'
import { savedDoc } from '../document/append'
import { bufferOf, checksumOf } from '../document/update-log'
import { emit } from '../live/outbox'
import { bodyOf, peopleByClient } from './body'
import { pack } from './frozen'
import { insertVersion, type Newest, readLogSince, readNewest, writeVersion } from './store'

export interface FrozenVersion {
  readonly id: string
  /** Counts within the document, from 1. */
  readonly number: number
  /** SHA-256 of its canonical content, 64 hexadecimal digits. */
  readonly hash: string
  /** False: the newest version said the same already, and is given again. */
  readonly isNew: boolean
}

interface Wanted {
  readonly documentId: DocumentId
  readonly reason: VersionReason
  /** Who causes it; null: the server. */
  readonly by: PersonId | null
  /** Default: it gets none, and one that it has stays. */
  readonly name?: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The text is the one in front of this update of the log, and no more what is saved. Default: it is. */
  readonly beforeSeq?: string
}

/**
 * Freezes the text as it is saved, as a new version; where the newest one says the same, that one is given again.
 *
 * @param tx a transaction. What it holds of the document it may hold; nothing of it is locked against typing.
 */
export async function freezeVersion(tx: Queryable, wanted: Wanted): Promise<FrozenVersion> {
  await holdVersions(tx, wanted.documentId)
  return freezeDoc(tx, await savedDoc(tx, wanted.documentId), wanted)
}

/** The same of a body that is at hand. @param tx holds the document's versions. */
export async function freezeDoc(tx: Queryable, ydoc: Y.Doc, wanted: Wanted): Promise<FrozenVersion> {
  const { documentId, reason, name } = wanted
  const newest = await readNewest(tx, documentId)
  const body = await bodyOf(tx, documentId, ydoc)
  if (newest?.hash === body.hash) {
    const isWeightier = weightOf(reason) > weightOf(newest.reason)
    await writeVersion(tx, newest.id, {
      ...(wanted.beforeSeq === undefined ? { sameUntil: new Date(wanted.now) } : {}),
      ...(isWeightier ? { reason } : {}),
      ...(name === undefined ? {} : { name }),
    })
    if (isWeightier || name !== undefined) await emit(tx, { type: 'version.changed', documentId })
    return { ...newest, isNew: false }
  }
  const id = randomUUID()
  const number = (newest?.number ?? 0) + 1
  const data = await pack(body)
  const { lastSeq, contributors } = await sinceNewest(tx, wanted, ydoc, newest)
  await insertVersion(tx, {
    id,
    documentId,
    number,
    reason,
    name: name ?? null,
    hash: body.hash,
    data,
    checksum: checksumOf(data),
    stateVector: bufferOf(Y.encodeStateVector(ydoc)),
    lastSeq,
    contributors,
    by: wanted.by,
    at: new Date(wanted.now),
    // What has gone on since is to be looked at when its own burst ends.
    sameUntil: new Date(wanted.beforeSeq === undefined ? wanted.now : 0),
  })
  await emit(tx, { type: 'version.changed', documentId })
  return { id, number, hash: body.hash, isNew: true }
}

/**
 * Versions of one document are frozen one after the other. The row first: a request that holds it for itself may
 * freeze, and would wait here for one that waits for the row.
 */
export async function holdVersions(tx: Queryable, documentId: DocumentId): Promise<void> {
  await tx.query('select 1 from document where id = $1 for key share', [documentId])
  await tx.query("select pg_advisory_xact_lock(hashtextextended('document_version ' || $1, 0))", [documentId])
}

/** Writers from what is new in the body; who only deleted, from the log as far as it was not folded away. */
async function sinceNewest(
  tx: Queryable,
  { documentId, beforeSeq }: Wanted,
  ydoc: Y.Doc,
  newest: Newest | null,
): Promise<{ lastSeq: string; contributors: PersonId[] }> {
  const had = newest ? Y.decodeStateVector(newest.stateVector) : new Map<number, number>()
  const people = await peopleByClient(tx, documentId)
  const { lastSeq, people: stored } = await readLogSince(tx, documentId, {
    since: newest?.lastSeq ?? '0',
    before: beforeSeq ?? null,
  })
  const contributors = new Set(stored)
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(ydoc))) {
    const person = people.get(client) ?? null
    if (person !== null && clock > (had.get(client) ?? 0)) contributors.add(person)
  }
  return { lastSeq, contributors: [...contributors] }
}
