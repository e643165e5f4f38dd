import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, inject } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId, PersonId } from '../../lib/id'
import { issueToken } from '../../server/auth/token'
import { loadBody } from '../../server/document/update-log'
import { used } from '../bench/engine/process-cost'
import { type ChaosProxy, chaosProxy } from '../support/chaos-proxy'
import { type TestDatabase, testDatabase } from '../support/database'
import { type Random, random } from '../support/random'
import { type TestRedis, testRedis } from '../support/redis'
import { type ServerProcess, startServer } from '../support/server'
import { makeDocument, makePerson } from '../sync/documents'
import { until } from './agreement'
import { call } from './call'
import { tokensOf, Writer } from './writer'

const probeModule = join(import.meta.dirname, '..', 'bench', 'engine', 'process-probe.mjs')
const names = ['ada', 'grace', 'linus'] as const
export type Name = (typeof names)[number]

export interface NetworkOptions {
  /** How many nodes. Default 1, without Redis. */
  readonly nodes?: 1 | 2
  readonly limits: Readonly<Record<string, number>>
  /** The first node reaches its database, and its Redis, through a proxy. */
  readonly isDatabaseFar?: boolean
  readonly isRedisFar?: boolean
}

/** Real nodes, a real database, and between all of them networks that the test makes worse. */
export class Network {
  readonly nodes: ServerProcess[] = []
  readonly chance: Random = random()
  readonly people = new Map<Name, { readonly id: PersonId; readonly token: string }>()
  readonly #redis: TestRedis | null
  readonly #proxies: ChaosProxy[] = []
  #toDatabase: ChaosProxy | null = null
  #toRedis: ChaosProxy | null = null

  private constructor(
    readonly database: TestDatabase,
    redis: TestRedis | null,
  ) {
    this.#redis = redis
  }

