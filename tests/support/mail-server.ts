import { SMTPServer } from 'smtp-server'
import { freePort } from './free-port'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly raw: string
  /** The value of a header, unfolded and decoded; null: it has none. */
  header(name: string): string | null
  /** How often a header stands there. */
  count(name: string): number
  /** The plain text. */
  readonly text: string
  readonly html: string
}

/** How the server treats what comes. Every field may be changed while it runs. */
export interface Manners {
  /** Answer to `RCPT TO`; null: welcome. */
  recipient: ((address: string) => { code: number; text: string } | null) | null
  /** Answer after the content; null: taken. */
  content: { code: number; text: string } | null
  /** What is waited for before the content is taken. */
  beforeTaking: (() => Promise<void>) | null
  /** Takes the content, and hangs up without having said so. */
  hangUpAfterTaking: boolean
}

/** A real mail server on a port of this machine. */
export async function openMailServer(given: { port?: number } = {}): Promise<{
  readonly url: string
  readonly port: number
  readonly mails: ReceivedMail[]
  readonly manners: Manners
  /** Resolves once so many mails have come. */
  got(count: number): Promise<ReceivedMail[]>
  close(): Promise<void>
}> {
  const port = given.port ?? (await freePort())
  const mails: ReceivedMail[] = []
  const manners: Manners = { recipient: null, content: null, beforeTaking: null, hangUpAfterTaking: false }
  const waiting = new Set<() => void>()
  const refusal = ({ code, text }: { code: number; text: string }) =>
    Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 200,
    onRcptTo(address, _session, done) {
      const answer = manners.recipient?.(address.address) ?? null
      done(answer ? refusal(answer) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        await manners.beforeTaking?.()
        if (manners.content) return done(refusal(manners.content))
        const { mailFrom, rcptTo } = session.envelope
        mails.push(
          received(Buffer.concat(chunks).toString('utf8'), {
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
          }),
        )
        for (const look of [...waiting]) look()
        if (manners.hangUpAfterTaking) for (const connection of server.connections) connection.close()
        else done()
      })
    },
  })
  // A client that is killed in the middle resets its connection.
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    manners,
    got: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (mails.length < count) return
          waiting.delete(look)
          resolve(mails)
        }
        waiting.add(look)
        look()
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function received(raw: string, envelope: { from: string; to: string[] }): ReceivedMail {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const values = (name: string) =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => decodeWords(line.slice(name.length + 1).trim()))
  const parts = partsOf(raw)
  return {
    ...envelope,
    raw,
    header: (name) => values(name)[0] ?? null,
    count: (name) => values(name).length,
    text: parts.get('text/plain') ?? rest.join('\r\n\r\n'),
    html: parts.get('text/html') ?? '',
  }
}

/** RFC 2047: words of a header in another alphabet. */
const decodeWords = (text: string): string =>
  text
    .replace(/(\?=)\s+(=\?)/g, '$1$2')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : quotedPrintable(word.replaceAll('_', ' ')),
    )

const quotedPrintable = (text: string): string => {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function partsOf(raw: string): Map<string, string> {
  const boundary = /boundary="?([^";\r\n]+)"?/i.exec(raw)?.[1]
  const parts = new Map<string, string>()
  for (const part of boundary ? raw.split(`--${boundary}`).slice(1, -1) : []) {
    const [head = '', ...body] = part.split('\r\n\r\n')
    const type = /content-type:\s*([^;\s]+)/i.exec(head)?.[1] ?? ''
    const encoding = /content-transfer-encoding:\s*(\S+)/i.exec(head)?.[1] ?? '7bit'
    const text = body.join('\r\n\r\n')
    const decoded =
      encoding === 'base64'
        ? Buffer.from(text, 'base64').toString('utf8')
        : encoding === 'quoted-printable'
          ? quotedPrintable(text)
          : text
    parts.set(type, decoded.replaceAll('\r\n', '\n').trimEnd())
  }
  return parts
}
