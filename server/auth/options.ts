import type { AuthOptions } from 'next-auth'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../../lib/time'
import type { Config } from '../config'
import { transaction } from '../db/open'
import { createAdapter, sessionOptions } from './adapter'
import { readClaims } from './claims'
import { authCookies } from './cookies'
import { builtInClient } from './identity-provider/client'
import { configuredIssuer } from './issuer'
import { type KnownPerson, upsertPerson } from './people'
import { newSecret } from './secret'

export interface AuthParts {
  readonly config: Pick<Config, 'origin' | 'oidc'>
  readonly pool: Pool
  readonly log: Logger
  readonly now: Clock
  readonly authSecret: string
}

type Claimed = Record<string, unknown>

/** Why nobody was signed in; `/sign-in?error=…` explains it. */
type Refusal = 'Issuer' | 'Claims' | 'Suspended'

/** Where the page is that starts a sign-in and explains one that failed (`?error=<code>`). */
export const signInPage = '/sign-in'

const timeoutMs = 10_000

/** Issuers are compared byte by byte, save for one slash at the end that people leave out. */
const sameIssuer = (one: string, other: string) => one.replace(/\/$/, '') === other.replace(/\/$/, '')

/**
 * next-auth's options for one request. They are made anew for each: what the provider vouches for must reach
 * the adapter of this request and of no other.
 *
 * @param present value of the session cookie that the browser showed, if any.
 */
export function authOptions(parts: AuthParts, present: string | null): AuthOptions {
  const { config, pool, log, now, authSecret } = parts
  const issuer = config.oidc?.issuer ?? `${config.origin}/oidc`
  const client = config.oidc ?? builtInClient(authSecret)
  let claimed: Claimed | null = null
  let refusal: Refusal | null = null
  let vouched: Promise<KnownPerson | null> | null = null

  /** Once per request, though next-auth asks twice. */
  async function signUp(subject: string): Promise<KnownPerson | null> {
    const claims = claimed && readClaims(claimed)
    if (!claimed || !claims || claims.subject !== subject) refusal = 'Claims'
    else if (!sameIssuer(String(claimed.iss), issuer)) refusal = 'Issuer'
    if (refusal || !claims) return null
    // Only the provider that comes with us may say who administers.
    const admin = !config.oidc && claimed?.workspace_role === 'admin'
    const person = await transaction(pool, (tx) =>
      upsertPerson(tx, { ...claims, issuer: configuredIssuer(config), admin }),
    )
    if (person.suspended) refusal = 'Suspended'
    return person.suspended ? null : person
  }

  return {
    secret: authSecret,
    useSecureCookies: config.origin.startsWith('https:'),
    cookies: authCookies(config.origin),
    session: { ...sessionOptions, generateSessionToken: newSecret },
    pages: { signIn: signInPage, signOut: signInPage, error: signInPage },
    adapter: createAdapter({
      pool,
      now,
      present,
      vouched: (subject) => {
        vouched ??= signUp(subject)
        return vouched
      },
    }),
    providers: [
      {
        id: 'company',
        name: config.oidc ? 'Company sign-in' : 'Built-in sign-in',
        type: 'oauth',
        wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        idToken: true,
        checks: ['pkce', 'state', 'nonce'],
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        httpOptions: { timeout: timeoutMs },
        authorization: {
          params: {
            scope: 'openid profile email',
            // The built-in provider always asks who is there: that is what it is for.
            ...(config.oidc ? {} : { prompt: 'login' }),
          },
        },
        // Providers that keep to the letter put only `sub` into the id token and the rest behind userinfo;
        // the client library refuses an answer about another subject.
        userinfo: {
          async request({ tokens, client: company }) {
            const claims = payloadOf(tokens.id_token)
            if (claims.name || !tokens.access_token || !company.issuer.metadata.userinfo_endpoint)
              return claims
            return { ...(await company.userinfo(tokens.access_token, { params: {} })), ...claims }
          },
        },
        profile(claims: Claimed) {
          claimed = claims
          return { id: String(claims.sub) }
        },
      },
    ],
    callbacks: {
      /** True for a person; else where to explain what is wrong. */
      signIn: ({ account }) => {
        if (!refusal && vouched) return true
        log.warn({ refusal, provider: account?.provider }, 'A sign-in was refused.')
        return `${config.origin}${signInPage}?error=${refusal ?? 'Claims'}`
      },
      /** Only to ourselves: anything else becomes the home page. */
      redirect: ({ url, baseUrl }) => {
        if (!URL.canParse(url, baseUrl)) return baseUrl
        const target = new URL(url, baseUrl)
        return target.origin === baseUrl ? target.href : baseUrl
      },
    },
    logger: {
      // Metadata may hold tokens and claims: only the name of what failed is written.
      error: (code, metadata) => log.warn({ code, reason: reasonOf(metadata) }, 'A sign-in failed.'),
      warn: (code) => log.debug({ code }, 'next-auth has a remark.'),
      debug: () => {},
    },
  }
}

/** Claims of an id token; the client library has checked its signature, issuer, audience and nonce before. */
function payloadOf(idToken: string | undefined): Claimed {
  const payload = idToken?.split('.')[1]
  if (!payload) throw new Error('The provider sent no id token.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claimed
}

/** The message of a client library names parameters and what it expected of them, never their values. */
function reasonOf(metadata: unknown): string | undefined {
  const error = metadata instanceof Error ? metadata : (metadata as { error?: unknown } | null)?.error
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : undefined
}
