/**
 * Whether a failed commit may succeed when it is tried again as it is.
 *
 * `data`: these bytes will never be stored: PostgreSQL's classes 22 (data exception), 23 (integrity) and 54
 * (program limit exceeded). Everything else is `connection`: the database is away, starting, full (53),
 * read-only after a failover (25006), in a deadlock (40P01), or answers in a way that we do not know; keeping
 * text that is not stored yet is right in all of them, and setting it aside would not be.
 *
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export type CommitFailure = 'data' | 'connection'

export function commitFailureOf(error: unknown): CommitFailure {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^(22|23|54)[0-9A-Z]{3}$/.test(code) ? 'data' : 'connection'
}
