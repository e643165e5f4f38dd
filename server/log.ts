import pino, { type Logger } from 'pino'

/** Paths whose values never reach the log, wherever an object is logged by mistake. */
const secret = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'ticket',
  'authSecret',
  'clientSecret',
]

/**
 * The operator's log: one JSON object a line on standard error; in a terminal, a line to be read.
 *
 * What goes in: what happened, codes, ids, counts, times. Never what people wrote, never a credential.
 * Errors are reduced to type, code, message and stack: a database error carries the failing row in `detail`.
 */
export function createLog(options: { level: string | null; terminal: boolean }): Logger {
  const level = options.level ?? (options.terminal ? 'warn' : 'info')
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secret, ...secret.map((name) => `*.${name}`)], censor: '[redacted]' },
      serializers: { err: describeError },
    },
    // Synchronous: a line must be out before the process ends.
    options.terminal
      ? { write: (line: string) => void process.stderr.write(readable(line)) }
      : pino.destination({ dest: 2, sync: true }),
  )
}

export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error }
  const { code, detail } = error as { code?: unknown; detail?: unknown }
  const coded = typeof code === 'string' ? { code } : {}
  // PostgreSQL's data exceptions (class 22) quote the value that they complain about.
  if (typeof code === 'string' && /^22\w{3}$/.test(code)) return { type: error.name, ...coded }
  return {
    type: error.name,
    message: error.message,
    ...coded,
    // Ours is written for the log; PostgreSQL's holds values.
    ...(error.name === 'PublicError' && typeof detail === 'string' ? { detail } : {}),
    stack: error.stack,
  }
}

function readable(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>
  const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
  const stack = err ? `\n${(err as { stack?: string }).stack ?? JSON.stringify(err)}` : ''
  return `${String(time).slice(11, 19)} ${String(level)}: ${String(msg)}${more}${stack}\n`
}
