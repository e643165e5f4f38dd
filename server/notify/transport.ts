import { createTransport } from 'nodemailer'
import type { Config } from '../config'
import type { Letter } from './letter'

export interface Outgoing extends Letter {
  /** Without brackets; the same at every attempt, so that whoever gets it twice sees one mail. */
  readonly messageId: string
  readonly to: { readonly name: string; readonly address: string }
  /** Where a POST turns this kind off (RFC 8058). */
  readonly unsubscribe: string
}

export interface Post {
  /** Resolves once the mail server has taken it. @throws PostError. */
  send(mail: Outgoing): Promise<void>
  close(): void
}

/**
 * What came of a mail that was not taken. `elsewhere`: the server could not be reached or used, which says nothing
 * of this mail. `later`: not now. `address`: nobody is there, for good. `never`: this mail is not wanted, for good.
 */
export type Refusal = 'elsewhere' | 'later' | 'address' | 'never'

export class PostError extends Error {
  override readonly name = 'PostError'
  constructor(
    readonly refusal: Refusal,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause })
  }
}

/** One connection to the configured mail server, for as many mails as there are. */
export function openPost(mail: NonNullable<Config['mail']>): Post {
  const url = new URL(mail.smtpUrl)
  const isSecure = url.protocol === 'smtps:'
  const isNear = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)
  const user = decodeURIComponent(url.username)
  const transport = createTransport({
    pool: true,
    maxConnections: 1,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : isSecure ? 465 : 587,
    secure: isSecure,
    // A password never travels in clear beyond this machine.
    requireTLS: !isSecure && !isNear && user !== '',
    ignoreTLS: isNear && !isSecure,
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Nothing that a mail is made of is fetched from anywhere.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ messageId, to, subject, text, html, unsubscribe }) {
      try {
        await transport.sendMail({
          messageId: `<${messageId}>`,
          from: mail.from,
          to,
          subject,
          text,
          html,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'X-Auto-Response-Suppress': 'All',
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          },
          list: { unsubscribe: { url: unsubscribe } },
        })
      } catch (error) {
        throw asPostError(error)
      }
    },
    close: () => transport.close(),
  }
}

interface SmtpError {
  readonly code?: string
  readonly command?: string
  readonly responseCode?: number
  readonly response?: string
  readonly message?: string
}

function asPostError(error: unknown): PostError {
  const { code, command, responseCode = 0, response, message = '' } = error as SmtpError
  const said = (response ?? message).slice(0, 500)
  const isForGood = responseCode >= 500
  if (code === 'EENVELOPE' && command?.startsWith('RCPT')) {
    return new PostError(isForGood ? 'address' : 'later', said, error)
  }
  // What it says of the content; of the sender and of signing in it would say the same of every mail.
  if (code === 'EMESSAGE' || (code === 'EENVELOPE' && command === 'DATA')) {
    return new PostError(isForGood ? 'never' : 'later', said, error)
  }
  if (code === 'EENVELOPE' && command === 'API') return new PostError('address', said, error)
  return new PostError('elsewhere', said, error)
}
