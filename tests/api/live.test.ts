import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../server/db/open'
import { emit } from '../../server/live/outbox'
import { type LiveBus, type LiveSignal, openLiveBus } from '../../server/live/subscribe'
import { type TestDatabase, testDatabase } from '../support/database'

const log = pino({ level: 'silent' })
let database: TestDatabase
let bus: LiveBus
beforeAll(async () => {
  database = await testDatabase()
  bus = await openLiveBus({ connection: { connectionString: database.url }, log, backOffMs: 1 })
})
afterAll(async () => {
  await bus.close()
  await database.close()
})

/** Resolves with everything heard up to and with the first signal that fits. */
const until = (fits: (signal: LiveSignal) => boolean) =>
  new Promise<LiveSignal[]>((resolve) => {
    const heard: LiveSignal[] = []
    const stop = bus.subscribe((signal) => {
      heard.push(signal)
      if (!fits(signal)) return
      stop()
      resolve(heard)
    })
  })
const changed = (documentId = randomUUID()) => ({ type: 'document.changed', documentId }) as const
const is = (event: object) => (signal: LiveSignal) => JSON.stringify(signal) === JSON.stringify(event)

test('an event is heard when its change is committed, and never when it is not', async () => {
  const [kept, undone] = [changed(), changed()]
  const heard = until(is(kept))
  await transaction(database.pool, async (tx) => {
    await emit(tx, undone)
    throw new Error('undone')
  }).catch(() => {})
  await transaction(database.pool, (tx) => emit(tx, kept))
  expect(await heard).toEqual([kept])
})

test('what is no event of ours is passed over', async () => {
  const last = changed()
  const heard = until(is(last))
  for (const text of ['', '{', '{"type":"new.thing"}', '{"type":"document.changed","documentId":"x"}']) {
    await database.pool.query("select pg_notify('rationale_live', $1)", [text])
  }
  await emit(database.pool, last)
  expect(await heard).toEqual([last])
})

test('a listener that fails disturbs no other', async () => {
  const event = changed()
  const stop = bus.subscribe(() => {
    throw new Error('a listener of this test')
  })
  const heard = until(is(event))
  await emit(database.pool, event)
  expect(await heard).toEqual([event])
  stop()
})

test('after a lost connection it says that events may have been missed, and hears again', async () => {
  const resync = until((signal) => signal.type === 'resync')
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'rationale-live' and datname = current_database()",
  )
  await resync
  const event = changed()
  const heard = until(is(event))
  await emit(database.pool, event)
  expect(await heard).toEqual([event])
})

test('a database that cannot be reached is said at once', async () => {
  const nowhere = { host: '/nowhere', port: 1, user: 'x', database: 'x' }
  await expect(openLiveBus({ connection: nowhere, log })).rejects.toThrow(/ENOENT|connect/)
})
