import NextAuth from 'next-auth'
import { PublicError } from '../../lib/errors'
import { transaction } from '../db/open'
import { isAllowedOrigin } from '../http/origin'
import { createAuthenticate } from './authenticate'
import { authCookies, readCookie, readCookies, sessionCookieName } from './cookies'
import { configuredIssuer } from './issuer'
import { type AuthParts, authOptions } from './options'
import { endSession } from './session-store'

/** Fields of a sign-in form; none of them is long. */
const maxFormBytes = 16 * 1024

/** What next-auth may do here, by method. Its log, e-mail and update endpoints are not among it. */
const actions: Record<string, readonly string[]> = {
  GET: ['providers', 'csrf', 'session', 'signin', 'signout', 'callback', 'error'],
  POST: ['signin', 'signout'],
}

/**
 * Parameters of a sign-in's address that are heard. On POST, next-auth hands all of them on to the provider:
 * only what a page may ask of it goes through, never a scope or an address to come back to.
 */
const passedOn: Record<string, readonly string[]> = {
  GET: ['callbackUrl', 'error'],
  POST: ['prompt', 'login_hint'],
}

/**
 * Everything below `/api/auth`. next-auth is met through the request and answer of its API routes, which
 * need nothing of Next: the same code runs under Next and in plain Node.
 *
 * @param path what stands behind `/api/auth/`, by segment.
 * @throws PublicError for another method, an unknown address, a foreign origin, a form that is too large.
 */
export async function handleAuth(
  parts: AuthParts,
  request: Request,
  path: readonly string[],
): Promise<Response> {
  const { config, pool } = parts
  const [action = '', provider] = path
  if (!actions.GET?.includes(action) || path.length > 2) throw new PublicError('not_found')
  if (!actions[request.method]?.includes(action)) throw new PublicError('method_not_allowed')
  if (provider !== undefined && (provider !== 'company' || !['signin', 'callback'].includes(action))) {
    throw new PublicError('not_found')
  }
  if (request.method === 'POST' && !isAllowedOrigin(config, request.headers.get('origin'))) {
    throw new PublicError('bad_origin')
  }

  const cookieHeader = request.headers.get('cookie') ?? ''
  const present = readCookie(cookieHeader, sessionCookieName(config.origin))
  if (action === 'session') return currentSession(parts, cookieHeader)

  const query = Object.fromEntries(
    [...new URL(request.url).searchParams].filter(
      ([name]) => action !== 'signin' || passedOn[request.method]?.includes(name),
    ),
  )
  const answer = new Answer()
  await NextAuth(
    {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      cookies: readCookies(cookieHeader),
      query: { ...withSafeCallback(query, config.origin), nextauth: [...path] },
      body: withSafeCallback(await form(request), config.origin),
    } as unknown as Parameters<typeof NextAuth>[0],
    answer as unknown as Parameters<typeof NextAuth>[1],
    authOptions(parts, present),
  )

  if (action === 'signin' && present && answer.sets(authCookies(config.origin).state?.name)) {
    // A sign-in has begun, perhaps somebody else's: whoever was here is gone before the provider asks.
    await transaction(pool, (tx) => endSession(tx, present))
    answer.expire(authCookies(config.origin).sessionToken)
  }
  return answer.response()
}

/** Who is signed in, for next-auth's client; an unknown cookie is left for the sign-in to replace. */
async function currentSession({ config, pool, now }: AuthParts, cookie: string): Promise<Response> {
  const authenticate = createAuthenticate({
    issuer: configuredIssuer(config),
    cookieName: sessionCookieName(config.origin),
  })
  const principal = await authenticate(pool, { cookie, now: now() })
  return Response.json(
    principal && {
      user: { name: principal.person.name, image: principal.person.picture },
      expires: new Date(principal.expiresAt ?? now()).toISOString(),
    },
    { headers: { 'cache-control': 'private, no-store' } },
  )
}

/** A form or a JSON object of strings, as next-auth's client and a plain form send it. */
async function form(request: Request): Promise<Record<string, string>> {
  if (request.method !== 'POST') return {}
  const text = await limitedText(request)
  const type = request.headers.get('content-type') ?? ''
  if (!type.includes('application/json')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const fields: unknown = JSON.parse(text)
    return Object.fromEntries(
      Object.entries(fields ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    throw new PublicError('invalid')
  }
}

async function limitedText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > maxFormBytes) throw new PublicError('too_large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** next-auth answers 500 to an address that is none; such a one is dropped, and the home page is next. */
function withSafeCallback<Fields extends Record<string, string>>(fields: Fields, origin: string): Fields {
  const { callbackUrl } = fields
  if (callbackUrl === undefined) return fields
  const target = URL.canParse(callbackUrl, origin) ? new URL(callbackUrl, origin) : null
  return { ...fields, callbackUrl: target?.origin === new URL(origin).origin ? target.href : origin }
}

/** Collects what next-auth says to an API route's response. */
class Answer {
  #status = 200
  #body: string | null = null
  readonly #headers = new Headers({ 'cache-control': 'private, no-store' })
  #cookies: string[] = []

  status(code: number): this {
    this.#status = code
    return this
  }
  getHeader(name: string): string[] | string | null {
    return name.toLowerCase() === 'set-cookie' ? this.#cookies : this.#headers.get(name)
  }
  setHeader(name: string, value: string | string[]): this {
    if (name.toLowerCase() === 'set-cookie') this.#cookies = [value].flat()
    else this.#headers.set(name, [value].flat().join(', '))
    return this
  }
  json(value: unknown): void {
    this.#headers.set('content-type', 'application/json')
    this.#body = JSON.stringify(value)
  }
  send(value: unknown): void {
    if (typeof value === 'string') this.#body = value
    else if (value !== undefined) this.json(value)
  }
  end(): void {}

  /** True when a cookie of this name is being set to a value. */
  sets(name: string | undefined): boolean {
    return this.#cookies.some((cookie) => cookie.startsWith(`${name}=`) && !cookie.startsWith(`${name}=;`))
  }
  expire(cookie: { name: string; options: { secure?: boolean } } | undefined): void {
    if (!cookie) return
    const secure = cookie.options.secure ? '; Secure' : ''
    this.#cookies.push(`${cookie.name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${secure}`)
  }
  response(): Response {
    for (const cookie of this.#cookies) this.#headers.append('set-cookie', cookie)
    return new Response(this.#body, { status: this.#status, headers: this.#headers })
  }
}
