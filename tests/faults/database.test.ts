import pg, { type PoolClient } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type DatabaseProxy, databaseProxy } from '../support/database-proxy'
import { type OwnPostgres, ownPostgres } from '../support/own-postgres'
import { type ServerProcess, startServer } from '../support/server'
import { agree, type Place, pageOf, until } from './agreement'
import { saved, typing } from './nodes'
import { Office } from './office'
import { tokensOf, type Writer } from './writer'

/** A twentieth of what a server waits: 30 s without a database are 1.5 here, and 2 s a query 100 ms. */
const limits = {
  commitPausedAfterMs: 250,
  commitMaxBackOffMs: 250,
  judgeMs: 500,
  failedLoadMs: 50,
  ownerWaitMs: 100,
  unloadMs: 1_500,
}

let postgres: OwnPostgres
let proxy: DatabaseProxy
let server: ServerProcess
let pid: number
let office: Office
let place: Place
let writers: Writer[]
let ada: Writer
let grace: Writer
let stop: () => void

beforeAll(async () => {
  postgres = await ownPostgres({ settings: { max_connections: '40' } })
  proxy = await databaseProxy(postgres.socketPath)
  server = await startServer({
    env: { DATABASE_URL: postgres.urlOver(proxy.port), LIMITS: JSON.stringify(limits), LOG_LEVEL: 'info' },
  })
  pid = server.pid()
  office = await Office.open(postgres.pool, server.origin)
}, 240_000)
afterAll(async () => {
  await server?.remove()
  await proxy?.close()
  await postgres?.remove()
})
beforeEach(async () => {
  place = await office.document()
  writers = await office.writers(place)
  ;[ada, grace] = writers as [Writer, Writer]
  stop = typing(writers)
  await saved(writers, 5)
}, 60_000)
afterEach(async () => {
  stop()
  for (const writer of writers) writer.leave()
})

/** All of it is there once, and nobody had to start anything again. */
async function end(): Promise<void> {
  await saved(writers, 10)
  stop()
  await agree(place, writers)
  expect(server.pid()).toBe(pid)
  expect(server.isRunning()).toBe(true)
}

/** They read so many more of each other's words, saved or not. */
async function readEachOther(words: number): Promise<void> {
  const goals = { ada: ada.typed + words, grace: grace.typed + words }
  await until(
    () =>
      tokensOf('ada', pageOf(grace)).length >= goals.ada &&
      tokensOf('grace', pageOf(ada)).length >= goals.grace,
  )
}

const saysPaused = (paused: boolean) =>
  until(() => writers.every(({ savingPaused }) => savingPaused.at(-1) === paused))

test('stopped at once three times: it is waited for, and everything is saved once', async () => {
  for (let round = 0; round < 3; round++) {
    await postgres.crash()
    await saved(writers, 10)
  }
  await end()
}, 60_000)

test('28: away: people write on together and are told, nobody is let in to an empty page, and then it is saved', async () => {
  proxy.leave()
  await saysPaused(true)
  const acknowledged = writers.map((writer) => writer.acknowledged)
  await readEachOther(30)
  expect(writers.map((writer) => writer.acknowledged)).toEqual(acknowledged)
  const { status, body } = await content()
  expect([status, JSON.parse(body).error.code]).toEqual([503, 'unavailable'])
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(503)
  const late = office.writer('ada', place)
  proxy.comeBack()
  await saysPaused(false)
  // Whoever came meanwhile tried again until there was something to see.
  const newcomer = await late
  expect(tokensOf('grace', pageOf(newcomer)).length).toBeGreaterThanOrEqual(acknowledged[1] ?? 0)
  newcomer.leave()
  expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
  await end()
}, 60_000)

test('28: slow: they read each other at once, and everything is saved', async () => {
  proxy.delay(100)
  await readEachOther(30)
  await saved(writers, 30)
  proxy.delay(0)
  expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
  await end()
}, 60_000)

test('28: slower than it should be: saving is called paused while it goes on', async () => {
  proxy.delay(600)
  await saysPaused(true)
  await saved(writers, 10)
  proxy.delay(0)
  await saysPaused(false)
  expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
  await end()
}, 60_000)

test('cut after COMMIT and before its answer, and so is the next attempt: nothing is stored twice, nothing is lost', async () => {
  for (let round = 0; round < 5; round++) {
    // Both kinds of statement have these words in their name.
    proxy.cutBeforeAnswer(' updates', 2)
    await until(() => proxy.cutsLeft === 0)
    await saved(writers, 5)
  }
  await end()
  const { rows } = await place.pool.query<{ twice: number }>(
    `select count(*)::int - count(distinct checksum)::int as twice from document_update where document_id = $1`,
    [place.documentId],
  )
  expect(rows[0]?.twice).toBe(0)
}, 60_000)

test('every connection that it allows is somebody else’s: it is waited for', async () => {
  const config = {
    host: postgres.socketPath.replace(/\/[^/]+$/, ''),
    user: 'rationale',
    database: 'rationale',
  }
  const taken: pg.Client[] = []
  const take = async (): Promise<boolean> => {
    const client = new pg.Client(config)
    client.on('error', () => {})
    const isTaken = await client.connect().then(
      () => true,
      () => false,
    )
    if (isTaken) taken.push(client)
    return isTaken
  }
  while (await take());
  // The test's own pool has a name of its own too; it finds nothing free for the moment either. What the server
  // gets back before all are taken it is asked for again.
  const ended = async () =>
    (
      await taken[0]?.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'rationale%'`,
      )
    )?.rowCount ?? 0
  while ((await ended()) > 0) while (await take());
  await saysPaused(true)
  await readEachOther(20)
  for (const client of taken) await client.end()
  await saysPaused(false)
  await end()
}, 60_000)

/** Runs `sql` in a transaction that is held open until the answer is called. */
async function holding(sql: string, values: unknown[] = []): Promise<() => Promise<void>> {
  const client: PoolClient = await postgres.pool.connect()
  await client.query('begin')
  await client.query(sql, values)
  return async () => {
    await client.query('rollback')
    client.release()
  }
}

test('requests that hang hold every connection of the pool: text is saved all the while', async () => {
  const release = await holding('lock table thread in access exclusive mode')
  const path = `${server.origin}/api/v1/documents/${place.documentId}/threads`
  const headers = { authorization: `Bearer ${place.token}` }
  const hanging = Array.from({ length: 30 }, () => fetch(path, { headers }).then(({ status }) => status))
  await until(async () => {
    const { rows } = await postgres.pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'`,
    )
    return rows[0]?.waiting === 20
  })
  await saved(writers, 20)
  await release()
  expect(new Set(await Promise.all(hanging))).toEqual(new Set([200]))
  await end()
}, 60_000)

test.each([
  ['the document’s row', 'select 1 from document where id = $1 for update'],
  ['the log, as VACUUM FULL does', 'lock table document_update in access exclusive mode'],
])(
  'somebody locks %s: people write on together, and it is saved afterwards',
  async (_, sql) => {
    const release = await holding(sql, sql.includes('$1') ? [place.documentId] : [])
    await saysPaused(true)
    await readEachOther(30)
    await release()
    await saysPaused(false)
    expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
    await end()
  },
  60_000,
)

async function content() {
  const response = await fetch(
    `${server.origin}/api/v1/documents/${place.documentId}/content?format=markdown`,
    { headers: { authorization: `Bearer ${place.token}` } },
  )
  return { status: response.status, body: await response.text() }
}
