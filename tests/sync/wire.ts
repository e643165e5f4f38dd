import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import pino from 'pino'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { DocumentId, PersonId, TokenId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import {
  decodeServerMessage,
  encodeStep1,
  messageNumber,
  readSaved,
  type ServerMessage,
} from '../../lib/sync/message'
import { resolveAccess } from '../../server/access/resolve'
import { createAuthenticate } from '../../server/auth/authenticate'
import { digest } from '../../server/auth/secret'
import { issueToken } from '../../server/auth/token'
import { holdInstallation } from '../../server/db/only-one'
import { openPool } from '../../server/db/open'
import { loadBody } from '../../server/document/update-log'
import { emit } from '../../server/live/outbox'
import { type LiveBus, openLiveBus } from '../../server/live/subscribe'
import { type SyncLimits, syncLimits } from '../../server/sync/limits'
import { noRelay, type Relay } from '../../server/sync/relay'
import { RedisRelay } from '../../server/sync/relay-redis'
import { createSyncServer, type SyncServer } from '../../server/sync/upgrade'
import { systemTimers } from '../../server/timers'
import { type TestDatabase, testDatabase } from '../support/database'
import { copyOf, textsOf } from '../support/raw-body'
import { makeDocument, makePerson } from './documents'

export interface Person {
  readonly id: PersonId
  readonly token: string
  readonly tokenId: TokenId
}

/** The sync server on a real port, with a real database, the real judge and real live events. */
export class Site {
  readonly origin: string
  readonly database: TestDatabase
  readonly sync: SyncServer
  readonly logged: Record<string, unknown>[]
  readonly relay: Relay
  readonly #http: Server
  readonly #release: () => Promise<void>
  readonly #live: LiveBus
  readonly #providers: WebsocketProvider[] = []

  private constructor(parts: {
    database: TestDatabase
    http: Server
    live: LiveBus
    sync: SyncServer
    origin: string
    logged: Record<string, unknown>[]
    relay: Relay
    release: () => Promise<void>
  }) {
    this.database = parts.database
    this.#http = parts.http
    this.#live = parts.live
    this.sync = parts.sync
    this.origin = parts.origin
    this.logged = parts.logged
    this.relay = parts.relay
    this.#release = parts.release
  }

  /** @param redisUrl over which it is one node of several on that database; null: it is alone. */
  static async open(
    limits: Partial<SyncLimits> = {},
    database?: TestDatabase,
    redisUrl: string | null = null,
  ): Promise<Site> {
    const used = database ?? (await testDatabase())
    const logged: Record<string, unknown>[] = []
    const log = pino(
      { level: 'trace', base: null },
      { write: (line: string) => void logged.push(JSON.parse(line)) },
    )
    const live = await openLiveBus({ connection: { connectionString: used.url }, log })
    const http = createServer((_request, response) => void response.writeHead(404).end())
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const origin = `http://localhost:${(http.address() as AddressInfo).port}`
    const runId = randomUUID()
    const connection = { connectionString: used.url }
    const release =
      redisUrl === null
        ? async () => {}
        : await holdInstallation({ connection, log, runId, as: 'shared', patienceMs: 0 })
    const relay =
      redisUrl === null
        ? noRelay
        : new RedisRelay({
            url: redisUrl,
            node: runId,
            log,
            timers: systemTimers(),
            limits: { ...syncLimits, ...limits },
          })
    const ownPool = openPool({ connectionString: used.url, max: 4 }, log)
    const commitPool = openPool({ connectionString: used.url, max: 1 }, log)
    const sync = createSyncServer({
      pool: used.pool,
      ownPool,
      commitPool,
      runId,
      relay,
      log,
      live,
      config: { origin, trustProxy: 1 },
      now: Date.now,
      authenticate: createAuthenticate({ issuer: 'built-in:', cookieName: 'session' }),
      resolveAccess,
      limits,
    })
    http.on('upgrade', sync.handleUpgrade)
    const ended = async () => {
      await ownPool.end()
      await commitPool.end()
      await release()
    }
    return new Site({ database: used, http, live, sync, origin, logged, relay, release: ended })
  }

  async person(name: string): Promise<Person> {
    const id = await makePerson(this.database.pool, name)
    const issued = await issueToken(this.database.pool, { personId: id, scope: 'write', name: 'test' })
    return { id, ...issued }
  }

  announce(event: LiveEvent): Promise<void> {
    return emit(this.database.pool, event)
  }

  get #socketOrigin(): string {
    return this.origin.replace('http:', 'ws:').replace('localhost', '127.0.0.1')
  }

  /** A stock y-websocket (3, unless another is given), as a program uses it. */
  provider(
    document: DocumentId,
    token: string,
    options: { doc?: Y.Doc; params?: Record<string, string>; Provider?: typeof WebsocketProvider } = {},
  ) {
    class Authorized extends WebSocket {
      constructor(url: string) {
        super(url, { headers: { authorization: `Bearer ${token}` } })
      }
    }
    const { Provider = WebsocketProvider } = options
    const provider = new Provider(`${this.#socketOrigin}/collab`, document, options.doc ?? new Y.Doc(), {
      WebSocketPolyfill: Authorized as never,
      disableBc: true,
      params: options.params ?? {},
    })
    this.#providers.push(provider)
    return provider
  }

  /** A socket that sends what it is told to. */
  async raw(path: string, headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = new RawSocket(`${this.#socketOrigin}${path}`, headers)
    await socket.opened
    return socket
  }

  /** All providers leave, and do not come back. */
  hangUp(): void {
    for (const provider of this.#providers.splice(0)) {
      provider.awareness.destroy()
      provider.destroy()
    }
  }

  async close(): Promise<void> {
    this.hangUp()
    await this.sync.drain()
    await this.relay.close()
    await this.#live.close()
    await this.#release()
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve())
      this.#http.closeAllConnections()
    })
  }
}

