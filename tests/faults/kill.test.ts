import type { Pool } from 'pg'
import { afterAll, beforeAll, test } from 'vitest'
import { random } from '../support/random'
import { databaseOf, type ServerProcess, startServer } from '../support/server'
import { agree, nothingIsLost, type Place } from './agreement'
import { call } from './call'
import { Writer } from './writer'

/** `KILLS=200 npx vitest run tests/faults/kill` kills it more often. */
const kills = Number(process.env.KILLS ?? 20)
const typingEveryMs = 10

let server: ServerProcess
let pool: Pool
let place: Place
let graces: string

beforeAll(async () => {
  server = await startServer()
  pool = databaseOf(server)
  const adas = await server.token('ada', 'admin')
  graces = await server.token('grace')
  const { id } = await call<{ id: string }>(server.origin, adas, 'POST', '/documents', {
    title: 'What survives',
    templateKey: 'blank',
  })
  place = { documentId: id, origins: [server.origin], token: adas, pool }
  const grace = await call<{ id: string }>(server.origin, graces, 'GET', '/me')
  await call(server.origin, adas, 'PUT', `/documents/${id}/members/${grace.id}`, { role: 'editor' })
}, 240_000)
afterAll(async () => {
  await pool?.end()
  await server?.remove()
})

test(
  `nothing that was acknowledged is lost or doubled when the server is killed ${kills} times while two people type`,
  async () => {
    const { between, seed } = random()
    console.log(`kills: seed ${seed}`)
    const options = { origin: server.origin, documentId: place.documentId }
    const ada = new Writer('ada', { ...options, token: place.token })
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
      await nothingIsLost(place, writers, `kill ${round} (seed ${seed}):`)
      for (const writer of writers) writer.connect()
    }
    clearInterval(typing)
    await agree(place, writers, `seed ${seed}:`)
    for (const writer of writers) writer.leave()
  },
  Math.max(300_000, kills * 15_000),
)
