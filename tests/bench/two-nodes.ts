import pino from 'pino'
import { issueToken } from '../../server/auth/token'
import { startEmbedded } from '../../server/db/embedded'
import { migrate } from '../../server/db/migrate'
import { openPool } from '../../server/db/open'
import { pause } from '../../server/db/pause'
import { tokensOf, Writer } from '../faults/writer'
import { testRedis } from '../support/redis'
import { startServer } from '../support/server'
import { tempFolder } from '../support/temp-folder'
import { makeDocument, makePerson } from '../sync/documents'
import { type Row, summary } from './summary'

const words = 600
/** Each of three writers: ten words a second. */
const everyMs = 100

/**
 * From a word being typed at one node to its being in the document of a reader at the same node, and of one at
 * another: the same words, so that both see the same machine. Everything is on: guard, identity, durable
 * PostgreSQL, Redis.
 */
export async function twoNodes(): Promise<Row[]> {
  const folder = await tempFolder()
  const log = pino({ level: 'silent' })
  const database = await startEmbedded({ dataDir: folder.path, log })
  const { host, port, user, database: name } = database.connection
  const pool = openPool({ ...database.connection, max: 2 }, log)
  const redis = await testRedis()
  await migrate(pool, log)
  const people = await Promise.all(['ada', 'grace', 'linus', 'reader'].map((who) => makePerson(pool, who)))
  const tokens = await Promise.all(
    people.map(
      async (personId) => (await issueToken(pool, { personId, scope: 'write', name: 'bench' })).token,
    ),
  )
  const [owner, ...members] = people as [(typeof people)[number], ...typeof people]
  const documentId = await makeDocument(
    pool,
    owner,
    members.map((id) => [id, 'editor'] as const),
  )
  const url = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
  const env = { DATABASE_URL: url, REDIS_URL: redis.url, LOG_LEVEL: 'warn' }
  const [a, b] = [await startServer({ env }), await startServer({ env })]
  try {
    const at = (origin: string, who: string, token = '') => new Writer(who, { origin, documentId, token })
    const writers = ['ada', 'grace', 'linus'].map((who, i) => at(a.origin, who, tokens[i]))
    const near = at(a.origin, 'near', tokens[3])
    const far = at(b.origin, 'far', tokens[3])
    await Promise.all([...writers, near, far].map((writer) => writer.ready()))
    // Else a paragraph and its first words may arrive as one, and those words are never seen to arrive.
    await Promise.all([near, far].map(hasAdasParagraph))
    const typedAt: number[] = []
    const [nearMs, farMs] = [near, far].map((reader) => arrivals(reader, typedAt)) as [Arrivals, Arrivals]
    for (let n = 0; n < words; n += 1) {
      const next = performance.now() + everyMs
      typedAt.push(performance.now())
      for (const writer of writers) writer.type()
      await pause(next - performance.now())
    }
    await Promise.all([nearMs.all, farMs.all])
    for (const writer of [...writers, near, far]) writer.leave()
    const rows = [summary('word to a reader at the same node, ms', nearMs.ms)]
    rows.push(summary('word to a reader at another node, ms', farMs.ms))
    return rows
  } finally {
    await Promise.all([a.remove(), b.remove()])
    await redis.remove()
    await pool.end()
    await database.stop()
    await folder.remove()
  }
}

const hasAdasParagraph = ({ doc }: Writer): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!doc.getXmlFragment('content').toString().includes('writer-ada')) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
    look()
  })

interface Arrivals {
  readonly ms: number[]
  /** Resolves when every word has arrived. */
  readonly all: Promise<void>
}

/** When Ada's words stand in a reader's document. */
function arrivals(reader: Writer, typedAt: readonly number[]): Arrivals {
  const ms: number[] = []
  const all = new Promise<void>((resolve) => {
    reader.doc.getXmlFragment('content').observeDeep((events) => {
      const now = performance.now()
      for (const event of events) {
        for (const { insert } of event.delta) {
          if (typeof insert !== 'string') continue
          for (const n of tokensOf('ada', insert)) ms.push(now - (typedAt[n] ?? now))
        }
      }
      if (ms.length >= words) resolve()
    })
  })
  return { ms, all }
}