/** A websocket that keeps what it was sent, and how it ended. */
export class RawSocket {
  readonly messages: (ServerMessage | null)[] = []
  readonly opened: Promise<void>
  /** Close code and reason. */
  readonly closed: Promise<readonly [number, string]>
  readonly #ws: WebSocket
  #waiting: (() => void)[] = []

  constructor(url: string, headers: Record<string, string>) {
    this.#ws = new WebSocket(url, { headers })
    this.opened = new Promise((resolve, reject) => {
      this.#ws.once('open', resolve)
      this.#ws.once('error', reject)
      this.#ws.once('unexpected-response', (_request, response) =>
        reject(new Error(`HTTP ${response.statusCode}`)),
      )
    })
    this.opened.catch(() => {})
    this.#ws.on('error', () => {})
    this.#ws.on('message', (data: Buffer) => {
      this.messages.push(decodeServerMessage(data))
      for (const wake of this.#waiting.splice(0)) wake()
    })
    this.closed = new Promise((resolve) =>
      this.#ws.once('close', (code, reason) => {
        resolve([code, reason.toString()])
        for (const wake of this.#waiting.splice(0)) wake()
      }),
    )
  }

  send(...frames: (Uint8Array | string)[]): void {
    for (const frame of frames) this.#ws.send(frame)
  }

  /** The raw connection below, for bytes that are no websocket frame. */
  get wire() {
    return (this.#ws as unknown as { _socket: Socket })._socket
  }

  /** The first message of a kind, also when it came before. */
  async next<Type extends ServerMessage['type']>(
    type: Type,
  ): Promise<Extract<ServerMessage, { type: Type }>> {
    for (;;) {
      const index = this.messages.findIndex((message) => message?.type === type)
      if (index >= 0) return this.messages.splice(index, 1)[0] as Extract<ServerMessage, { type: Type }>
      if (this.#ws.readyState === WebSocket.CLOSED) throw new Error(`closed while waiting for ${type}`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  close(): void {
    this.#ws.close()
  }
}

/** Resolves when `test` holds, checked whenever the document or the provider says something. */
export function when(provider: WebsocketProvider, test: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!test()) return
      provider.doc.off('update', check)
      provider.awareness.off('change', check)
      provider.off('sync', check)
      provider.off('status', check)
      resolve()
    }
    provider.doc.on('update', check)
    provider.awareness.on('change', check)
    provider.on('sync', check)
    provider.on('status', check)
    check()
  })
}

/** Tells of every `saved` that a provider hears. The provider must ask with `caps=saved`. */
export function onSaved(provider: WebsocketProvider, hear: (through: number) => void): void {
  provider.messageHandlers[messageNumber.saved] = (_encoder, decoder) => hear(readSaved(decoder))
}

/** A site with Ada, who owns documents, Grace, an editor of them, and Linus, who may read them. */
export class Office {
  readonly site: Site
  readonly ada: Person
  readonly grace: Person
  readonly linus: Person

  private constructor(site: Site, [ada, grace, linus]: readonly [Person, Person, Person]) {
    this.site = site
    this.ada = ada
    this.grace = grace
    this.linus = linus
  }

  static async open(limits: Partial<SyncLimits> = {}, redisUrl: string | null = null): Promise<Office> {
    const site = await Site.open(limits, undefined, redisUrl)
    return new Office(site, [
      await site.person('ada'),
      await site.person('grace'),
      await site.person('linus'),
    ])
  }

  get pool() {
    return this.site.database.pool
  }

  document(text = 'Hello'): Promise<DocumentId> {
    const { ada, grace, linus } = this
    return makeDocument(
      this.pool,
      ada.id,
      [
        [grace.id, 'editor'],
        [linus.id, 'viewer'],
      ],
      text,
    )
  }

  /** The paragraphs that are in the log. */
  async stored(id: DocumentId): Promise<string[]> {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await loadBody(this.pool, id)).update)
    return textsOf(doc)
  }

  /** A raw socket that is in, with a copy of the document under a client id of its own. */
  async joined(id: DocumentId, person: Person, query = '?caps=saved,live', site = this.site) {
    const socket = await site.raw(`/collab/${id}${query}`, bearer(person))
    const doc = new Y.Doc()
    socket.send(encodeStep1(Y.encodeStateVector(doc)))
    Y.applyUpdate(doc, (await socket.next('update')).update)
    Y.applyUpdate(doc, (await socket.next('step2')).update)
    return { socket, doc: copyOf(doc, doc.clientID) }
  }

  /** A browser's session, by its cookie. */
  async signIn(person: Person, cookie: string): Promise<Record<string, string>> {
    await this.pool.query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() + interval '1 day')`,
      [digest(cookie), person.id],
    )
    return { origin: this.site.origin, cookie: `session=${cookie}` }
  }

  async close(): Promise<void> {
    await this.site.close()
    await this.site.database.close()
  }
}

export const bearer = (person: Person) => ({ authorization: `Bearer ${person.token}` })
