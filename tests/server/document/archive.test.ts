import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId, PersonId } from '../../../lib/id'
import { migrate } from '../../../server/db/migrate'
import { transaction } from '../../../server/db/open'
import { dropOldHistory, readArchiveSize } from '../../../server/document/archive'
import { type HistoryEntry, packBlock, unpackBlock } from '../../../server/document/archive-block'
import { ArchiveKeeper } from '../../../server/document/archive-keeper'
import { compactBody } from '../../../server/document/compact'
import { readHistory } from '../../../server/document/history'
import { insertUpdates, loadBody } from '../../../server/document/update-log'
import { ManualClock } from '../../support/clock'
import { type TestDatabase, testDatabase } from '../../support/database'
import { addParagraph, bodyOf, change, copyOf, runOf, textsOf } from '../../support/raw-body'
import { tempFolder } from '../../support/temp-folder'
import { makeDocument, makePerson } from '../../sync/documents'

let database: TestDatabase
let ada: PersonId
let grace: PersonId
beforeAll(async () => {
  database = await testDatabase()
  ada = await makePerson(database.pool, 'ada')
  grace = await makePerson(database.pool, 'grace')
})
afterAll(() => database.close())

/** A document whose every letter is one update, ada's and grace's in turn. */
async function typing() {
  const id = await makeDocument(database.pool, ada)
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await loadBody(database.pool, id)).update)
  const copy = copyOf(doc, 7)
  let letters = 0
  const type = (text: string) =>
    insertUpdates(
      database.pool,
      [...text].map((letter) => ({
        documentId: id,
        personId: letters++ % 2 === 0 ? ada : grace,
        relayedBy: letter === 'x' ? grace : null,
        clientId: 7,
        writeEpoch: 1n << 20n,
        data: change(copy, () => runOf(copy, 0).insert(runOf(copy, 0).length, letter)),
      })),
      { again: false, timeoutMs: 5_000 },
    )
  const fold = () => compactBody(database.pool, id, { minUpdates: 1 })
  return { id, type, fold }
}
const history = async (id: DocumentId) => {
  const entries: HistoryEntry[] = []
  for await (const entry of readHistory(database.pool, id)) entries.push(entry)
  return entries
}
const textOf = (entries: readonly HistoryEntry[]) => {
  const doc = new Y.Doc()
  for (const { data } of entries) Y.applyUpdate(doc, data)
  return textsOf(doc).join()
}
const archived = async (id: DocumentId) => {
  const { rows } = await database.pool.query<{ blocks: number; updates: number }>(
    `select count(*)::int as blocks, coalesce(sum(updates), 0)::int as updates from document_archive
      where document_id = $1 and data is not null`,
    [id],
  )
  return rows[0]
}
const spoil = (id: DocumentId, which: 'max' | 'min') =>
  database.pool.query(
    `update document_snapshot set data = set_byte(data, 3, get_byte(data, 3) # 1)
      where id = (select ${which}(id) from document_snapshot where document_id = $1)`,
    [id],
  )

const person = fc.option(
  fc.uuid().map((id) => id as PersonId),
  { nil: null },
)
const number = (max: number) => fc.integer({ min: 0, max })
const entry = fc.record({
  seq: number(Number.MAX_SAFE_INTEGER),
  personId: person,
  relayedBy: person,
  clientId: number(2 ** 32 - 1),
  writeEpoch: number(Number.MAX_SAFE_INTEGER),
  at: fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
  data: fc.uint8Array({ maxLength: 200 }),
})

test('a block gives back what was packed, whatever it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 30 }), async (entries) => {
      expect(unpackBlock(await packBlock(entries))).toEqual(entries)
    }),
  )
})

test('what was folded stays readable in its order, with writer and time', async () => {
  const { id, type, fold } = await typing()
  const before = Date.now()
  for (const text of ['abx', 'def', 'ghi']) {
    await type(text)
    expect(await fold()).toMatchObject({ kind: 'folded' })
  }
  await type('jk')
  expect(await archived(id)).toEqual({ blocks: 2, updates: 7 })
  const entries = await history(id)
  expect(entries).toHaveLength(12)
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((a, b) => a - b))
  expect(entries.map((_, i) => textOf(entries.slice(0, i + 1))).at(-1)).toBe('abxdefghijk')
  expect(textOf(entries.slice(0, 6))).toBe('abxde')
  // The seed is the server's.
  expect(entries.slice(0, 5).map(({ personId }) => personId)).toEqual([null, ada, grace, ada, grace])
  expect(entries.filter(({ relayedBy }) => relayedBy === grace)).toHaveLength(1)
  expect(entries.slice(1).every((one) => one.clientId === 7 && one.writeEpoch === 2 ** 20)).toBe(true)
  expect(entries.every(({ at }) => at > before - 60_000 && at < Date.now() + 60_000)).toBe(true)
})

