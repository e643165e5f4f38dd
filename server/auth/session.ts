import { cookies } from 'next/headers'
import { cache } from 'react'
import { runtime } from '../runtime'
import { createAuthenticate, type Principal } from './authenticate'
import { sessionCookieName } from './cookies'
import { configuredIssuer } from './issuer'

/** Who is looking at the page that is being made; null: nobody is signed in. Asked once per request. */
export const pagePrincipal = cache(async (): Promise<Principal | null> => {
  const { config, pool, now } = runtime()
  const name = sessionCookieName(config.origin)
  const value = (await cookies()).get(name)?.value
  if (!value) return null
  const authenticate = createAuthenticate({ issuer: configuredIssuer(config), cookieName: name })
  return authenticate(pool, { cookie: `${name}=${value}`, now: now() })
})
