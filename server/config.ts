import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Scope, scopes } from '../lib/access'
import { StartRefused } from './start-refused'

/**
 * Everything that can be configured: one table, from which the environment is parsed and `--help` is made.
 * A value that is missing or wrong is told together with all others, each with what to do.
 */
interface Setting<T> {
  readonly env: string
  /** The same as an argument of `npm start --`. */
  readonly flag?: string
  /** What it does, as a sentence. */
  readonly about: string
  /** What the value is: its unit or form. */
  readonly unit: string
  /** As shown; the value itself is what `parse` makes of an absent one. */
  readonly byDefault: string
  readonly example: string
  readonly parse: z.ZodType<T>
}

const setting = <T>(value: Setting<T>): Setting<T> => value

/** Absent is what is given here; an empty variable counts as absent. */
const optional = <T>(parse: z.ZodType<T>) => parse.nullable().default(null)
const text = (what: string) => z.string({ error: what })

const port = text('give a number from 1 to 65535')
  .regex(/^\d{1,5}$/, 'give a number from 1 to 65535')
  .transform(Number)
  .pipe(z.number().min(1, 'give a number from 1 to 65535').max(65_535, 'give a number from 1 to 65535'))

const address = (protocols: RegExp, what: string) =>
  text(what).refine((value) => URL.canParse(value) && protocols.test(new URL(value).protocol), what)

const publicUrl = address(/^https?:$/, 'give an address such as https://design.example.com')
  .refine(
    (value) => new URL(value).pathname === '/',
    'give it without a path: Rationale needs a host of its own',
  )
  .transform((value) => new URL(value).origin)

export const settings = {
  port: setting({
    env: 'PORT',
    flag: '--port',
    about: 'Where it listens.',
    unit: 'TCP port',
    byDefault: '3000',
    example: '4000',
    parse: port.default(3000),
  }),
  host: setting({
    env: 'HOST',
    about: 'On which address it listens. Beyond loopback it needs PUBLIC_URL and OIDC_ISSUER.',
    unit: 'IP address or host name',
    byDefault: 'loopback (127.0.0.1 and ::1)',
    example: '0.0.0.0',
    parse: optional(z.string()),
  }),
  dataDir: setting({
    env: 'DATA_DIR',
    flag: '--data',
    about: 'Folder of the embedded database, the lock and the process id. Made when it is missing.',
    unit: 'path',
    byDefault: './data',
    example: '/var/lib/rationale',
    parse: z.string().default('data'),
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    about: 'A PostgreSQL (15 or later) to use instead of the embedded one.',
    unit: 'URL',
    byDefault: 'the embedded PostgreSQL',
    example: 'postgresql://rationale:secret@db.example.com:5432/rationale',
    parse: optional(
      address(/^postgres(ql)?:$/, 'give an address such as postgresql://user:password@host:5432/rationale'),
    ),
  }),
  redisUrl: setting({
    env: 'REDIS_URL',
    about:
      'A Redis (6.2 or later) over which several nodes serve one installation; all of them name the same one, and no other installation does. Needs DATABASE_URL. Whoever can write there can write to what people see: protect it like the database.',
    unit: 'URL',
    byDefault: 'none: one node',
    example: 'redis://cache.example.com:6379',
    parse: optional(address(/^rediss?:$/, 'give an address such as redis://cache.example.com:6379')),
  }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    about: 'The address that people type, when a proxy stands before Rationale. Needs OIDC_ISSUER.',
    unit: 'URL without a path',
    byDefault: 'http://localhost:PORT, from this machine only',
    example: 'https://design.example.com',
    parse: optional(publicUrl),
  }),
  trustProxy: setting({
    env: 'TRUST_PROXY',
    about:
      'How many proxies stand before Rationale: client addresses are taken from X-Forwarded-For, so many entries from its end.',
    unit: 'number of proxies, 0 to 10',
    byDefault: '0: addresses of connections count, headers do not',
    example: '1',
    parse: text('give a number from 0 to 10')
      .regex(/^(\d|10)$/, 'give a number from 0 to 10')
      .transform(Number)
      .default(0),
  }),
  authSecret: setting({
    env: 'AUTH_SECRET',
    about: 'Signs cookies and state.',
    unit: 'text, 32 characters or more',
    byDefault: 'made once and kept in the database',
    example: '$(openssl rand -base64 33)',
    parse: optional(z.string().min(32, 'give 32 characters or more: openssl rand -base64 33')),
  }),
  oidcIssuer: setting({
    env: 'OIDC_ISSUER',
    about:
      'Your company’s OpenID Connect provider. The built-in one is then gone, with its people’s sessions and tokens.',
    unit: 'URL',
    byDefault: 'the built-in provider, for trying it out on this machine',
    example: 'https://login.example.com/realms/main',
    parse: optional(address(/^https?:$/, 'give the issuer’s address, such as https://login.example.com')),
  }),
  oidcClientId: setting({
    env: 'OIDC_CLIENT_ID',
    about:
      'The client that Rationale is at that provider. Redirect URI: PUBLIC_URL/api/auth/callback/company.',
    unit: 'text',
    byDefault: 'none; needed with OIDC_ISSUER',
    example: 'rationale',
    parse: optional(z.string()),
  }),
  oidcClientSecret: setting({
    env: 'OIDC_CLIENT_SECRET',
    about: 'That client’s secret.',
    unit: 'text',
    byDefault: 'none; needed with OIDC_ISSUER',
    example: 'the one that the provider shows',
    parse: optional(z.string()),
  }),
  metricsToken: setting({
    env: 'METRICS_TOKEN',
    about:
      'Lets /metrics be read with Authorization: Bearer. Without PUBLIC_URL it can also be read from this machine.',
    unit: 'text, 16 characters or more',
    byDefault: 'none',
    example: '$(openssl rand -hex 16)',
    parse: optional(z.string().min(16, 'give 16 characters or more: openssl rand -hex 16')),
  }),
  limits: setting({
    env: 'LIMITS',
    about:
      'Other limits for sockets and rooms than the usual ones, by name. Names, units and defaults stand in server/sync/limits.ts.',
    unit: 'JSON object of numbers',
    byDefault: '{}',
    example: `'{"maxSocketsPerDocument": 200}'`,
    parse: z
      .string()
      .default('{}')
      .transform((json, context) => {
        try {
          return JSON.parse(json) as unknown
        } catch {
          context.addIssue({ code: 'custom', message: 'is no JSON' })
          return z.NEVER
        }
      })
      .pipe(
        z.record(z.string(), z.number().nonnegative(), {
          error: 'give a JSON object of numbers, such as {"maxSocketsPerDocument": 200}',
        }),
      ),
  }),
  archiveDays: setting({
    env: 'ARCHIVE_DAYS',
    about:
      'How long the single edits behind a document are kept, for playback and authorship. Its text is not affected.',
    unit: 'days, 1 to 36500',
    byDefault: 'for ever',
    example: '365',
    parse: optional(
      text('give a number of days from 1 to 36500')
        .regex(/^\d{1,5}$/, 'give a number of days from 1 to 36500')
        .transform(Number)
        .pipe(
          z
            .number()
            .min(1, 'give a number of days from 1 to 36500')
            .max(36_500, 'give a number of days from 1 to 36500'),
        ),
    ),
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    about: 'The least that is written to standard error, one JSON object a line.',
    unit: 'trace, debug, info, warn, error, silent',
    byDefault: 'info; warn in a terminal',
    example: 'debug',
    parse: optional(
      z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
        error: 'give one of trace, debug, info, warn, error, silent',
      }),
    ),
  }),
} as const

