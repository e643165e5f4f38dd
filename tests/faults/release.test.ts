import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaVersion } from '../../lib/content/schema'
import type { DocumentId, PersonId } from '../../lib/id'
import { issueToken } from '../../server/auth/token'
import { type TestDatabase, testDatabase } from '../support/database'
import { type ServerProcess, startServer } from '../support/server'
import { makeDocument, makePerson } from '../sync/documents'
import { until } from './agreement'
import { BrowserPage } from './browser'
import { call } from './call'
import { saved, typing } from './nodes'
import { type Release, releaseWith } from './release'
import { tokensOf, Writer } from './writer'

let database: TestDatabase
let present: ServerProcess
let newer: Release
const people = new Map<string, { id: PersonId; name: string; token: string }>()
const person = (name: string) => people.get(name) as { id: PersonId; name: string; token: string }

beforeAll(async () => {
  database = await testDatabase()
  for (const name of ['ada', 'grace']) {
    const id = await makePerson(database.pool, name)
    const { token } = await issueToken(database.pool, { personId: id, scope: 'admin', name: 'test' })
    people.set(name, { id, name, token })
  }
  newer = await releaseWith(schemaVersion + 1)
  present = await startServer({ env: { DATABASE_URL: database.url } })
}, 240_000)
afterAll(async () => {
  await present?.remove()
  await newer?.remove()
  await database?.close()
})

const document = () =>
  makeDocument(database.pool, person('ada').id, [[person('grace').id, 'editor']], 'As it was. ')
const adasPage = (documentId: DocumentId, schema = schemaVersion) =>
  BrowserPage.open({
    origin: present.origin,
    documentId,
    person: person('ada'),
    token: person('ada').token,
    schema,
  })
const exported = (documentId: DocumentId) =>
  call<string>(present.origin, person('ada').token, 'GET', `/documents/${documentId}/content?format=markdown`)
const whole = (count: number) => Array.from({ length: count }, (_, n) => n)

test('3: a new release while people type, and back: nothing is lost, the old page says reload, and older releases only read', async () => {
  const id = await document()
  const untouched = await document()
  const old = await adasPage(id)
  await old.is('live')
  const grace = new Writer('grace', { origin: present.origin, documentId: id, token: person('grace').token })
  await grace.ready()
  const stop = typing([grace])
  const adas = setInterval(() => old.view.body && old.type(), 20)
  await saved([grace], 20)
  const before = old.connections

  // The new release, on the same port: both type on.
  await present.stop()
  const later = await startServer({
    launcher: newer.launcher,
    port: present.port,
    env: { DATABASE_URL: database.url },
  })
  try {
    await old.is('outdated')
    // Once: it does not knock at a server that it has nothing to say to.
    expect(old.connections - before).toBe(1)
    clearInterval(adas)
    const { typed } = old
    // A program goes on by itself.
    await saved([grace], 20)
    old.close()

    // Reloaded: what was typed while there was no server comes from this device.
    const reloaded = await adasPage(id, schemaVersion + 1)
    await reloaded.is('live')
    await reloaded.isSaved()
    stop()
    await until(() => grace.acknowledged === grace.typed)
    const text = await exported(id)
    expect(tokensOf('ada', text)).toEqual(whole(typed))
    expect(tokensOf('grace', text)).toEqual(whole(grace.typed))
    reloaded.close()
    grace.leave()
  } finally {
    clearInterval(adas)
    stop()
    await later.remove()
  }

  // And back.
  await present.start()
  const kept = await exported(id)
  const reading = await adasPage(id)
  await reading.is('live')
  expect(reading.view.saved.kind).toBe('read_only')
  expect(reading.text()).toContain('grace-0')
  const program = new Writer('margaret', {
    origin: present.origin,
    documentId: id,
    token: person('grace').token,
  })
  await program.ready()
  program.type()
  await until(async () => /"code":"read_only"/.test(present.stderr()) || !program.provider.wsconnected)
  expect(await exported(id)).toBe(kept)
  program.leave()
  reading.close()

  // What the newer release has not written is written on.
  const writing = await adasPage(untouched)
  await writing.is('live')
  writing.type()
  await writing.isSaved()
  expect(tokensOf('ada', await exported(untouched))).toEqual([0])
  writing.close()
}, 180_000)
