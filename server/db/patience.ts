import type { Logger } from 'pino'
import { StartRefused } from '../start-refused'
import { pause } from './pause'

/**
 * True when the database itself is the trouble (not there, starting, full, refusing us) rather than what we
 * asked of it: then the same request may succeed later. SQLSTATE classes: PostgreSQL's appendix A.
 */
export function isDatabaseAway(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  // The driver's own failures (timeouts, "Connection terminated") have no code; the system's are words.
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return true
  return /^(08|28|3D|53|57P)/.test(code)
}

/**
 * Repeats `attempt` until the database lets it succeed, and says so once for each kind of failure.
 *
 * @param options.ended asked between attempts; true ends the waiting with a rejection.
 * @throws whatever has nothing to do with the database being away.
 */
export async function untilDatabaseAnswers<T>(
  attempt: () => Promise<T>,
  options: { log: Logger; where: string; ended: () => boolean },
): Promise<T> {
  let said: string | undefined
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 2_000)) {
    try {
      const result = await attempt()
      if (said) options.log.warn('The database answers again.')
      return result
    } catch (error) {
      if (error instanceof StartRefused || options.ended()) throw error
      if (!isDatabaseAway(error)) throw refusal(error)
      const why = (error as { code?: string }).code ?? (error as Error).message
      if (why !== said) {
        options.log.error(
          { reason: why },
          `The database ${options.where} does not answer. Start it, or correct DATABASE_URL; trying again until it does.`,
        )
      }
      said = why
    }
    await pause(waitMs)
  }
}

const refusal = (error: unknown): StartRefused =>
  new StartRefused(
    `The database refused what Rationale needs (${(error as { code?: string }).code}: ${(error as Error).message}). Its user must own the database and may need rights in the schema public.`,
    { cause: error },
  )

/** Host and port of a connection URL, for sentences: never its password. */
export function placeOf(databaseUrl: string | null): string {
  if (databaseUrl === null) return 'that comes with Rationale'
  const { hostname, port } = new URL(databaseUrl)
  return `at ${hostname || 'its unix socket'}${port ? `:${port}` : ''}`
}
