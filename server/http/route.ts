import { randomUUID } from 'node:crypto'
import { abilitiesOf, scopeCovers } from '../../lib/access'
import { routes } from '../../lib/api'
import type { Route } from '../../lib/api-route'
import { PublicError } from '../../lib/errors'
import { parseDocumentId } from '../../lib/id'
import { type Access, resolveAccess } from '../access/resolve'
import { createAuthenticate, type Principal } from '../auth/authenticate'
import { sessionCookieName } from '../auth/cookies'
import { configuredIssuer } from '../auth/issuer'
import { digest } from '../auth/secret'
import { type Queryable, transaction } from '../db/open'
import { type Runtime, runtime } from '../runtime'
import { type Endpoint, type Hold, type HoldOf, type Prepared, RawAnswer } from './endpoint'
import { answerFailure } from './failure'
import { once } from './idempotency'
import { addressKey, failedCredentialCost, type RateLimiter } from './limit'
import { limitersOf } from './limiters'
import { isAllowedOrigin } from './origin'
import { parseBody, parseQuery } from './parse'

/** What Next calls: a function a method, with the parameters of the path. */
export type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[] | undefined>> },
) => Promise<Response>

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'

/**
 * The handlers of one path. Every request goes the same way: address limit -> credential -> origin -> who
 * -> person limit -> scope -> parse -> access -> command -> answer; whatever fails becomes the table's error.
 * Methods that no endpoint has answer 405.
 */
export function serve(...endpoints: readonly Endpoint[]): Record<Method, Handler> {
  const byMethod = new Map(endpoints.map((endpoint) => [routes[endpoint.name].method as Method, endpoint]))
  const get = byMethod.get('GET')
  if (get) byMethod.set('HEAD', get)
  const allow = [...byMethod.keys(), 'OPTIONS'].join(', ')
  const handler =
    (method: Method): Handler =>
    (request, context) =>
      guarded(request, { headers: { allow } }, async (around) => {
        const endpoint = byMethod.get(method)
        if (!endpoint) throw new PublicError('method_not_allowed')
        return answer(endpoint, request, await context.params, around)
      })
  return {
    GET: handler('GET'),
    HEAD: handler('HEAD'),
    POST: handler('POST'),
    PUT: handler('PUT'),
    PATCH: handler('PATCH'),
    DELETE: handler('DELETE'),
    OPTIONS: async () => new Response(null, { status: 204, headers: { allow } }),
  }
}

/** An address below the API that does not exist. */
export const unknownAddress: Handler = (request) =>
  guarded(request, {}, async () => {
    throw new PublicError('not_found', { sentence: 'The API has no such address. See /api/v1/openapi.json.' })
  })

interface Around {
  readonly requestId: string
  readonly runtime: Runtime
  /** The caller's bucket of the address limit. */
  readonly address: { key: string; limiter: RateLimiter }
}

/**
 * Runs a handler within the address limit, under a request id, with every failure answered and logged.
 *
 * @param options.cost in requests, for handlers that are dearer than one. Default 1.
 */
export async function guarded(
  request: Request,
  options: { cost?: number; headers?: Record<string, string> },
  run: (around: Around) => Promise<Response>,
): Promise<Response> {
  // The listener gives every request an id, and its answer too; only without one there is none yet.
  const given = request.headers.get('x-request-id')
  const requestId = given ?? randomUUID()
  const shared = runtime()
  const { log } = shared
  try {
    const address = { key: addressKey(request.headers), limiter: limitersOf(shared).perAddress }
    refuseAbove(address.limiter.take(address.key, options.cost))
    const response = await run({ requestId, runtime: shared, address })
    if (!given) response.headers.set('x-request-id', requestId)
    return response
  } catch (error) {
    const retry = error instanceof TooMany ? { 'retry-after': String(error.seconds) } : {}
    const allow = error instanceof PublicError && error.code === 'method_not_allowed' ? options.headers : {}
    const id = given ? {} : { 'x-request-id': requestId }
    return answerFailure(error, { requestId, log, headers: { ...id, ...retry, ...allow } })
  }
}

