import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { digest } from '../auth/secret'
import type { Config } from '../config'
import type { Metrics } from '../metrics'
import { clientAddress, isLoopbackAddress } from './host'
import { refuse } from './refuse'

/** What `/readyz` says; `database` and `migrations` both `ok` mean 200. */
export interface Readiness {
  readonly database: string
  /** `ok`, `not configured`, or `degraded`: this node goes on alone, and is as ready as it was. */
  readonly redis: string
  readonly migrations: string
}

export interface HealthParts {
  readonly config: Pick<Config, 'metricsToken' | 'publicUrl' | 'trustProxy'>
  readonly metrics: Metrics
  /** Asked at each call; answers within a second or so. */
  readiness(): Promise<Readiness>
}

/** Answers `/healthz`, `/readyz` and `/metrics`; false: the request is for somebody else. */
export async function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  parts: HealthParts,
  requestId: string,
): Promise<boolean> {
  const path = (request.url ?? '').split('?')[0]
  if (path !== '/healthz' && path !== '/readyz' && path !== '/metrics') return false
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 'method_not_allowed', { requestId })
  } else if (path === '/healthz') {
    json(response, 200, { status: 'ok' })
  } else if (path === '/readyz') {
    const readiness = await parts.readiness()
    const ready = readiness.database === 'ok' && readiness.migrations === 'ok'
    json(response, ready ? 200 : 503, readiness)
  } else if (mayReadMetrics(request, parts.config)) {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    response.setHeader('cache-control', 'no-store')
    response.end(parts.metrics.text())
  } else {
    refuse(response, 'unauthenticated', {
      requestId,
      sentence: 'Metrics are read with METRICS_TOKEN, as Authorization: Bearer.',
    })
  }
  return true
}

/** From this machine while nobody else can reach us; else with the token, compared in constant time. */
function mayReadMetrics(request: IncomingMessage, config: HealthParts['config']): boolean {
  if (config.publicUrl === null && isLoopbackAddress(clientAddress(request, config))) return true
  if (config.metricsToken === null) return false
  const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(shown), digest(config.metricsToken))
}

function json(response: ServerResponse, status: number, body: object): void {
  response.statusCode = status
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.end(`${JSON.stringify(body)}\n`)
}
