'use client'

/** Where next-auth answers. */
const base = '/api/auth'

async function post(path: string, fields: Record<string, string>): Promise<string> {
  const token: unknown = await fetch(`${base}/csrf`, { cache: 'no-store' }).then((answer) => answer.json())
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, ...(token as { csrfToken: string }), json: 'true' }),
  })
  const { url } = (await response.json()) as { url?: string }
  if (!url) throw new Error(`${path} answered without an address`)
  return url
}

/**
 * Begins the code flow with the company's provider and leaves this page.
 *
 * @param to path on this site to end on.
 * @param hint who wants to sign in, as OpenID Connect's `login_hint`; the provider may ignore it.
 * @throws when the server does not answer.
 */
export async function beginSignIn(to: string, hint?: string): Promise<void> {
  const query = hint ? `?${new URLSearchParams({ login_hint: hint })}` : ''
  window.location.assign(
    await post(`/signin/company${query}`, { callbackUrl: new URL(to, location.href).href }),
  )
}

/** Ends the session on this device and goes to the sign-in page. */
export async function signOut(): Promise<void> {
  await post('/signout', { callbackUrl: new URL('/sign-in', location.href).href })
  window.location.assign('/sign-in')
}