export interface Config {
  /** TCP port. */
  readonly port: number
  /** Address to listen on; null: both loopback addresses. */
  readonly host: string | null
  /** What people type, without a slash at its end: PUBLIC_URL or `http://localhost:PORT`. */
  readonly origin: string
  readonly publicUrl: string | null
  /** Absolute path. */
  readonly dataDir: string
  /** Null: the embedded database. */
  readonly databaseUrl: string | null
  /** Null: this is the only node. */
  readonly redisUrl: string | null
  /** Null: the one that is kept in the database. */
  readonly authSecret: string | null
  /** Null: the built-in identity provider. */
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string } | null
  /** Number of proxies whose X-Forwarded-For entries count; 0: none. */
  readonly trustProxy: number
  readonly metricsToken: string | null
  /** Null: for ever. */
  readonly archiveDays: number | null
  readonly logLevel: string | null
  /** What differs from `syncLimits`, by name; the names are checked where they are used. */
  readonly limits: Readonly<Record<string, number>>
  /** Absolute path of the program itself: where `app` and `next.config.js` are. */
  readonly root: string
  /** True under `npm run dev`: reload, readable errors. */
  readonly dev: boolean
  /** A backup was put back: what browsers still hold is to be taken from them. */
  readonly restored: boolean
  /** Print a token for this person of the built-in provider, and end. */
  readonly tokenFor: { readonly name: string; readonly scope: Scope } | null
}

/**
 * Reads arguments, then the environment.
 *
 * @throws StartRefused with one line for each thing that is missing or wrong.
 */
