import { redirect } from 'next/navigation'
import type { Principal } from '../../server/auth/authenticate'
import { pagePrincipal } from '../../server/auth/session'

/**
 * Who is looking at this page; nobody is sent to the sign-in page and comes back.
 *
 * @param to path and query of this page. A layout is not told it, so each page asks for itself.
 */
export async function signedIn(to: string): Promise<Principal> {
  const principal = await pagePrincipal()
  if (!principal) redirect(to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`)
  return principal
}
