import type { IncomingMessage } from 'node:http'
import type { Config } from '../config'

/** What to do with a request, judged by how it was addressed. */
export type HostVerdict =
  | { readonly is: 'ours' }
  /** 421: addressed to somebody else, or through a proxy that nobody told us about. */
  | { readonly is: 'wrong' }
  /** Another name of ours for a page: cookies live under one name only. */
  | { readonly is: 'elsewhere'; readonly location: string }

const forwarding = /^(forwarded|x-forwarded-.+|x-real-ip)$/
const notPages = /^\/(api|oidc|collab|_next|healthz|readyz|metrics)(\/|$|\?)/

/**
 * Without PUBLIC_URL we serve this machine alone. A page of another site can make its own name point to
 * loopback (DNS rebinding) and would then be let in with the visitor's cookies' help; a proxy would open the
 * built-in sign-in to the world. Both show in the headers, and are refused. With PUBLIC_URL our addresses are
 * made from it alone, so that the host header decides nothing and any is taken.
 */
export function judgeHost(
  request: Pick<IncomingMessage, 'headers' | 'method' | 'url'>,
  config: Pick<Config, 'publicUrl' | 'port' | 'origin'>,
): HostVerdict {
  if (config.publicUrl !== null) return { is: 'ours' }
  const { headers } = request
  if (Object.keys(headers).some((name) => forwarding.test(name))) return { is: 'wrong' }
  const named = (headers.host ?? '').toLowerCase()
  const known = ['localhost', '127.0.0.1', '[::1]'].find(
    (name) => named === `${name}:${config.port}` || (config.port === 80 && named === name),
  )
  if (!known) return { is: 'wrong' }
  const url = request.url ?? '/'
  if (known !== 'localhost' && request.method === 'GET' && isNavigation(headers) && !notPages.test(url)) {
    return { is: 'elsewhere', location: `${config.origin}${url}` }
  }
  return { is: 'ours' }
}

/** A person's browser going to a page, as far as it says so. */
export function isNavigation(headers: IncomingMessage['headers']): boolean {
  const mode = headers['sec-fetch-mode']
  return mode ? mode === 'navigate' : (headers.accept ?? '').includes('text/html')
}

/**
 * The address of the client: the connection's, or with TRUST_PROXY the entry of X-Forwarded-For that the
 * outermost of our own proxies wrote. Entries before it are whatever the client pleased to send.
 */
export function clientAddress(
  request: { headers: IncomingMessage['headers']; socket: { remoteAddress?: string | undefined } },
  config: Pick<Config, 'trustProxy'>,
): string {
  const direct = request.socket.remoteAddress ?? ''
  if (config.trustProxy === 0) return direct
  const told = [request.headers['x-forwarded-for'] ?? []].flat().join(',')
  const entries = told.split(',').map((entry) => entry.trim())
  return entries.at(-config.trustProxy) || direct
}

/** True for a connection from this machine. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address)