class TooMany extends PublicError {
  constructor(readonly seconds: number) {
    super('rate_limited')
  }
}

function refuseAbove(waitMs: number): void {
  if (waitMs > 0) throw new TooMany(Math.ceil(waitMs / 1_000))
}

async function answer(
  endpoint: Endpoint,
  request: Request,
  params: Record<string, string | string[] | undefined>,
  around: Around,
): Promise<Response> {
  const { runtime: shared } = around
  const { name } = endpoint
  const route: Route = routes[name]
  const beganAt = performance.now()
  const principal = endpoint.kind === 'open' ? null : await whoAsks(request, around, route.cost)
  if (principal && !scopeCovers(principal.scope, route.scope)) {
    throw new PublicError('forbidden', {
      sentence: `This token may not do that: it needs the scope "${route.scope}".`,
    })
  }
  const query = parseQuery(route, new URL(request.url))
  const { body, bytes } = await parseBody(route, request)
  const call = { params, query, body, request, runtime: shared, now: shared.now() }
  const result = await command(endpoint, call, principal, bytes)
  shared.log.info(
    {
      requestId: around.requestId,
      route: name,
      personId: principal?.personId,
      ms: Math.round(performance.now() - beganAt),
    },
    'A request was answered.',
  )
  return present(route, result)
}

/** Origin first: a browser that was led here by another site must not even renew its session. */
async function whoAsks(request: Request, around: Around, cost?: number): Promise<Principal> {
  const { config, pool, now } = around.runtime
  const authorization = request.headers.get('authorization') ?? undefined
  const cookie = request.headers.get('cookie') ?? undefined
  const cookieName = sessionCookieName(config.origin)
  const byCookie = authorization === undefined && cookie?.includes(`${cookieName}=`)
  const changes = request.method !== 'GET' && request.method !== 'HEAD'
  if (byCookie && changes && !isAllowedOrigin(config, request.headers.get('origin'))) {
    throw new PublicError('bad_origin')
  }
  const authenticate = createAuthenticate({ issuer: configuredIssuer(config), cookieName })
  const principal = await authenticate(pool, { authorization, cookie, now: now() })
  if (!principal) {
    if (authorization || byCookie) around.address.limiter.charge(around.address.key, failedCredentialCost)
    throw new PublicError('unauthenticated', authorization ? { sentence: badToken } : {})
  }
  refuseAbove(limitersOf(around.runtime).perPerson.take(principal.personId, cost))
  return principal
}

const badToken = 'This token opens nothing: it is unknown, expired or was taken back. Make a new one.'

type AnyCall = Parameters<Extract<Endpoint, { kind: 'open' }>['run']>[0]

async function command(
  endpoint: Endpoint,
  call: AnyCall,
  principal: Principal | null,
  bytes: Uint8Array,
): Promise<{ status: number; body: unknown }> {
  const { pool } = call.runtime
  const { status } = routes[endpoint.name]
  if (endpoint.kind === 'open') return { status, body: await endpoint.run(call) }
  if (!principal) throw new PublicError('unauthenticated')
  switch (endpoint.kind) {
    case 'self':
      return { status, body: await endpoint.run({ ...call, db: pool, principal }) }
    case 'read': {
      const access = await judge(pool, principal, endpoint, call.params)
      return { status, body: await endpoint.run({ ...call, db: pool, principal, access, prepared: null }) }
    }
    case 'change': {
      const { hold = 'alone', before } = endpoint.options ?? {}
      let prepared: Prepared<unknown> | undefined
      const run = async (db: Queryable) => {
        const access = await judge(db, principal, endpoint, call.params, { hold })
        const body = await endpoint.run({ ...call, db, principal, access, prepared: prepared?.value })
        return { status, body }
      }
      const route: Route = routes[endpoint.name]
      if (before || endpoint.prepare || route.creates) {
        // Judged beforehand too: a repeated call is answered from memory, to those alone who may still ask.
        const access = await judge(pool, principal, endpoint, call.params)
        await before?.({ db: pool, access, request: call.request })
        prepared = await endpoint.prepare?.({ ...call, db: pool, principal, access })
      }
      if (!route.creates) return transaction(pool, run)
      const key = call.request.headers.get('idempotency-key')
      const asked = prepared?.fingerprint ?? digest(bytes)
      const fingerprint = digest(`${JSON.stringify(call.params)} ${asked.toString('hex')}`)
      return once(
        { pool, personId: principal.personId, route: endpoint.name, key, fingerprint, now: call.now },
        run,
      )
    }
    case 'create': {
      const prepared: Prepared<unknown> | undefined = await endpoint.prepare?.({
        ...call,
        db: pool,
        principal,
      })
      const key = call.request.headers.get('idempotency-key')
      const fingerprint = prepared?.fingerprint ?? digest(bytes)
      return once(
        { pool, personId: principal.personId, route: endpoint.name, key, fingerprint, now: call.now },
        async (db) => ({
          status,
          body: await endpoint.run({ ...call, db, principal, prepared: prepared?.value }),
        }),
      )
    }
  }
}