export function readConfig(given: {
  argv: readonly string[]
  /** Default: the process's own. */
  env?: Readonly<Record<string, string | undefined>>
}): Config {
  const env = given.env ?? process.env
  const wrong: string[] = []
  const args = readArguments(given.argv, wrong)
  const read = <T>(name: keyof typeof settings, from: Setting<T>): T | undefined => {
    const argument = from.flag ? args[from.flag.slice(2)] : undefined
    const value = argument ?? (env[from.env] || undefined)
    const parsed = from.parse.safeParse(value)
    if (parsed.success) return parsed.data
    const where = typeof argument === 'string' ? (from.flag ?? name) : from.env
    wrong.push(`${where}: ${parsed.error.issues[0]?.message ?? 'is not valid'}.`)
    return undefined
  }
  const values = {
    port: read('port', settings.port) ?? 3000,
    host: read('host', settings.host) ?? null,
    dataDir: read('dataDir', settings.dataDir) ?? 'data',
    databaseUrl: read('databaseUrl', settings.databaseUrl) ?? null,
    redisUrl: read('redisUrl', settings.redisUrl) ?? null,
    publicUrl: read('publicUrl', settings.publicUrl) ?? null,
    trustProxy: read('trustProxy', settings.trustProxy) ?? 0,
    authSecret: read('authSecret', settings.authSecret) ?? null,
    metricsToken: read('metricsToken', settings.metricsToken) ?? null,
    logLevel: read('logLevel', settings.logLevel) ?? null,
    archiveDays: read('archiveDays', settings.archiveDays) ?? null,
    limits: read('limits', settings.limits) ?? {},
  }
  const issuer = read('oidcIssuer', settings.oidcIssuer) ?? null
  const clientId = read('oidcClientId', settings.oidcClientId) ?? null
  const clientSecret = read('oidcClientSecret', settings.oidcClientSecret) ?? null
  const oidc = issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null
  if (!oidc && (issuer || clientId || clientSecret)) {
    const missing = Object.entries({
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
    })
      .filter(([name, value]) => !value && !wrong.some((line) => line.startsWith(name)))
      .map(([name]) => name)
    if (missing.length > 0)
      wrong.push(`${missing.join(' and ')}: needed to sign in with your company’s provider.`)
  } else if (!oidc && values.publicUrl) {
    wrong.push(
      'OIDC_ISSUER: needed with PUBLIC_URL. The built-in provider lets anybody in and serves this machine only.',
    )
  } else if (!oidc && !isLoopback(values.host)) {
    wrong.push('OIDC_ISSUER: needed when HOST is beyond loopback. The built-in provider lets anybody in.')
  }
  if (!isLoopback(values.host) && !values.publicUrl) {
    wrong.push('PUBLIC_URL: needed when HOST is beyond loopback. Give the address that people will type.')
  }
  if (values.redisUrl && !values.databaseUrl) {
    wrong.push('DATABASE_URL: needed with REDIS_URL. Nodes of one installation share a database.')
  }
  const tokenFor = readTokenFor(args, values.databaseUrl !== null, issuer !== null, wrong)
  if (wrong.length > 0) {
    throw new StartRefused(
      [
        'Rationale cannot start with these settings:',
        ...wrong.map((line) => `  ${line}`),
        'npm start -- --help lists them all.',
      ].join('\n'),
    )
  }
  return {
    ...values,
    dataDir: resolve(values.dataDir),
    origin: values.publicUrl ?? (values.port === 80 ? 'http://localhost' : `http://localhost:${values.port}`),
    oidc,
    // Told by the launcher: a bundle does not know where its sources are.
    root: env.RATIONALE_ROOT ?? process.cwd(),
    dev: args.dev === true,
    restored: args.restored === true,
    tokenFor,
  }
}

type Arguments = Record<string, string | boolean | undefined>

function readArguments(argv: readonly string[], wrong: string[]): Arguments {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        dev: { type: 'boolean' },
        restored: { type: 'boolean' },
        'token-for': { type: 'string' },
        scope: { type: 'string' },
      },
    }).values
  } catch (error) {
    wrong.push(`${(error as Error).message.split('. ')[0]}.`)
    return {}
  }
}

function readTokenFor(
  args: Arguments,
  elsewhere: boolean,
  company: boolean,
  wrong: string[],
): Config['tokenFor'] {
  const name = args['token-for']
  if (typeof name !== 'string') {
    if (args.scope !== undefined) wrong.push('--scope: goes with --token-for NAME.')
    return null
  }
  const scope = scopes.find((known) => known === (args.scope ?? 'write'))
  if (!scope) wrong.push(`--scope: give one of ${scopes.join(', ')}.`)
  if (elsewhere || company) {
    wrong.push(
      '--token-for: works with the built-in provider and the embedded database only. This version has no other way to make a token: with these, programs cannot sign in yet.',
    )
  }
  return scope ? { name, scope } : null
}

function isLoopback(host: string | null): boolean {
  return host === null || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}
