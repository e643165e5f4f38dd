import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { isAddress } from '../../lib/mail-address'
import type { Clock } from '../../lib/time'
import { configuredIssuer } from '../auth/issuer'
import type { Config } from '../config'
import { type Queryable, transaction } from '../db/open'
import type { Reach } from '../failpoint'
import { letterOf, oneLine } from './letter'
import {
  endMail,
  postponeMail,
  type Recipient,
  readMailed,
  readRecipient,
  takeMail,
  type WaitingMail,
  writeRefusedAddress,
} from './store'
import { openPost, type Post, PostError } from './transport'
import { unsubscribeAddress } from './unsubscribe-token'

export interface PostParts {
  readonly pool: Pool
  readonly log: Logger
  readonly now: Clock
  readonly config: Config
  readonly authSecret: string
  readonly reach: Reach
  /** 0 to 1, for back-off. */
  readonly random: () => number
  /** Mails that were taken by the mail server and could not be marked so: they are marked next time. */
  readonly taken: Set<string>
}

/** Waits after a failure: the first, doubled each time up to the longest, in ms; a quarter more or less. */
const againMs = 30_000
const againAtMostMs = 3_600_000
/** What could not be sent for so long is given up, in ms: it would be no news any more. */
const giveUpMs = 3 * 24 * 3_600_000
/** At the end of the process, the mail that is on its way may take this long, in ms. */
const endGraceMs = 2_000

/**
 * Sends what waits in the outbox. A mail is held by a lock of the database while it is sent, so that no other
 * node sends it, however long it takes; whoever dies lets go of it.
 *
 * A mail that was written down is sent at least once. It is sent a second time only where, after the mail server has
 * taken it, its answer is lost, the process ends before that is committed, or the connection to the database ends and
 * another node is next: SMTP (RFC 5321, 4.5.3.2.6) has no way of asking whether a mail was taken. Both then carry one
 * Message-ID, by which mail programs know them as one.
 */
export async function postAll(parts: PostParts, ending: AbortSignal): Promise<void> {
  const { mail } = parts.config
  if (!mail) return
  const post = openPost(mail)
  const ended = new Promise<never>((_, reject) => {
    const end = () => {
      setTimeout(() => reject(new PostError('elsewhere', 'The process ends.', null)), endGraceMs).unref()
    }
    if (ending.aborted) end()
    else ending.addEventListener('abort', end, { once: true })
  })
  ended.catch(() => {})
  const inTime: Post = { ...post, send: (outgoing) => Promise.race([post.send(outgoing), ended]) }
  try {
    while (!ending.aborted && (await postNext(parts, inTime))) {
      // Until nothing is due, other nodes have what is, or the mail server cannot be reached.
    }
  } finally {
    post.close()
  }
}

/** @returns false when there is nothing more to do just now. */
async function postNext(parts: PostParts, post: Post): Promise<boolean> {
  let id: string | null = null
  const goesOn = await transaction(parts.pool, async (tx) => {
    const mail = await takeMail(tx, new Date(parts.now()))
    if (!mail) return false
    id = mail.id
    return postOne(tx, mail, parts, post)
  })
  // Only now is it committed: until then, what the mail server has taken is remembered here alone.
  if (id) parts.taken.delete(id)
  return goesOn
}

async function postOne(tx: Queryable, mail: WaitingMail, parts: PostParts, post: Post): Promise<boolean> {
  const { config, now, taken, reach } = parts
  const end = (outcome: 'sent' | 'needless') => endMail(tx, mail.id, { outcome, at: new Date(now()) })
  if (taken.has(mail.id)) {
    await end('sent')
    return true
  }
  const recipient = await readRecipient(tx, mail.personId, configuredIssuer(config))
  const address = recipient?.email ?? ''
  const notices =
    recipient && isAddress(address) && address !== recipient.refusedAddress
      ? await readMailed(tx, mail, recipient, new Date(now()))
      : []
  if (!recipient || notices.length === 0) {
    await end('needless')
    return true
  }
  const kind = mail.digest ? 'digest' : (notices[0]?.notice.kind ?? 'digest')
  const links = unsubscribeAddress(parts.authSecret, config.origin, { personId: mail.personId, kind })
  const letter = letterOf(notices, {
    origin: config.origin,
    timeZone: recipient.timeZone,
    unsubscribe: links.page,
    digest: mail.digest,
  })
  await reach('mail: composed')
  try {
    await post.send({
      ...letter,
      messageId: `${mail.id}@${new URL(config.origin).hostname}`,
      to: { name: oneLine(recipient.name, 80), address },
      unsubscribe: links.post,
    })
  } catch (error) {
    return failed(tx, mail, { ...recipient, email: address }, parts, error)
  }
  taken.add(mail.id)
  await reach('mail: taken')
  await end('sent')
  await reach('mail: marked')
  parts.log.info({ mail: mail.id, kind }, 'A mail was sent.')
  return true
}

/** @returns false when the next mail would meet the same. */
async function failed(
  tx: Queryable,
  mail: WaitingMail,
  recipient: Recipient & { email: string },
  parts: PostParts,
  error: unknown,
): Promise<boolean> {
  if (!(error instanceof PostError)) throw error
  const at = new Date(parts.now())
  const { refusal, message } = error
  parts.log.warn({ mail: mail.id, refusal, said: message, attempts: mail.attempts }, 'A mail was not taken.')
  if (refusal === 'address') {
    const why = oneLine(message, 300)
    await writeRefusedAddress(tx, { personId: mail.personId, address: recipient.email, why, at })
  }
  if (refusal === 'address' || refusal === 'never') {
    await endMail(tx, mail.id, { outcome: 'refused', at, error: message })
    return true
  }
  if (at.getTime() - mail.createdAt.getTime() > giveUpMs) {
    parts.log.error({ mail: mail.id, said: message }, 'A mail was given up after three days.')
    await endMail(tx, mail.id, { outcome: 'given_up', at, error: message })
    return true
  }
  const waitMs = Math.min(againAtMostMs, againMs * 2 ** Math.min(mail.attempts, 20))
  const until = new Date(at.getTime() + waitMs * (0.75 + parts.random() / 2))
  await postponeMail(tx, mail.id, { until, error: message })
  return refusal === 'later'
}
