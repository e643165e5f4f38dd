import { z } from 'zod'
import { defaultAttachmentLimits } from '../lib/content/attachment-limits'
import { isAddress } from '../lib/mail-address'

/**
 * Everything that can be configured: one table, from which the environment is parsed and `--help` is made.
 * A value that is missing or wrong is told together with all others, each with what to do.
 */
export interface Setting<T> {
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

/** A size in whole megabytes; it becomes bytes. */
const megabytes = (byDefault: number, most: number) =>
  text(`give a number of megabytes from 1 to ${most}`)
    .regex(/^\d{1,6}$/, `give a number of megabytes from 1 to ${most}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(1, `give a number of megabytes from 1 to ${most}`)
        .max(most, `give a number of megabytes from 1 to ${most}`)
        .transform((count) => count * 1024 * 1024),
    )
    .default(byDefault)

/** `Name <address>` or an address alone; null: neither. */
function parseSender(text: string): { name: string; address: string } | null {
  const [, named = '', bracketed, bare] = /^(?:([^<>\r\n]*)<([^<>]+)>|([^<>]+))$/.exec(text.trim()) ?? []
  const address = (bracketed ?? bare ?? '').trim()
  return isAddress(address) ? { name: named.trim().replace(/^"(.*)"$/, '$1'), address } : null
}

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
  imageMb: setting({
    env: 'IMAGE_MB',
    about: 'The largest image that a document may hold.',
    unit: 'megabytes, 1 to 100',
    byDefault: '10',
    example: '20',
    parse: megabytes(defaultAttachmentLimits.imageBytes, 100),
  }),
  fileMb: setting({
    env: 'FILE_MB',
    about: 'The largest other file that a document may hold. It is held in memory while it is sent.',
    unit: 'megabytes, 1 to 100',
    byDefault: '25',
    example: '50',
    parse: megabytes(defaultAttachmentLimits.fileBytes, 100),
  }),
  documentFilesMb: setting({
    env: 'DOCUMENT_FILES_MB',
    about:
      'What the images and files of one document may have together, those that only its earlier versions show counted.',
    unit: 'megabytes, 1 to 100000',
    byDefault: '200',
    example: '1000',
    parse: megabytes(defaultAttachmentLimits.documentBytes, 100_000),
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
  smtpUrl: setting({
    env: 'SMTP_URL',
    about: 'The mail server over which people hear of what waits on them. Needs MAIL_FROM.',
    unit: 'URL; smtps for TLS from the first byte, smtp for STARTTLS where the server has it',
    byDefault: 'none: nothing is mailed',
    example: 'smtps://rationale:secret@mail.example.com:465',
    parse: optional(
      address(/^smtps?:$/, 'give an address such as smtps://user:password@mail.example.com:465').refine(
        (value) => !URL.canParse(value) || new URL(value).hostname !== '',
        'give an address such as smtps://user:password@mail.example.com:465',
      ),
    ),
  }),
  mailFrom: setting({
    env: 'MAIL_FROM',
    about: 'From whom mail comes.',
    unit: 'address, or name and address',
    byDefault: 'none; needed with SMTP_URL',
    example: "'Rationale <design@example.com>'",
    parse: optional(
      z
        .string()
        .refine(
          (value) => parseSender(value) !== null,
          'give an address such as Rationale <design@example.com>',
        )
        .transform((value) => parseSender(value) ?? { name: '', address: '' }),
    ),
  }),
  digestHour: setting({
    env: 'DIGEST_HOUR',
    about: 'At which hour of their own day people get the mail that says everything that could wait.',
    unit: 'hour, 0 to 23',
    byDefault: '9',
    example: '7',
    parse: text('give an hour from 0 to 23')
      .regex(/^(\d|1\d|2[0-3])$/, 'give an hour from 0 to 23')
      .transform(Number)
      .default(9),
  }),
  authorsMayApprove: setting({
    env: 'AUTHORS_MAY_APPROVE',
    about:
      'Whether the approval of an author counts. One by somebody who is no author is needed all the same.',
    unit: 'yes or no',
    byDefault: 'no',
    example: 'yes',
    parse: optional(z.enum(['yes', 'no'], { error: 'give yes or no' })),
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