/**
 * Access to the document of the path. With `hold`, its row is held until the transaction ends, so that what
 * was judged is still so when it is done.
 */
async function judge(
  db: Queryable,
  principal: Principal,
  endpoint: Extract<Endpoint, { kind: 'read' | 'change' }>,
  params: unknown,
  options: { hold?: Hold | HoldOf } = {},
): Promise<Access> {
  const id = String((params as { id?: unknown }).id)
  const { of } = endpoint.options ?? {}
  const documentId = of ? await of(db, id, principal.personId) : parseDocumentId(id)
  if (!documentId) throw new PublicError('not_found')
  // Whoever has no access holds nobody up: a lock on the row keeps commits of its text waiting.
  if (options.hold && !(await resolveAccess(db, principal, documentId))) throw new PublicError('not_found')
  if (options.hold) {
    const wanted = options.hold
    const hold = typeof wanted === 'function' ? await wanted(db, id) : wanted
    const lock = hold === 'alone' ? 'for update' : 'for share'
    await db.query(`select 1 from document where id = $1 ${lock}`, [documentId])
    // It became another matter meanwhile: a hold that others share cannot be made one's own without a deadlock.
    if (typeof wanted === 'function' && hold === 'shared' && (await wanted(db, id)) === 'alone') {
      throw new PublicError('conflict')
    }
  }
  const access = await resolveAccess(db, principal, documentId)
  if (!access) throw new PublicError('not_found')
  if (access.abilities.has(endpoint.ability)) return access
  if (endpoint.ability === 'restore' && access.role === 'owner' && access.phase !== 'binned') {
    throw new PublicError('conflict', {
      sentence: 'This document is not in the bin: there is nothing to restore.',
    })
  }
  if (access.phase === 'binned' && endpoint.ability === 'delete') {
    throw new PublicError('conflict', { sentence: 'This document is in the bin already.' })
  }
  if (access.phase === 'binned') {
    throw new PublicError('forbidden', { sentence: 'This document is in the bin. Restore it first.' })
  }
  if (endpoint.ability === 'write' && isLockedFor(access, principal)) {
    throw new PublicError('conflict', {
      sentence: 'The text of this document is read-only now, because of its status. Re-open it first.',
    })
  }
  throw new PublicError('forbidden')
}

/** True for whoever may write in it when it is open. */
const isLockedFor = ({ phase, role }: Access, { scope }: Principal): boolean =>
  phase === 'locked' && abilitiesOf({ role, scope, phase: 'open' }).has('write')

function present(route: Route, result: { status: number; body: unknown }): Response {
  const { status, body } = result
  if (body instanceof RawAnswer) {
    return new Response(body.body, { status: body.status, headers: { ...body.headers } })
  }
  const headers = { 'cache-control': 'no-store' }
  return status === 204 || route.status === 204
    ? new Response(null, { status: 204, headers })
    : Response.json(body, { status, headers })
}
