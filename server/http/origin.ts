import type { Config } from '../config'

type Where = Pick<Config, 'origin'>

/** Loopback by its three names: without a `PUBLIC_URL`, people may have typed any of them. */
const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * True when a state-changing request or a socket comes from a page of this installation. Browsers name the
 * origin of every such request; one that names none was not made by our pages.
 */
export function isAllowedOrigin(config: Where, origin: string | null | undefined): boolean {
  if (!origin) return false
  if (origin === config.origin) return true
  const own = new URL(config.origin)
  if (own.hostname !== 'localhost') return false
  const port = own.port ? `:${own.port}` : ''
  return loopback.some((host) => origin === `${own.protocol}//${host}${port}`)
}
