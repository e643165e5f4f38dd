import pino from 'pino'
import type { Role, Scope } from '../../lib/access'
import { type DocumentAnswer, type RouteName, routes } from '../../lib/api'
import { defaultAttachmentLimits } from '../../lib/content/attachment-limits'
import type { ErrorBody } from '../../lib/errors'
import type { DocumentId, PersonId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import { writeRole } from '../../server/access/store'
import { sessionCookieName } from '../../server/auth/cookies'
import { findBuiltInPerson } from '../../server/auth/identity-provider/built-in-people'
import { builtInIssuer } from '../../server/auth/issuer'
import { upsertPerson } from '../../server/auth/people'
import { newSecret } from '../../server/auth/secret'
import { createSession } from '../../server/auth/session-store'
import { issueToken } from '../../server/auth/token'
import { transaction } from '../../server/db/open'
import type { RateLimits } from '../../server/http/limit'
import { type LiveBus, openLiveBus } from '../../server/live/subscribe'
import { type Runtime, setRuntime } from '../../server/runtime'
import { testDatabase } from '../support/database'
import { importWorker } from './import-worker'
import { type Router, routesOnDisk } from './routes-on-disk'

export const origin = 'http://localhost:4400'

export const people = ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const
export type Somebody = (typeof people)[number]

/** How a request says who it is from. */
export type As = { token: string } | { cookie: string; origin?: string | null } | null

export interface Input {
  params?: Record<string, string>
  query?: Record<string, string>
  /** Sent as JSON; for anything else see `raw`. */
  body?: unknown
  raw?: { type: string; data: BodyInit }
  headers?: Record<string, string>
}

export interface Told<Body = any> {
  status: number
  headers: Headers
  body: Body
}

/** An API without Next: the same route files, a real database, a clock that is driven. */
export class World {
  readonly ids = {} as Record<Somebody, PersonId>
  /** Events in the order of their commits. */
  readonly heard: LiveEvent[] = []
  offsetMs = 0

  private constructor(
    readonly runtime: Runtime,
    private readonly router: Router,
    private readonly end: () => Promise<void>,
    readonly logged: Record<string, unknown>[],
  ) {}

  static async open(
    options: { limits?: RateLimits; config?: Partial<Runtime['config']> } = {},
  ): Promise<World> {
    const database = await testDatabase()
    const logged: Record<string, unknown>[] = []
    const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line)) })
    const live: LiveBus = await openLiveBus({ connection: { connectionString: database.url }, log })
    const unlimited = { burst: 1e9, perSecond: 1e9 }
    const clock = { offsetMs: 0 }
    const runtime: Runtime = {
      config: {
        origin,
        oidc: null,
        publicUrl: null,
        mail: null,
        digestHour: 9,
        attachments: defaultAttachmentLimits,
        ...options.config,
      } as Runtime['config'],
      pool: database.pool,
      log,
      live,
      now: () => Date.now() + clock.offsetMs,
      authSecret: 'a secret of this test and of no other place',
      importWorker: await importWorker(),
      limits: options.limits ?? { perAddress: unlimited, perPerson: unlimited },
    }
    setRuntime(runtime)
    const end = async () => {
      await live.close()
      await database.close()
    }
    const world = new World(runtime, await routesOnDisk(), end, logged)
    Object.defineProperty(world, 'offsetMs', {
      get: () => clock.offsetMs,
      set: (value: number) => {
        clock.offsetMs = value
      },
    })
    live.subscribe((signal) => {
      if (signal.type !== 'resync') world.heard.push(signal)
    })
    for (const name of people) world.ids[name] = (await world.meet(name)).id
    return world
  }

  get db() {
    return this.runtime.pool
  }
  get routePaths() {
    return this.router.paths
  }
  /** What the operator can read about a request that failed. */
  lineOf(told: Told): Record<string, unknown> | undefined {
    return this.logged.find((line) => line.requestId === told.body.error.requestId && line.code !== undefined)
  }
  close(): Promise<void> {
    return this.end()
  }

  meet(name: Somebody, issuer = builtInIssuer) {
    const person = findBuiltInPerson(name)
    if (!person) throw new Error(`nobody is called ${name}`)
    return transaction(this.db, (tx) => upsertPerson(tx, { ...person, issuer, picture: null }))
  }

  async token(name: Somebody, scope: Scope = 'admin', expiresAt?: Date): Promise<{ token: string }> {
    const { token } = await issueToken(this.db, {
      personId: this.ids[name],
      scope,
      name: 'test',
      ...(expiresAt ? { expiresAt } : {}),
    })
    return { token }
  }

  async browser(name: Somebody): Promise<{ cookie: string; value: string }> {
    const value = newSecret()
    await createSession(this.db, { token: value, personId: this.ids[name], now: this.runtime.now() })
    return { cookie: `${sessionCookieName(this.runtime.config.origin)}=${value}`, value }
  }

  /** Calls a route of the table. */
  call(name: RouteName, as: As, input: Input = {}): Promise<Told> {
    const route = routes[name]
    const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(input.params?.[key] ?? 'missing'),
    )
    return this.send(route.method, `/api/v1${path}`, as, input)
  }

  async send(method: string, path: string, as: As, input: Input = {}): Promise<Told> {
    const response = await this.answer(method, path, as, input)
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    if (isStream) await response.body?.cancel()
    const text = isStream ? '' : await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    }
  }

  /** For an answer that is no text. */
  async answer(method: string, path: string, as: As, input: Input = {}): Promise<Response> {
    const url = new URL(path, this.runtime.config.origin)
    for (const [key, value] of Object.entries(input.query ?? {})) url.searchParams.append(key, value)
    const headers = new Headers(input.headers)
    if (as && 'token' in as) headers.set('authorization', `Bearer ${as.token}`)
    if (as && 'cookie' in as) {
      headers.set('cookie', as.cookie)
      if (as.origin !== null) headers.set('origin', as.origin ?? this.runtime.config.origin)
    }
    const sent = input.raw?.data ?? (input.body === undefined ? null : JSON.stringify(input.body))
    if (input.raw) {
      if (input.raw.type) headers.set('content-type', input.raw.type)
    } else if (sent !== null) headers.set('content-type', 'application/json')
    const request = new Request(url, { method, headers, body: sent, duplex: 'half' } as RequestInit)
    return this.router(request)
  }

  /** A document of `owner`'s, made over the API. */
  async document(owner: Somebody, title = 'A design'): Promise<DocumentAnswer> {
    const made = await this.call('createDocument', await this.token(owner), { body: { title } })
    if (made.status !== 201) throw new Error(`not made: ${JSON.stringify(made.body)}`)
    return made.body
  }

  async grant(documentId: string, name: Somebody, role: Role): Promise<void> {
    await writeRole(this.db, {
      documentId: documentId as DocumentId,
      personId: this.ids[name],
      role,
      addedBy: null,
    })
  }

  /** Resolves once an event that fits has been heard since `from`, an index into `heard`. */
  async hears(fits: (event: LiveEvent) => boolean, from = 0): Promise<LiveEvent> {
    const found = this.heard.slice(from).find(fits)
    if (found) return found
    return new Promise((resolve) => {
      const stop = this.runtime.live.subscribe((signal) => {
        if (signal.type === 'resync' || !fits(signal)) return
        stop()
        resolve(signal)
      })
    })
  }
}

/** What every failed answer must have; answers its code. */
export function failureOf(told: Told<ErrorBody>): string {
  const { error } = told.body
  if (typeof error?.message !== 'string' || error.message.length < 10) throw new Error('no sentence')
  if (!/^[0-9a-f-]{36}$/.test(error.requestId)) throw new Error('no request id')
  return `${told.status} ${error.code}`
}