test('what was committed late stands in its place, though its block was made later', async () => {
  const { id, type, fold } = await typing()
  await type('ab')
  const { rows } = await database.pool.query<{ seq: string }>(
    `select nextval(pg_get_serial_sequence('document_update', 'seq')) as seq`,
  )
  await type('cd')
  await fold()
  await type('e')
  await fold()
  expect(await archived(id)).toEqual({ blocks: 1, updates: 5 })
  // Its number was given out between the letters that are archived by now.
  await database.pool.query(
    `insert into document_update (seq, document_id, client_id, write_epoch, data, checksum)
     overriding system value values ($1, $2, 0, 1, '\\x0000', sha256('\\x0000'))`,
    [rows[0]?.seq, id],
  )
  for (const letter of 'fgh') {
    await type(letter)
    await fold()
  }
  expect(await archived(id)).toEqual({ blocks: 4, updates: 9 })
  const entries = await history(id)
  const seqs = entries.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((x, y) => x - y))
  expect(seqs.indexOf(Number(rows[0]?.seq))).toBe(3)
  expect(textOf(entries)).toBe('abcdefgh')
})

test('much is moved in blocks of a megabyte, and only so much by one folding', async () => {
  const { id, type, fold } = await typing()
  const long = bodyOf(8, '')
  for (let i = 0; i < 12; i++) {
    const data = Buffer.from(change(long, () => addParagraph(long, String(i % 10).repeat(900_000))))
    await database.pool.query(
      `insert into document_update (document_id, client_id, write_epoch, data, checksum)
       values ($1, 8, 1, $2, sha256($2))`,
      [id, i === 0 ? Buffer.from(Y.encodeStateAsUpdate(long)) : data],
    )
  }
  await fold()
  await type('a')
  await fold()
  // The seed and nine that begin below 8 MB; two fill a block.
  expect(await archived(id)).toEqual({ blocks: 5, updates: 10 })
  const whole = (await history(id)).map(({ data }) => data.length)
  await type('b')
  await fold()
  expect(await archived(id)).toEqual({ blocks: 7, updates: 14 })
  expect((await history(id)).slice(0, 14).map(({ data }) => data.length)).toEqual(whole)
})

test('a flipped bit in a block is said', async () => {
  const { id, type, fold } = await typing()
  for (const text of ['abc', 'def']) {
    await type(text)
    await fold()
  }
  await database.pool.query(
    'update document_archive set data = set_byte(data, 8, get_byte(data, 8) # 1) where document_id = $1',
    [id],
  )
  await expect(history(id)).rejects.toMatchObject({ damage: 'update' })
  // The text does not need it.
  expect((await loadBody(database.pool, id)).fellBack).toBe(false)
})

