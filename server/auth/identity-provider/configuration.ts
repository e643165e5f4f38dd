import type { JsonWebKey } from 'node:crypto'
import type { Configuration, JWK } from 'oidc-provider'
import { findBuiltInPerson } from './built-in-people'
import { failurePage, pageHeaders } from './page'
import { memoryStorage } from './storage'

/** Lifetimes in seconds. A sign-in is over within seconds; nothing of it is needed afterwards. */
const seconds = { interaction: 600, code: 60, token: 300, grant: 600, session: 600 }

/** The port is in the names since cookies ignore ports; padded, so that no name begins another. */
export function providerCookies(port: string) {
  const suffix = (port || '80').padStart(5, '0')
  return {
    session: `rationale-oidc-session-${suffix}`,
    interaction: `rationale-oidc-interaction-${suffix}`,
    resume: `rationale-oidc-resume-${suffix}`,
  }
}

export function providerConfiguration(input: {
  client: { clientId: string; clientSecret: string }
  redirectUri: string
  signingKey: JsonWebKey
  cookieNames: ReturnType<typeof providerCookies>
  cookieKey: string
  interactionPath: (uid: string) => string
}): Configuration {
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true } as const
  return {
    adapter: memoryStorage(),
    clients: [
      {
        client_id: input.client.clientId,
        client_secret: input.client.clientSecret,
        redirect_uris: [input.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [{ ...input.signingKey, use: 'sig', alg: 'RS256', kid: 'built-in' } as JWK] },
    cookies: {
      names: input.cookieNames,
      keys: [input.cookieKey],
      long: { ...cookie, path: '/oidc' },
      short: cookie,
    },
    // next-auth reads the id token alone.
    conformIdTokenClaims: false,
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username', 'workspace_role'],
      email: ['email', 'email_verified'],
    },
    scopes: ['openid'],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    async findAccount(_ctx, subject) {
      const person = findBuiltInPerson(subject)
      if (!person) return undefined
      return {
        accountId: subject,
        claims: async () => ({
          sub: subject,
          name: person.name,
          preferred_username: subject,
          email: person.email,
          email_verified: true,
          workspace_role: person.admin ? 'admin' : 'member',
        }),
      }
    },
    interactions: { url: (_ctx, interaction) => input.interactionPath(interaction.uid) },
    // Nobody is asked whether Rationale may know who they are: there is no other client.
    async loadExistingGrant(ctx) {
      const { oidc } = ctx
      const accountId = oidc.session?.accountId
      if (!oidc.client || !accountId) return undefined
      const grant = new oidc.provider.Grant({ accountId, clientId: oidc.client.clientId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: seconds.token,
      AuthorizationCode: seconds.code,
      Grant: seconds.grant,
      IdToken: seconds.token,
      Interaction: seconds.interaction,
      Session: seconds.session,
    },
    // What the provider says of its own state is for the log; people get a way out.
    renderError(ctx) {
      for (const [name, value] of Object.entries(pageHeaders)) ctx.set(name, value)
      ctx.body = failurePage('The sign-in could not go on: it has expired, or was not begun by Rationale.')
    },
  }
}
