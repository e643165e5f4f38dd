import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Clock } from '../lib/time'
import type { Config } from './config'
import type { RateLimits } from './http/limit'
import type { LiveBus } from './live/subscribe'
import type { WorkerPlace } from './worker/worker-place'

/**
 * What one process shares between the custom server and Next's route handlers. Next bundles its own copy of
 * every module (next.js issues 54782, 65350), so module-level state would exist twice; this handle hangs on
 * `globalThis` under one registered symbol, and both copies find the same one.
 */
export interface Runtime {
  readonly config: Config
  readonly pool: Pool
  readonly log: Logger
  readonly live: LiveBus
  /** Milliseconds since the epoch; tests drive it. */
  readonly now: Clock
  /** Signs cookies and state; made once and kept in the database unless given. */
  readonly authSecret: string
  /** What `importInWorker` has to be given. */
  readonly importWorker: WorkerPlace
  /** How much the API takes. Default: `defaultLimits` of http/limit.ts. */
  readonly limits?: RateLimits
}

const key = Symbol.for('rationale.runtime')
type Holder = { [key]?: Runtime }

/** Called once by `compose.ts`. */
export function setRuntime(runtime: Runtime): void {
  ;(globalThis as Holder)[key] = runtime
}

/** @throws Error when nothing was composed: a route ran outside the server. */
export function runtime(): Runtime {
  const found = (globalThis as Holder)[key]
  if (!found) throw new Error('The server has not been composed: start it with npm start.')
  return found
}
