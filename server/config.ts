import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Scope, scopes } from '../lib/access'
import { type AttachmentLimits, defaultAttachmentLimits } from '../lib/content/attachment-limits'
import { type Setting, settings } from './settings'
import { StartRefused } from './start-refused'

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
  /** How much images and files may have. */
  readonly attachments: AttachmentLimits
  /** Null: for ever. */
  readonly archiveDays: number | null
  /** True: an author's approval counts, though one by somebody else is needed all the same. */
  readonly authorsMayApprove: boolean
  readonly logLevel: string | null
  /** Null: nothing is mailed. */
  readonly mail: {
    /** `smtp:` or `smtps:`, with user and password where it needs them. */
    readonly smtpUrl: string
    readonly from: { readonly name: string; readonly address: string }
  } | null
  /** Hour of a person's day for the mail of the day, where they have not chosen another. */
  readonly digestHour: number
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
    authorsMayApprove: read('authorsMayApprove', settings.authorsMayApprove) === 'yes',
    limits: read('limits', settings.limits) ?? {},
    attachments: {
      imageBytes: read('imageMb', settings.imageMb) ?? defaultAttachmentLimits.imageBytes,
      fileBytes: read('fileMb', settings.fileMb) ?? defaultAttachmentLimits.fileBytes,
      documentBytes:
        read('documentFilesMb', settings.documentFilesMb) ?? defaultAttachmentLimits.documentBytes,
    },
    digestHour: read('digestHour', settings.digestHour) ?? 9,
  }
  const smtpUrl = read('smtpUrl', settings.smtpUrl) ?? null
  const from = read('mailFrom', settings.mailFrom) ?? null
  if (smtpUrl && !from && !wrong.some((line) => line.startsWith('MAIL_FROM'))) {
    wrong.push('MAIL_FROM: needed with SMTP_URL. Give the address that mail comes from.')
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
    mail: smtpUrl && from ? { smtpUrl, from } : null,
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
