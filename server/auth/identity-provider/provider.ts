import { createHmac, generateKeyPair, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import type Provider from 'oidc-provider'
import type { Logger } from 'pino'
import { builtInPeople, findBuiltInPerson } from './built-in-people'
import { builtInClient } from './client'
import { providerConfiguration, providerCookies } from './configuration'
import { choicePage, failurePage, pageHeaders } from './page'

export interface IdentityProvider {
  readonly issuer: string
  /** Answers every request below `/oidc`. */
  handle(req: IncomingMessage, res: ServerResponse): void
}

export interface IdentityProviderOptions {
  /** What people type, without a path: `http://localhost:3000`. */
  readonly origin: string
  readonly log: Logger
  /** The installation's secret; Rationale's own client secret follows from it. */
  readonly authSecret: string
}

/** Where it is mounted; its issuer is the origin and this. */
export const mountPath = '/oidc'

const maxFormBytes = 4_096
const expired = 'This sign-in was begun too long ago, or in another window.'

/**
 * The provider that comes with Rationale, for trying it out: five people, one click, the whole OpenID Connect
 * code flow. Keys, sessions and codes are made with the process and die with it. It never remembers who was
 * there: each sign-in asks anew.
 *
 * @throws Error for any origin but plain localhost: whoever reaches it may be anyone of the five.
 */
export function createIdentityProvider(options: IdentityProviderOptions): IdentityProvider {
  const { origin, log } = options
  const url = new URL(origin)
  if (url.hostname !== 'localhost' || url.protocol !== 'http:') {
    throw new Error('The built-in identity provider runs on http://localhost alone. Set OIDC_ISSUER.')
  }
  const issuer = origin + mountPath
  const csrfKey = randomBytes(32)
  const cookieNames = providerCookies(url.port)
  const csrfOf = (uid: string) => createHmac('sha256', csrfKey).update(uid).digest()
  const provider = start()
  // A failure is answered by `handle`, for as long as it lasts.
  provider.catch((error: Error) => log.error({ err: error }, 'The built-in identity provider cannot start.'))

  async function start(): Promise<Provider> {
    const { default: OidcProvider } = await load(log)
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 })
    const made = new OidcProvider(
      issuer,
      providerConfiguration({
        client: builtInClient(options.authSecret),
        redirectUri: `${origin}/api/auth/callback/company`,
        signingKey: privateKey.export({ format: 'jwk' }),
        cookieNames,
        cookieKey: randomBytes(32).toString('base64url'),
        interactionPath: (uid) => `${mountPath}/interaction/${uid}`,
      }),
    )
    made.on('server_error', (_ctx, error) =>
      log.error({ err: error }, 'The built-in identity provider failed.'),
    )
    return made
  }

  function say(res: ServerResponse, status: number, html: string): void {
    res.writeHead(status, { ...pageHeaders, 'content-length': Buffer.byteLength(html) }).end(html)
  }

  async function ask(op: Provider, req: IncomingMessage, res: ServerResponse, uid: string): Promise<void> {
    const interaction = await op.interactionDetails(req, res).catch(() => null)
    // The cookie must be the one of this page's sign-in, not of one begun in another window since.
    if (interaction?.uid !== uid) return say(res, 400, failurePage(expired))
    const token = csrfOf(uid)
    if (req.method !== 'POST') {
      // Our sign-in page has the same names: who was chosen there is not asked again. That choice came with
      // next-auth's own token against forged clicks, without whose cookies this flow ends nowhere.
      const hinted = findBuiltInPerson(String(interaction.params.login_hint ?? ''))
      if (hinted) return finish(op, req, res, hinted.subject)
      const action = `${mountPath}/interaction/${uid}`
      return say(res, 200, choicePage({ action, csrf: token.toString('base64url'), people: builtInPeople }))
    }
    const form = await readForm(req)
    const given = Buffer.from(form?.get('csrf') ?? '', 'base64url')
    const foreign = req.headers.origin !== undefined && req.headers.origin !== origin
    if (foreign || given.length !== token.length || !timingSafeEqual(given, token)) {
      return say(res, 403, failurePage('That click did not come from our page.'))
    }
    const person = findBuiltInPerson(form?.get('subject') ?? '')
    if (!person) return say(res, 400, failurePage('There is nobody of that name here.'))
    return finish(op, req, res, person.subject)
  }

  const finish = (op: Provider, req: IncomingMessage, res: ServerResponse, subject: string) =>
    op.interactionFinished(req, res, { login: { accountId: subject, remember: false } })

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const op = await provider
    const original = req.url ?? '/'
    // oidc-provider finds its mount point by comparing the two.
    Object.assign(req, { originalUrl: original })
    req.url = original.slice(mountPath.length) || '/'
    const path = req.url.split('?', 1)[0] ?? '/'
    const uid = /^\/interaction\/([A-Za-z0-9_-]{1,64})$/.exec(path)?.[1]
    if (uid && (req.method === 'GET' || req.method === 'POST')) return ask(op, req, res, uid)
    // Its own session is never looked at: a person who comes back is asked who they are.
    if (path.startsWith('/auth')) forgetCookie(req, cookieNames.session)
    await op.callback()(req, res)
  }

  return {
    issuer,
    handle(req, res) {
      route(req, res).catch((error: Error) => {
        log.error({ err: error }, 'The built-in identity provider failed.')
        if (!res.headersSent) say(res, 500, failurePage('The built-in sign-in failed. Try again.'))
        else res.destroy()
      })
    },
  }
}

/** Loaded only where it is used. On Node 20 it tells the console that it would rather run on a newer one. */
async function load(log: Logger): Promise<typeof import('oidc-provider')> {
  const { warn } = console
  console.warn = (...said: unknown[]) => log.debug({ said: said.map(String) }, 'oidc-provider has a remark.')
  try {
    return await import('oidc-provider')
  } finally {
    console.warn = warn
  }
}

function forgetCookie(req: IncomingMessage, name: string): void {
  const kept = req.headers.cookie?.split(/; */).filter((part) => !part.startsWith(name))
  if (kept) req.headers.cookie = kept.join('; ')
}

/** Null when it is larger than a form of ours can be. */
async function readForm(req: IncomingMessage): Promise<URLSearchParams | null> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxFormBytes) return null
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'))
}