describe('what is too old', () => {
  const drop = (now: number) => transaction(database.pool, (tx) => dropOldHistory(tx, { days: 30, now }))
  const dayMs = 24 * 3_600_000
  let now = Date.now() + 40 * dayMs

  test('is dropped once an hour in the installation, and its text stays', async () => {
    const { id, type, fold } = await typing()
    for (const text of ['abc', 'def', 'ghi']) {
      await type(text)
      await fold()
    }
    expect(await drop(Date.now() + 29 * dayMs)).toBe(0)
    expect(await drop(Date.now() + 29 * dayMs + 3_599_000)).toBeNull()
    const both = await Promise.all([drop(now), drop(now)])
    expect(both.filter((dropped) => dropped !== null)).toHaveLength(1)
    expect(await archived(id)).toEqual({ blocks: 0, updates: 0 })
    expect(textOf([{ data: (await loadBody(database.pool, id)).update } as HistoryEntry])).toBe('abcdefghi')
    // What is left of its history is not the whole, and is not taken for it.
    await spoil(id, 'max')
    await spoil(id, 'min')
    await expect(loadBody(database.pool, id)).rejects.toMatchObject({ damage: 'missing' })
  })

  test('stays as long as the text may have to be read from it', async () => {
    const { id, type, fold } = await typing()
    for (const text of ['abc', 'def', 'ghi']) {
      await type(text)
      await fold()
    }
    await spoil(id, 'min')
    now += dayMs
    expect(await drop(now)).toBe(0)
    await spoil(id, 'max')
    expect(textOf([{ data: (await loadBody(database.pool, id)).update } as HistoryEntry])).toBe('abcdefghi')
    // Made whole again: one intact snapshot is not two.
    await fold().catch(() => {})
    await type('j')
    await fold()
    now += dayMs
    expect(await drop(now)).toBe(0)
    await type('k')
    await fold()
    now += dayMs
    expect(await drop(now)).toBeGreaterThan(0)
    expect(textOf([{ data: (await loadBody(database.pool, id)).update } as HistoryEntry])).toBe('abcdefghijk')
  })

  test('is nothing where everything is kept; how large it is, is asked once a minute', async () => {
    const { type, fold } = await typing()
    for (const text of ['abc', 'def']) {
      await type(text)
      await fold()
    }
    const asked = vi.spyOn(database.pool, 'query')
    const clock = new ManualClock()
    const keeper = new ArchiveKeeper({
      pool: database.pool,
      log: pino({ level: 'silent' }),
      timers: clock,
      days: null,
    })
    expect(clock.waiting).toBe(0)
    expect(keeper.size()).toEqual({})
    const size = await readArchiveSize(database.pool)
    expect(size.updates).toBeGreaterThan(0)
    expect(size.rawBytes).toBeGreaterThan(size.updates)
    await vi.waitUntil(() => Object.keys(keeper.size()).length > 0)
    expect(keeper.size()).toEqual(size)
    expect(asked).toHaveBeenCalledTimes(2)
    await clock.advance(60_000)
    keeper.size()
    expect(asked).toHaveBeenCalledTimes(3)
    asked.mockRestore()
  })
})

test('what an earlier version archived row by row is found again, and moves on with the next folding', async () => {
  const shipped = join(import.meta.dirname, '../../../server/db/migrations')
  const folder = await tempFolder()
  const earlier = join(folder.path, 'earlier')
  mkdirSync(earlier)
  for (const name of readdirSync(shipped)) {
    if (name < '0007') cpSync(join(shipped, name), join(earlier, name))
  }
  const old = await testDatabase({ empty: true })
  const log = pino({ level: 'silent' })
  await migrate(old.pool, log, { folder: pathToFileURL(`${earlier}/`) })
  const id = randomUUID() as DocumentId
  const doc = new Y.Doc()
  const updates = ['a', 'b', 'c'].map((letter) =>
    change(doc, () => {
      doc.getText('content').insert(doc.getText('content').length, letter)
    }),
  )
  for (const [index, data] of updates.entries()) {
    await old.pool.query(
      `insert into document_update (document_id, person_id, client_id, write_epoch, data, checksum, folded_into)
       values ($1, $2, 7, 1, $3, sha256($3), $4)`,
      [id, randomUUID(), Buffer.from(data), index === 0 ? 1 : 2],
    )
  }
  await old.pool.query(
    `with folded as (delete from document_update where folded_into < 2 returning *)
       insert into document_update_archive select * from folded`,
  )
  const whole = Buffer.from(Y.encodeStateAsUpdate(doc))
  for (let i = 0; i < 2; i++) {
    await old.pool.query(
      `insert into document_snapshot (document_id, data, checksum) values ($1, $2, sha256($2))`,
      [id, whole],
    )
  }
  await migrate(old.pool, log)
  expect((await loadBody(old.pool, id)).openSeqs).toEqual([])
  const entries = async () => {
    const found: HistoryEntry[] = []
    for await (const one of readHistory(old.pool, id)) found.push(one)
    return found
  }
  expect((await entries()).map(({ data }) => Buffer.compare(data, updates[0] ?? data))).toHaveLength(3)
  // A letter more, which has the next number: the identity goes on where it was.
  const more = Buffer.from(change(doc, () => doc.getText('content').insert(3, 'd')))
  await old.pool.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum)
     values ($1, 7, 1, $2, sha256($2))`,
    [id, more],
  )
  // A node of that version goes on folding into the table that it knows, until it is updated as well.
  await old.pool.query(
    `with folded as (delete from document_update where folded_into < 3 returning *)
       insert into document_update_archive select * from folded`,
  )
  expect(await compactBody(old.pool, id, { minUpdates: 1 })).toMatchObject({ kind: 'folded' })
  const { rows } = await old.pool.query('select updates, first_seq::int, last_seq::int from document_archive')
  expect(rows).toEqual([{ updates: 3, first_seq: 1, last_seq: 3 }])
  expect((await entries()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  await old.close()
  await folder.remove()
})
