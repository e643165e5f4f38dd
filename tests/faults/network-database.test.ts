import { join } from 'node:path'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { holdInstallation, runLock } from '../../server/db/only-one'
import { emit } from '../../server/live/outbox'
import { type LiveSignal, openLiveBus } from '../../server/live/subscribe'
import { type ChaosProxy, chaosProxy } from '../support/chaos-proxy'
import { type TestDatabase, testDatabase } from '../support/database'
import { random } from '../support/random'
import { setRole } from '../sync/documents'
import { until } from './agreement'
import { Network } from './network'
import { saved, typing } from './nodes'

/** A database whose machine has vanished, or a wall between that has forgotten the connection: nobody says so. */
/** Instead of 15 s and 10 s. */
const pulse = { heartbeatMs: 100, answerMs: 500 }
const log = pino({ level: 'silent' })
let database: TestDatabase
let far: ChaosProxy
let connection: { host: string; port: number; user: string; database: string }
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  const { host, port, user } = inject('cluster')
  far = await chaosProxy({ path: join(host, `.s.PGSQL.${port}`) }, random())
  connection = { host: '127.0.0.1', port: far.port, user, database: new URL(database.url).pathname.slice(1) }
})
afterEach(() => far.close())

/** The other side has given up what it hears nothing of any more, as it does after 25 s. */
const endedThere = (application: string) =>
  database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1',
    [application],
  )

test('the lock of an installation is taken again when its connection has vanished without a word', async () => {
  const runId = '00000000-0000-4000-8000-0000000000aa'
  const release = await holdInstallation({ connection, log, runId, as: 'alone', ...pulse })
  const isHeld = async () => {
    const { rows } = await database.pool.query<{ free: boolean }>(
      `select pg_try_advisory_xact_lock(${runLock('$1::text')}) as free`,
      [runId],
    )
    return rows[0]?.free === false
  }
  expect(await isHeld()).toBe(true)
  far.silence()
  await endedThere('rationale-lock')
  await until(isHeld)
  await release()
  await until(async () => !(await isHeld()))
})

test('live events are heard again, and said to have been missed, when their connection has vanished without a word', async () => {
  const bus = await openLiveBus({ connection, log, backOffMs: 1, ...pulse })
  const heard: LiveSignal[] = []
  bus.subscribe((signal) => heard.push(signal))
  far.silence()
  await until(() => heard.some(({ type }) => type === 'resync'))
  const documentId = '00000000-0000-4000-8000-0000000000ab'
  await emit(database.pool, { type: 'document.appended', documentId })
  await until(() => heard.some(({ type }) => type === 'document.appended'))
  await bus.close()
})

test('28, 26: a database whose connections have all vanished: people read each other, all is saved, and what was decided meanwhile is heard', async () => {
  const here = await Network.open({ isDatabaseFar: true, limits: { rejudgeMs: 3_600_000 } })
  try {
    const id = await here.document()
    const writers = [await here.writer('ada', id), await here.writer('grace', id)]
    const [ada, grace] = writers
    const leaver = await here.writer('linus', id)
    let closed: number | undefined
    leaver.provider.on('connection-close', (event) => {
      closed ??= event?.code
    })
    const stop = typing(writers)
    await saved(writers, 20)
    here.toDatabase.silence()
    await setRole(here.database.pool, id, here.person('linus').id, null)
    await emit(here.database.pool, { type: 'access.changed', documentId: id })
    const before = ada?.typed ?? 0
    await until(
      () =>
        grace?.doc
          .getXmlFragment('content')
          .toString()
          .includes(`ada-${before + 50} `) ?? false,
    )
    await saved(writers, 20)
    await until(() => closed !== undefined)
    expect(closed).toBe(4403)
    stop()
    leaver.leave()
    for (const writer of writers) writer.provider.awareness.setLocalState(null)
    await until(() => writers.every(({ acknowledged, typed }) => acknowledged === typed))
    for (const writer of writers) writer.leave()
  } finally {
    await here.close()
  }
}, 180_000)
