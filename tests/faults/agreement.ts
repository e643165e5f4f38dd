import { hash } from 'node:crypto'
import type { Pool } from 'pg'
import { expect, vi } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { unpackBlock } from '../../server/document/archive-block'
import { call } from './call'
import { tokensOf, type Writer } from './writer'

/** Where a document that was written is looked at. */
export interface Place {
  readonly documentId: string
  /** Of every server that runs. */
  readonly origins: readonly string[]
  /** Of somebody who may read it. */
  readonly token: string
  /** To the database itself, past the server. */
  readonly pool: Pool
}

/** Patient: what is waited for comes, however busy the machine is. */
export const until = (holds: () => boolean | Promise<boolean>) =>
  vi.waitUntil(holds, { timeout: 60_000, interval: 20 })

/**
 * The one invariant of every fault: once everything is acknowledged, a fresh client of every server, its export,
 * the pages of those who wrote and a replay of the log hold every word exactly once, each writer's in order, and
 * no word that nobody typed; and what a fresh client shows is what the log replays to, to the letter.
 *
 * @param about said when it does not hold: the seed, the round.
 */
export async function agree(place: Place, writers: readonly Writer[], about = ''): Promise<void> {
  await Promise.all(writers.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
  await until(() => writers.every((writer) => isWhole(pageOf(writer), writers)))
  const replayed = await replay(place)
  for (const origin of place.origins) {
    // Another node may hear of the last words a moment after they were committed; a lone one knows them all.
    if (place.origins.length > 1) await until(async () => isWhole(await freshClient(place, origin), writers))
    expect(await freshClient(place, origin), `${about} a fresh client at ${origin} and the log`).toBe(
      replayed,
    )
  }
  for (const [view, text] of [
    ['the log', replayed],
    ...(await exports(place)),
    ...writers.map((writer) => [`${writer.name}'s page`, pageOf(writer)] as const),
  ] as const) {
    for (const { name, typed } of writers) {
      expect(tokensOf(name, text), `${about} ${name}'s words in ${view}`).toEqual(firstNumbers(typed))
    }
    expect(strangers(text, writers), `${about} words that nobody typed in ${view}`).toEqual([])
  }
}

/**
 * The same while not everything is acknowledged: what is stored is the beginning of what each writer typed, and
 * at least all that was acknowledged. Asked with the writers away: they would bring back what was lost.
 */
export async function nothingIsLost(place: Place, writers: readonly Writer[], about = ''): Promise<void> {
  for (const [view, text] of [['the log', await replay(place)], ...(await exports(place))] as const) {
    for (const { name, acknowledged, typed } of writers) {
      const where = `${about} ${name}'s words in ${view}`
      const stored = tokensOf(name, text)
      expect(stored, where).toEqual(firstNumbers(stored.length))
      expect(stored.length, where).toBeGreaterThanOrEqual(acknowledged)
      expect(stored.length, where).toBeLessThanOrEqual(typed)
    }
    expect(strangers(text, writers), `${about} words that nobody typed in ${view}`).toEqual([])
  }
}

const firstNumbers = (count: number) => Array.from({ length: count }, (_, n) => n)

export const pageOf = ({ doc }: Writer): string => doc.getXmlFragment('content').toString()

const isWhole = (text: string, writers: readonly Writer[]) =>
  writers.every(({ name, typed }) => tokensOf(name, text).length === typed)

/** What looks like a word of a writer and is none. */
function strangers(text: string, writers: readonly Writer[]): string[] {
  const words = text.replace(/<[^>]*>/g, ' ').match(/\b[a-z]+-\d+\b/g) ?? []
  const typed = new Map(writers.map((writer) => [writer.name, writer.typed]))
  return words.filter((word) => {
    const [name = '', number] = word.split('-')
    return Number(number) >= (typed.get(name) ?? 0)
  })
}

/** What somebody reads who opens the document for the first time. */
async function freshClient({ documentId, token }: Place, origin: string): Promise<string> {
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers: { authorization: `Bearer ${token}` } })
    }
  }
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(`${origin.replace(/^http/, 'ws')}/collab`, documentId, doc, {
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  try {
    await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
    return doc.getXmlFragment('content').toString()
  } finally {
    provider.destroy()
  }
}

const exports = ({ documentId, origins, token }: Place): Promise<[string, string][]> =>
  Promise.all(
    origins.map(async (origin): Promise<[string, string]> => {
      const path = `/documents/${documentId}/content?format=markdown`
      return [`the export of ${origin}`, await call<string>(origin, token, 'GET', path)]
    }),
  )

interface Row {
  kind: 'snapshot' | 'open' | 'archived'
  id: string
  /** Of an update: the snapshot that first contained it. */
  folded: string | null
  data: Buffer
  checksum: Buffer
}

/**
 * Everything that was ever committed, applied anew: no snapshot, and no code of the server's but what unpacks the
 * archive. On the way it is looked whether each snapshot, with the updates that it lacks, comes to the same: a
 * kill leaves it whole.
 */
async function replay({ documentId, pool }: Place): Promise<string> {
  // One statement, and so one moment.
  const { rows } = await pool.query<Row>(
    `select 'snapshot' as kind, id::text, null as folded, data, checksum from document_snapshot where document_id = $1
     union all select 'open', seq::text, folded_into::text, data, checksum from document_update where document_id = $1
     union all select 'archived', id::text, null, data, checksum from document_archive where document_id = $1`,
    [documentId],
  )
  const snapshots = rows.filter(({ kind }) => kind === 'snapshot')
  const open = rows.filter(({ kind }) => kind === 'open')
  const archived = rows.flatMap(({ kind, id, data, checksum }) => {
    if (kind !== 'archived') return []
    expect(hash('sha256', data, 'buffer').equals(checksum), `${kind} ${id} is whole`).toBe(true)
    return unpackBlock(data).map((entry): Row => {
      const bytes = Buffer.from(entry.data)
      const own = hash('sha256', bytes, 'buffer')
      return { kind, id: String(entry.seq), folded: null, data: bytes, checksum: own }
    })
  })
  const updates = [...open, ...archived]
  const whole = apply(updates)
  expect(new Set(updates.map(({ id }) => id)).size, 'an update is in the log or in the archive').toBe(
    updates.length,
  )
  for (const snapshot of snapshots) {
    const lacks = ({ folded }: Row) => folded === null || BigInt(folded) > BigInt(snapshot.id)
    expect(apply([snapshot, ...open.filter(lacks)]), `snapshot ${snapshot.id} with what it lacks`).toBe(whole)
  }
  return whole
}

function apply(rows: readonly Row[]): string {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (const { kind, id, data, checksum } of rows) {
      expect(hash('sha256', data, 'buffer').equals(checksum), `${kind} ${id} is whole`).toBe(true)
      Y.applyUpdate(doc, data)
    }
  })
  expect([doc.store.pendingStructs, doc.store.pendingDs], 'there is no hole').toEqual([null, null])
  return doc.getXmlFragment('content').toString()
}
