import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import Provider, { type JWK } from 'oidc-provider'
import { freePort } from '../support/free-port'
import type { Company } from './site'

export interface CompanyProvider extends Company {
  /** Who signs in next, without being asked: the company's own session, as it were. */
  who: { sub: string; [claim: string]: unknown }
  close(): Promise<void>
}

/**
 * A company's own provider: another issuer, its own keys and client, and, as the specification has it, only
 * `sub` in the id token where `strict`. Below `/alias` it is found under an address that is not its issuer.
 */
export async function openCompany(
  redirectOrigin: string,
  options: { strict?: boolean } = {},
): Promise<CompanyProvider> {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const registered = { clientId: 'rationale-at-work', clientSecret: 'a client secret of this test' }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: registered.clientId,
        client_secret: registered.clientSecret,
        redirect_uris: [`${redirectOrigin}/api/auth/callback/company`],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as JWK] },
    cookies: { keys: ['a key of this test'] },
    conformIdTokenClaims: options.strict ?? false,
    claims: { openid: ['sub'], profile: ['name', 'picture', 'workspace_role'], email: ['email'] },
    interactions: { url: (_ctx, interaction) => `/in/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
    findAccount: async (_ctx, sub) => ({ accountId: sub, claims: async () => company.who }),
    async loadExistingGrant(ctx) {
      const { session, client } = ctx.oidc
      if (!session?.accountId || !client) return undefined
      const grant = new ctx.oidc.provider.Grant({ accountId: session.accountId, clientId: client.clientId })
      grant.addOIDCScope('openid profile email')
      await grant.save()
      return grant
    },
  })
  const handle = provider.callback()
  const server: Server = createServer((req, res) => {
    req.url = req.url?.replace(/^\/alias/, '')
    if (req.url?.startsWith('/in/')) {
      void provider.interactionFinished(req, res, { login: { accountId: company.who.sub, remember: false } })
    } else void handle(req, res)
  })
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve))
  const company: CompanyProvider = {
    issuer,
    ...registered,
    who: { sub: 'ada', name: 'Ada at work', email: 'ada@company.example' },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return company
}
