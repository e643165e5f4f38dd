import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { random } from '../support/random'
import { type ServerProcess, startServer } from '../support/server'
import { call } from './call'
import { tokensOf, Writer } from './writer'

/** `KILLS=200 npx vitest run tests/faults/kill` kills it more often. */
const kills = Number(process.env.KILLS ?? 20)
vi.setConfig({ testTimeout: 100_000 + kills * 10_000 })
const typingEveryMs = 10

let server: ServerProcess
let documentId: string
let adas: string
let graces: string

beforeAll(async () => {
  server = await startServer()
  adas = await server.token('ada', 'admin')
  graces = await server.token('grace')
  const { id } = await call<{ id: string }>(server.origin, adas, 'POST', '/documents', {
    title: 'What survives',
    templateKey: 'blank',
  })
  documentId = id
  const grace = await call<{ id: string }>(server.origin, graces, 'GET', '/me')
  await call(server.origin, adas, 'PUT', `/documents/${id}/members/${grace.id}`, { role: 'editor' })
}, 240_000)
afterAll(() => server?.remove())

const exported = () =>
  call<string>(server.origin, adas, 'GET', `/documents/${documentId}/content?format=markdown`)

/** Each of them once, and in their order. */
const firstTokens = (count: number) => Array.from({ length: count }, (_, n) => n)

test(`nothing that was acknowledged is lost or doubled when the server is killed ${kills} times while two people type`, async () => {
  const { between, seed } = random()
  console.log(`kills: seed ${seed}`)
  const options = { origin: server.origin, documentId }
  const ada = new Writer('ada', { ...options, token: adas })
  const grace = new Writer('grace', { ...options, token: graces })
  const writers = [ada, grace]
  await Promise.all(writers.map((writer) => writer.ready()))
  const typing = setInterval(() => {
    for (const writer of writers) writer.type()
  }, typingEveryMs)

  for (let round = 1; round <= kills; round += 1) {
    // A moment that depends on what is under way: so many more tokens known to be safe, then so many typed.
    const safe = writers.map((writer) => writer.acknowledged + between(1, 40))
    await Promise.all(writers.map((writer, i) => writer.until(() => writer.acknowledged >= (safe[i] ?? 0))))
    await ada.hasTyped(ada.typed + between(0, 25))
    // Every other time just as something is said to be saved: said too early, it has nothing behind it then.
    const saved = ada.acknowledged
    if (round % 2 === 0) await ada.until(() => ada.acknowledged > saved)
    await server.kill()
    // They keep all that they typed and would send it again: what the disk has is looked at without them.
    for (const writer of writers) writer.disconnect()
    await server.start()
    const text = await exported()
    for (const writer of writers) {
      const stored = tokensOf(writer.name, text)
      const where = `${writer.name}'s tokens on disk after kill ${round} (seed ${seed})`
      expect(stored, where).toEqual(firstTokens(stored.length))
      expect(stored.length, where).toBeGreaterThanOrEqual(writer.acknowledged)
    }
    for (const writer of writers) writer.connect()
  }
  clearInterval(typing)
  await Promise.all(writers.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))

  const reader = new Writer('reader', { ...options, token: adas })
  await reader.ready()
  const views = {
    'a fresh client': reader.doc.getXmlFragment('content').toString(),
    'the export': await exported(),
    'the one who wrote': ada.doc.getXmlFragment('content').toString(),
  }
  for (const [view, text] of Object.entries(views)) {
    for (const writer of writers) {
      const where = `${writer.name}'s tokens in ${view} (seed ${seed})`
      expect(tokensOf(writer.name, text), where).toEqual(firstTokens(writer.typed))
    }
  }
  for (const writer of [...writers, reader]) writer.leave()
})