  static async open(options: NetworkOptions): Promise<Network> {
    const count = options.nodes ?? 1
    const here = new Network(await testDatabase(), count === 1 ? null : await testRedis())
    const { database, chance } = here
    console.log(`network: seed ${chance.seed}`)
    for (const name of names) {
      const id = await makePerson(database.pool, name)
      const { token } = await issueToken(database.pool, { personId: id, scope: 'write', name: 'test' })
      here.people.set(name, { id, token })
    }
    const env = { LIMITS: JSON.stringify(options.limits), LOG_LEVEL: 'info' }
    for (let n = 0; n < count; n += 1) {
      const isFirst = n === 0
      let databaseUrl = database.url
      let redisUrl = here.#redis?.url
      if (isFirst && options.isDatabaseFar) {
        const { host, port, user } = inject('cluster')
        here.#toDatabase = await here.#made(chaosProxy({ path: join(host, `.s.PGSQL.${port}`) }, chance))
        databaseUrl = `postgresql://${user}@127.0.0.1:${here.#toDatabase.port}${new URL(database.url).pathname}`
      }
      if (isFirst && options.isRedisFar && redisUrl) {
        here.#toRedis = await here.#made(chaosProxy({ port: Number(new URL(redisUrl).port) }, chance))
        redisUrl = `redis://127.0.0.1:${here.#toRedis.port}`
      }
      const redis = redisUrl ? { REDIS_URL: redisUrl } : {}
      here.nodes.push(
        await startServer({
          env: { ...env, DATABASE_URL: databaseUrl, ...redis, BENCH_PROBE: here.#probe(n) },
          nodeArgs: ['--import', pathToFileURL(probeModule).href],
        }),
      )
    }
    return here
  }

  /** Between the first node and its database. */
  get toDatabase(): ChaosProxy {
    if (!this.#toDatabase) throw new Error('The database is near.')
    return this.#toDatabase
  }

  get toRedis(): ChaosProxy {
    if (!this.#toRedis) throw new Error('Redis is near.')
    return this.#toRedis
  }

  get node(): ServerProcess {
    return this.nodes[0] as ServerProcess
  }

  person(name: Name) {
    const person = this.people.get(name)
    if (!person) throw new Error(`There is no ${name}.`)
    return person
  }

  /** A document of Ada's that the others may write. */
  document(): Promise<DocumentId> {
    const members = (['grace', 'linus'] as const).map((name) => [this.person(name).id, 'editor'] as const)
    return makeDocument(this.database.pool, this.person('ada').id, members)
  }

  /** A bad network before a node. */
  line(node = this.node): Promise<ChaosProxy> {
    return this.#made(chaosProxy({ port: node.port, host: '127.0.0.1' }, this.chance))
  }

  async #made(making: Promise<ChaosProxy>): Promise<ChaosProxy> {
    const proxy = await making
    this.#proxies.push(proxy)
    return proxy
  }

  /** @param over its network; default: it reaches the first node without any. */
  async writer(
    name: Name,
    documentId: DocumentId,
    over: ChaosProxy | ServerProcess = this.node,
  ): Promise<Writer> {
    return this.#enter(name, name, documentId, over)
  }

  /** Somebody who only reads. */
  reader(documentId: DocumentId, over: ChaosProxy | ServerProcess = this.node): Promise<Writer> {
    return this.#enter('reader', 'linus', documentId, over)
  }

  async #enter(
    as: string,
    name: Name,
    documentId: DocumentId,
    over: ChaosProxy | ServerProcess,
  ): Promise<Writer> {
    const { token } = this.person(name)
    const host = `localhost:${(this.nodes.find((node) => node === over) ?? this.node).port}`
    const writer = new Writer(as, { origin: `http://localhost:${over.port}`, documentId, token, host })
    await writer.ready()
    return writer
  }

  /** What the first node has in memory, in bytes, without garbage and what the allocator keeps. */
  async memory(): Promise<number> {
    const { heapUsed, external } = await used(this.#probe(0), 'gc')
    return heapUsed + external
  }

  #probe(n: number): string {
    return join(tmpdir(), `rationale-network-${process.pid}-${n}.sock`)
  }

  /** A number of `/metrics`. */
  async metric(name: string, node = this.node): Promise<number> {
    const text = await (await fetch(`${node.origin}/metrics`)).text()
    return Number(new RegExp(`^rationale_${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  }

  /**
   * Everything is acknowledged, and the pages of all, a fresh page, each node's export and the log have every
   * token once, in order, and none that was not sent.
   */
  async agree(documentId: DocumentId, writers: readonly Writer[]): Promise<void> {
    await until(() => writers.every((writer) => writer.acknowledged === writer.typed))
    const textOf = (doc: Y.Doc) => doc.getXmlFragment('content').toString()
    const isWhole = (text: string) =>
      writers.every(({ name, typed }) => tokensOf(name, text).length === typed)
    await until(() => writers.every(({ doc }) => isWhole(textOf(doc))))
    const views = writers.map(({ name, doc }): [string, string] => [`${name}'s page`, textOf(doc)])
    for (const [n, node] of this.nodes.entries()) {
      const reader = await this.reader(documentId, node)
      await until(() => isWhole(textOf(reader.doc)))
      views.push([`a fresh page at node ${n + 1}`, textOf(reader.doc)])
      reader.leave()
      const path = `/documents/${documentId}/content?format=markdown`
      const { token } = this.person('ada')
      views.push([`the export of node ${n + 1}`, await call<string>(node.origin, token, 'GET', path)])
    }
    const stored = new Y.Doc()
    Y.applyUpdate(stored, (await loadBody(this.database.pool, documentId)).update)
    views.push(['the log', textOf(stored)])
    for (const [view, text] of views) {
      for (const { name, typed } of writers) {
        const where = `${name}'s tokens in ${view} (seed ${this.chance.seed})`
        expect(tokensOf(name, text), where).toEqual(Array.from({ length: typed }, (_, n) => n))
      }
    }
  }

  async close(): Promise<void> {
    for (const proxy of this.#proxies) proxy.speak()
    await Promise.all(this.nodes.map((node) => node.remove()))
    await Promise.all(this.#proxies.map((proxy) => proxy.close()))
    await this.#redis?.remove()
    await this.database.close()
  }
}
