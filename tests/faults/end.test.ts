import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DatabaseProxy, databaseProxy } from '../support/database-proxy'
import { type OwnPostgres, ownPostgres } from '../support/own-postgres'
import { type ServerProcess, startServer } from '../support/server'
import { agree, nothingIsLost, type Place, pageOf, until } from './agreement'
import { saved, typing } from './nodes'
import { Office } from './office'
import { tokensOf, type Writer } from './writer'

const limits = { commitPausedAfterMs: 250, commitMaxBackOffMs: 250, ownerWaitMs: 500 }

let postgres: OwnPostgres
let proxy: DatabaseProxy
let server: ServerProcess
let place: Place
let writers: Writer[]
beforeAll(async () => {
  postgres = await ownPostgres()
  proxy = await databaseProxy(postgres.socketPath)
  server = await startServer({
    env: { DATABASE_URL: postgres.urlOver(proxy.port), LIMITS: JSON.stringify(limits), LOG_LEVEL: 'info' },
  })
  const office = await Office.open(postgres.pool, server.origin)
  place = await office.document()
  writers = await office.writers(place)
}, 240_000)
afterAll(async () => {
  for (const writer of writers ?? []) writer.leave()
  await server?.remove()
  await proxy?.close()
  await postgres?.remove()
})

test('27: SIGTERM with text that is not saved: it is saved, said, and everybody is sent to come again with 1012', async () => {
  const stop = typing(writers, 5)
  await saved(writers, 20)
  proxy.delay(200)
  await saved(writers, 1)
  const unsaved = writers.map(({ typed, acknowledged }) => typed - acknowledged)
  expect(Math.min(...unsaved)).toBeGreaterThan(0)
  const ended = await server.stop()
  stop()
  proxy.delay(0)
  for (const writer of writers) writer.disconnect()
  expect(ended).toMatchObject({ code: 0, signal: null })
  expect(ended.stderr).not.toContain('could not be committed before the end')
  expect(writers.map(({ closeCodes }) => closeCodes[0])).toEqual([1012, 1012])
  await server.start()
  await nothingIsLost(place, writers)
  for (const writer of writers) writer.connect()
  await agree(place, writers)
}, 60_000)

test('17, 27: SIGTERM while the database is away: it ends with 0 within its time, and what was not stored comes back from browsers', async () => {
  const [ada, grace] = writers as [Writer, Writer]
  const stop = typing(writers, 5)
  await saved(writers, 20)
  proxy.leave()
  await until(() => writers.every(({ savingPaused }) => savingPaused.at(-1) === true))
  stop()
  await until(() => tokensOf('ada', pageOf(grace)).length === ada.typed)
  const began = performance.now()
  const ended = await server.stop()
  console.log(`ended in ${Math.round(performance.now() - began)} ms without its database`)
  expect(ended).toMatchObject({ code: 0, signal: null })
  expect(ended.stderr).toContain('could not be committed before the end')
  for (const writer of writers) writer.disconnect()
  proxy.comeBack()
  await server.start()
  await nothingIsLost(place, writers)
  // Ada's page is gone for good: Grace's has her words, and the next start knows that they may come back so.
  grace.connect()
  await grace.until(() => grace.acknowledged === grace.typed)
  await until(async () => (await stored('ada')) === ada.typed)
  ada.connect()
  await agree(place, writers)
}, 60_000)

async function stored(name: string): Promise<number> {
  const response = await fetch(
    `${server.origin}/api/v1/documents/${place.documentId}/content?format=markdown`,
    { headers: { authorization: `Bearer ${place.token}` } },
  )
  return tokensOf(name, await response.text()).length
}
