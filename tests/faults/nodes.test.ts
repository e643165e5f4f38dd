import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentId } from '../../lib/id'
import { until } from './agreement'
import { Installation, saved, typing } from './nodes'
import { tokensOf, type Writer } from './writer'

let here: Installation
beforeAll(async () => {
  here = await Installation.open()
}, 300_000)
afterAll(() => here?.close())

let stop = () => {}
let writers: Writer[] = []
let id: DocumentId

/** Three people write from here on. */
async function begin(): Promise<void> {
  await here.redisIs('ok')
  id = await here.document()
  writers = await here.writers(id)
  stop = typing(writers)
  await saved(writers, 20)
}

async function end(): Promise<void> {
  stop()
  await here.agree(id, writers)
  for (const writer of writers) writer.leave()
}

const seen = (by: Writer | undefined, of: Writer | undefined) =>
  tokensOf(of?.name ?? '', by?.doc.getXmlFragment('content').toString() ?? '').length

test('32, 33: Redis is shut down, killed, and shut down again while three people type at two nodes: nothing is lost, nobody waits, all converge', async () => {
  await begin()
  const [ada, grace, linus] = writers as [Writer, Writer, Writer]
  for (const writer of writers) writer.provider.awareness.setLocalState({})
  const sees = (writer: Writer, people: number) =>
    until(() => writer.provider.awareness.getStates().size === people)
  for (let round = 0; round < 3; round++) {
    await Promise.all([sees(ada, 3), sees(grace, 3)])
    await (round === 1 ? here.redis.kill() : here.redis.shutdown())
    await here.redisIs('degraded')
    // Nobody knows of the others' people any more; who is at the same node is seen.
    await Promise.all([sees(ada, 2), sees(grace, 1)])
    const before = seen(linus, ada)
    await saved(writers, 30)
    // Who is at the same node reads on.
    await until(() => seen(linus, ada) > before + 20)
    await here.redis.start()
    await here.redisIs('ok')
    await saved(writers, 10)
  }
  await end()
}, 120_000)

test('32: Redis is stopped and goes on while three people type: nothing is lost, nobody waits, all converge', async () => {
  await begin()
  here.redis.pause()
  await saved(writers, 50)
  await here.redisIs('degraded')
  await saved(writers, 50)
  here.redis.resume()
  await here.redisIs('ok')
  await saved(writers, 10)
  await end()
}, 120_000)

test('32: a full Redis stores nothing, and people at two nodes still read each other', async () => {
  const redis = here.redis.client()
  await begin()
  await redis.config('SET', 'maxmemory', '1')
  await here.redisIs('degraded')
  const [ada, grace] = writers
  const before = seen(grace, ada)
  await saved(writers, 30)
  await until(() => seen(grace, ada) > before + 20)
  await redis.config('SET', 'maxmemory', '0')
  await here.redisIs('ok')
  await end()
}, 120_000)

test('17, 33, 35: a node is killed while people type at both: its people come back at the other, nothing that was saved is lost', async () => {
  await begin()
  const [a, b] = here.nodes
  const [ada, grace] = writers as [Writer, Writer, Writer]
  for (const writer of writers) writer.provider.awareness.setLocalState({})
  const people = () => grace.provider.awareness.getStates().size
  await until(() => people() === 3)
  for (let round = 0; round < 3; round++) {
    const safe = writers.map(({ acknowledged }) => acknowledged)
    await a.kill()
    await saved(writers, 20)
    const text = grace.doc.getXmlFragment('content').toString()
    for (const [i, { name }] of writers.entries()) {
      expect(tokensOf(name, text).length, `${name}'s words`).toBeGreaterThanOrEqual(safe[i] ?? 0)
    }
    expect(await here.metric(b, 'rationale_sync_refused_not_yours')).toBe(0)
    await a.start()
    // Back to the node that was killed, for the next time.
    for (const writer of [ada, writers[2] as Writer]) {
      writer.provider.serverUrl = `${a.origin.replace('http', 'ws')}/collab`
      writer.disconnect()
      writer.connect()
    }
    await until(async () => (await here.metric(b, 'rationale_relay_nodes')) === 2)
    await saved(writers, 10)
  }
  await end()
}, 180_000)

test('17, 35: what a killed node had passed on and not stored comes back at the other through who has read it', async () => {
  await begin()
  stop()
  await here.agree(id, writers)
  const [a, b] = here.nodes
  const [ada, grace, linus] = writers as [Writer, Writer, Writer]
  const { pool } = here.database
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select 1 from document where id = $1 for update', [id])
  ada.type()
  await until(() => seen(linus, ada) === ada.typed)
  expect(seen(grace, ada)).toBe(ada.typed - 1)
  const waiting = `from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%document_update%'`
  // On its way to the log: sent after the node's end it would be stored after all.
  await until(async () => (await pool.query(`select 1 ${waiting}`)).rowCount === 1)
  ada.leave()
  linus.provider.shouldConnect = false
  await a.kill()
  // A statement that waits does not notice that nobody waits for it, and would store the word after all.
  await pool.query(`select pg_terminate_backend(pid) ${waiting}`)
  await holder.query('rollback')
  holder.release()
  linus.provider.serverUrl = `${b.origin.replace('http', 'ws')}/collab`
  linus.connect()
  await until(() => seen(grace, ada) === ada.typed)
  const relayed = async () => {
    const { rows } = await pool.query(
      `select p.name as author, r.name as relayed_by from document_update u
         join person p on p.id = u.person_id join person r on r.id = u.relayed_by where document_id = $1`,
      [id],
    )
    return rows
  }
  // It is shown before it is stored.
  await until(async () => (await relayed()).length > 0)
  expect(await relayed()).toEqual([{ author: 'ada', relayed_by: 'linus' }])
  await a.start()
  for (const writer of writers) writer.leave()
}, 120_000)

test('33: the people of a killed node are gone from the other when it has been silent for two heartbeats', async () => {
  await begin()
  stop()
  const [a] = here.nodes
  const [, grace] = writers as [Writer, Writer, Writer]
  for (const writer of writers) writer.provider.awareness.setLocalState({})
  const states = grace.provider.awareness.getStates()
  await until(() => states.size === 3)
  for (const writer of writers) if (writer !== grace) writer.provider.shouldConnect = false
  await a.kill()
  await until(() => states.size === 1)
  await a.start()
  for (const writer of writers) writer.leave()
}, 120_000)

test('27, 32: a node stops as it should: its people go to the other with everything saved', async () => {
  await begin()
  const [a] = here.nodes
  expect((await a.stop()).code).toBe(0)
  await saved(writers, 20)
  await a.start()
  await end()
}, 120_000)

test('32: a node stands still and goes on: it comes to what the others have', async () => {
  await begin()
  const [a] = here.nodes
  const [, grace] = writers as [Writer, Writer, Writer]
  a.signal('SIGSTOP')
  await saved([grace], 200)
  a.signal('SIGCONT')
  await saved(writers, 10)
  await end()
}, 120_000)

test('32: nodes that start without Redis serve, and find each other when it comes', async () => {
  const later = await Installation.open({ isRedisStarted: false })
  const before = here
  try {
    here = later
    await later.redisIs('degraded')
    id = await later.document()
    writers = await later.writers(id)
    stop = typing(writers)
    await saved(writers, 30)
    await later.redis.start()
    await later.redisIs('ok')
    await saved(writers, 10)
    await end()
  } finally {
    here = before
    await later.close()
  }
}, 180_000)
