import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database'
import { type ServerProcess, startServer } from '../support/server'
import { agree, type Place, pageOf, until } from './agreement'
import { saved, typing } from './nodes'
import { Office } from './office'
import type { Writer } from './writer'

/** Folded often while people write and not when they leave, so that all kinds of rows are there. */
const limits = {
  compactUpdates: 20,
  compactEveryMs: 1,
  compactOnUnloadUpdates: 1_000_000,
  unloadMs: 50,
  failedLoadMs: 50,
}

let database: TestDatabase
let server: ServerProcess
let office: Office
beforeAll(async () => {
  database = await testDatabase()
  server = await startServer({
    env: { DATABASE_URL: database.url, LIMITS: JSON.stringify(limits), LOG_LEVEL: 'info' },
  })
  office = await Office.open(database.pool, server.origin)
}, 240_000)
afterAll(async () => {
  await server?.remove()
  await database?.close()
})

/** Which row of a document: each answers its table and the column and value that name it. */
const rows = {
  'the newest snapshot': `document_snapshot where id = (
     select id from document_snapshot where document_id = $1 order by id desc limit 1)`,
  'the snapshot before it': `document_snapshot where id = (
     select id from document_snapshot where document_id = $1 order by id desc offset 1 limit 1)`,
  'an update that no snapshot holds': `document_update where seq = (
     select max(seq) from document_update where document_id = $1 and folded_into is null)`,
  'an update that the newest snapshot holds': `document_update where seq = (
     select max(seq) from document_update where document_id = $1 and folded_into is not null)`,
  'a block of the archive': `document_archive where id = (
     select max(id) from document_archive where document_id = $1)`,
}
type Row = keyof typeof rows

/** Flips one bit in the middle of the stored bytes; once more, and they are as they were. */
async function flip(place: Place, row: Row): Promise<void> {
  const [table, where] = rows[row].split(/ (where .*)/s)
  const { rowCount } = await database.pool.query(
    `update ${table} set data = set_bit(data, 4 * octet_length(data), 1 - get_bit(data, 4 * octet_length(data))) ${where}`,
    [place.documentId],
  )
  expect(rowCount, row).toBe(1)
}

/** A document of which all kinds of rows are there, and nobody. */
async function written(): Promise<{ place: Place; writers: Writer[] }> {
  const place = await office.document()
  const writers = await office.writers(place)
  const stop = typing(writers, 5)
  await saved(writers, 40)
  const counts = async () => {
    const { rows } = await database.pool.query<{
      snapshots: number
      open: number
      folded: number
      old: number
    }>(
      `select (select count(*)::int from document_snapshot where document_id = $1) as snapshots,
         (select count(*)::int from document_update where document_id = $1 and folded_into is null) as open,
         (select count(*)::int from document_update where document_id = $1 and folded_into is not null) as folded,
         (select count(*)::int from document_archive where document_id = $1) as old`,
      [place.documentId],
    )
    return rows[0] ?? { snapshots: 0, open: 0, folded: 0, old: 0 }
  }
  await until(async () => (await counts()).snapshots === 2 && (await counts()).old > 0)
  stop()
  await Promise.all(writers.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
  // A few words that nothing folds any more: fewer than are folded, and none that a fold is at.
  const isKept = ({ open }: { open: number }) => open > 0 && open < limits.compactUpdates
  while (!isKept(await counts())) {
    for (const writer of writers) writer.type()
    await Promise.all(writers.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
  }
  await agree(place, writers)
  for (const writer of writers) writer.disconnect()
  await until(async () => (await metric('rooms')) === 0)
  return { place, writers }
}

const metric = async (name: string) => {
  const text = await (await fetch(`${server.origin}/metrics`)).text()
  return Number(new RegExp(`^rationale_sync_${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

const content = async ({ documentId, token }: Place) => {
  const response = await fetch(`${server.origin}/api/v1/documents/${documentId}/content?format=markdown`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return { status: response.status, body: await response.text() }
}

test.each<[string, Row[]]>([
  ['the newest snapshot', ['the newest snapshot']],
  ['both snapshots', ['the newest snapshot', 'the snapshot before it']],
])(
  'a flipped bit in %s is noticed, told, and what else is stored makes up for it',
  async (_, damaged) => {
    const { place, writers } = await written()
    const whole = await content(place)
    const fellBack = await metric('bodies_fell_back')
    for (const row of damaged) await flip(place, row)
    const newcomer = await office.writer('ada', place, 'reader')
    const [ada] = writers as [Writer]
    expect(pageOf(newcomer).replace('<paragraph id="writer-reader"></paragraph>', '')).toBe(pageOf(ada))
    expect(await metric('bodies_fell_back')).toBeGreaterThan(fellBack)
    expect(server.stderr()).toContain('A snapshot is damaged; the one before it and the log were used.')
    // People write on as if nothing were.
    const everybody = [...writers, newcomer]
    for (const writer of writers) writer.connect()
    for (const writer of everybody) writer.type()
    await Promise.all(everybody.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
    expect((await content(place)).status).toBe(whole.status)
    for (const writer of everybody) writer.leave()
  },
  60_000,
)

test.each<[string, Row[]]>([
  ['an update that no snapshot holds', ['an update that no snapshot holds']],
  ['a snapshot and an update of it', ['the newest snapshot', 'an update that the newest snapshot holds']],
  [
    'all snapshots and the archive',
    ['the newest snapshot', 'the snapshot before it', 'a block of the archive'],
  ],
])(
  '6: a flipped bit in %s: nobody sees an empty or a shorter page; mended, it is there again',
  async (_, damaged) => {
    const { place, writers } = await written()
    const whole = await content(place)
    const failures = await metric('load_failures')
    for (const row of damaged) await flip(place, row)
    // Its head is another one now: the file is made anew, and not taken from what was made before.
    await database.pool.query('update document set title = title || $2 where id = $1', [
      place.documentId,
      '.',
    ])
    const { status, body } = await content(place)
    expect([status, JSON.parse(body).error]).toEqual([
      503,
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining('is damaged') }),
    ])
    const before = writers.map(({ closeCodes }) => closeCodes.length)
    for (const writer of writers) writer.connect()
    await until(() => writers.every(({ closeCodes }, i) => closeCodes.length > (before[i] ?? 0) + 1))
    for (const [i, { closeCodes }] of writers.entries())
      expect(new Set(closeCodes.slice(before[i]))).toEqual(new Set([1013]))
    expect(await metric('load_failures')).toBeGreaterThan(failures)
    expect(server.stderr()).toContain('A document could not be loaded.')
    for (const row of damaged) await flip(place, row)
    for (const writer of writers) writer.type()
    await agree(place, writers)
    expect((await content(place)).body.length).toBeGreaterThan(whole.body.length)
    for (const writer of writers) writer.leave()
  },
  60_000,
)
