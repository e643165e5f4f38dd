import { expect } from 'vitest'
import type { DocumentId } from '../../lib/id'
import { issueToken } from '../../server/auth/token'
import { type TestDatabase, testDatabase } from '../support/database'
import { type TestRedis, testRedis } from '../support/redis'
import { type ServerProcess, startServer } from '../support/server'
import { makeDocument, makePerson } from '../sync/documents'
import { agree, until } from './agreement'
import { Writer } from './writer'

/** Signs of life that are short enough to be waited for, and no comparison that would heal what was lost. */
const limits = JSON.stringify({ nodeHeartbeatMs: 500, nodeCompareMs: 3_600_000, relayTimeoutMs: 1_500 })

/** Two real nodes, a real Redis and a real PostgreSQL, and three people who write numbered words. */
export class Installation {
  readonly redis: TestRedis
  readonly database: TestDatabase
  readonly nodes: readonly [ServerProcess, ServerProcess]
  readonly tokens: Readonly<Record<'ada' | 'grace' | 'linus', string>>
  readonly #documents: () => Promise<DocumentId>

  private constructor(parts: {
    redis: TestRedis
    database: TestDatabase
    nodes: readonly [ServerProcess, ServerProcess]
    tokens: Readonly<Record<'ada' | 'grace' | 'linus', string>>
    documents: () => Promise<DocumentId>
  }) {
    this.redis = parts.redis
    this.database = parts.database
    this.nodes = parts.nodes
    this.tokens = parts.tokens
    this.#documents = parts.documents
  }

  static async open(options: { isRedisStarted?: boolean } = {}): Promise<Installation> {
    const database = await testDatabase()
    const redis = await testRedis({ isStarted: options.isRedisStarted ?? true })
    const { pool } = database
    const people = await Promise.all(['ada', 'grace', 'linus'].map((name) => makePerson(pool, name)))
    const [ada = '', grace = '', linus = ''] = await Promise.all(
      people.map(
        async (personId) => (await issueToken(pool, { personId, scope: 'write', name: 'test' })).token,
      ),
    )
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, LIMITS: limits, LOG_LEVEL: 'info' }
    const a = await startServer({ env })
    const b = await startServer({ env })
    const [owner, ...members] = people
    return new Installation({
      redis,
      database,
      nodes: [a, b],
      tokens: { ada, grace, linus },
      documents: () =>
        makeDocument(
          pool,
          owner as NonNullable<typeof owner>,
          members.map((id) => [id, 'editor'] as const),
        ),
    })
  }

  document(): Promise<DocumentId> {
    return this.#documents()
  }

  /** Ada at the first node, Grace at the second, Linus at the first; each goes to the other when it ends. */
  async writers(documentId: DocumentId): Promise<Writer[]> {
    const [a, b] = this.nodes.map(({ origin }) => origin) as [string, string]
    const { ada, grace, linus } = this.tokens
    const writers = [
      new Writer('ada', { origin: [a, b], documentId, token: ada }),
      new Writer('grace', { origin: [b, a], documentId, token: grace }),
      new Writer('linus', { origin: [a, b], documentId, token: linus }),
    ]
    await Promise.all(writers.map((writer) => writer.ready()))
    return writers
  }

  async readiness(node: ServerProcess): Promise<{ status: number; redis: string }> {
    const response = await fetch(`${node.origin}/readyz`)
    return { status: response.status, ...((await response.json()) as { redis: string }) }
  }

  /** Both nodes say the same of Redis, and are ready. */
  async redisIs(state: string): Promise<void> {
    for (const node of this.nodes) await until(async () => (await this.readiness(node)).redis === state)
    for (const node of this.nodes) expect((await this.readiness(node)).status).toBe(200)
  }

  /** A number of `/metrics` of a node. */
  async metric(node: ServerProcess, name: string): Promise<number> {
    const text = await (await fetch(`${node.origin}/metrics`)).text()
    return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  }

  /** Everything is acknowledged, and everybody reads everything once and in order, at every node that runs. */
  agree(documentId: DocumentId, writers: readonly Writer[]): Promise<void> {
    const origins = this.nodes.filter((node) => node.isRunning()).map(({ origin }) => origin)
    return agree({ documentId, origins, token: this.tokens.ada, pool: this.database.pool }, writers)
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.remove()))
    await this.redis.remove()
    await this.database.close()
  }
}

/** Types a word each, every few milliseconds. @returns stops it. */
export function typing(writers: readonly Writer[], everyMs = 20): () => void {
  const timer = setInterval(() => {
    for (const writer of writers) writer.type()
  }, everyMs)
  return () => clearInterval(timer)
}

/** Resolves when each of them has been told of so many more words that they are safe. */
export async function saved(writers: readonly Writer[], more: number): Promise<void> {
  const goals = writers.map(({ acknowledged }) => acknowledged + more)
  await Promise.all(writers.map((writer, i) => writer.until(() => writer.acknowledged >= (goals[i] ?? 0))))
}
