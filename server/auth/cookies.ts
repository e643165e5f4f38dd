import type { AuthOptions } from 'next-auth'

/**
 * What the names of our cookies end in. Cookies ignore ports, so two installations on plain localhost would
 * sign each other out: there the name carries the port. It is padded to five digits because next-auth reads
 * every cookie whose name *begins* with the session's (`…-440` would swallow `…-4400`).
 */
function suffix(origin: URL): string {
  if (origin.protocol === 'https:' || origin.hostname !== 'localhost') return ''
  return `-${(origin.port || '80').padStart(5, '0')}`
}

const isSecure = (origin: URL) => origin.protocol === 'https:'

/** Name of the session's cookie for an installation at `origin`. */
export function sessionCookieName(origin: string): string {
  const url = new URL(origin)
  return `${isSecure(url) ? '__Secure-' : ''}next-auth.session-token${suffix(url)}`
}

/** Every cookie that next-auth sets: `HttpOnly`, `SameSite=Lax`, and `Secure` behind https. */
export function authCookies(origin: string): NonNullable<AuthOptions['cookies']> {
  const url = new URL(origin)
  const secure = isSecure(url)
  const cookie = (name: string, prefix: string, maxAgeSeconds?: number) => ({
    name: `${secure ? prefix : ''}next-auth.${name}${suffix(url)}`,
    options: {
      httpOnly: true,
      sameSite: 'lax' as const,
      path: '/',
      secure,
      ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
    },
  })
  const roundTripSeconds = 15 * 60
  return {
    sessionToken: cookie('session-token', '__Secure-'),
    callbackUrl: cookie('callback-url', '__Secure-'),
    csrfToken: cookie('csrf-token', '__Host-'),
    pkceCodeVerifier: cookie('pkce.code_verifier', '__Secure-', roundTripSeconds),
    state: cookie('state', '__Secure-', roundTripSeconds),
    nonce: cookie('nonce', '__Secure-', roundTripSeconds),
  }
}

/** The value of one cookie in a `Cookie` header; the first, when there are several (RFC 6265, 5.4). */
export function readCookie(header: string, name: string): string | null {
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim()
  }
  return null
}

/** All cookies of a `Cookie` header, percent-decoded where that is possible. */
export function readCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = Object.create(null)
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at <= 0) continue
    const name = part.slice(0, at).trim()
    const value = part.slice(at + 1).trim()
    if (name in cookies) continue
    try {
      cookies[name] = decodeURIComponent(value)
    } catch {
      cookies[name] = value
    }
  }
  return cookies
}
