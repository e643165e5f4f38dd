import { createHmac, timingSafeEqual } from 'node:crypto'
import { type PersonId, parsePersonId } from '../../lib/id'
import { type NoticeKind, noticeKinds } from '../../lib/inbox'
import { deriveSecret } from '../auth/secret'

/** What a mail can be turned off by: its one kind, or the mail of the day. */
export type MailKind = NoticeKind | 'digest'

const mailKinds: readonly MailKind[] = [...noticeKinds, 'digest']

export interface Unsubscribing {
  readonly personId: PersonId
  readonly kind: MailKind
}

const macOf = (authSecret: string, said: string): Buffer =>
  createHmac('sha256', deriveSecret(authSecret, 'unsubscribe')).update(said).digest()

/**
 * Whoever has the mail may turn its kind off, and nothing else: no sign-in, no expiry, since mails are kept for
 * years. It opens nothing and tells nothing but whether the kind is on.
 */
export function unsubscribeToken(authSecret: string, { personId, kind }: Unsubscribing): string {
  const said = `${personId}.${kind}`
  return `${said}.${macOf(authSecret, said).toString('base64url')}`
}

/** Null: it is none of ours. */
export function readUnsubscribeToken(authSecret: string, token: string): Unsubscribing | null {
  const [, id = '', word = '', mac = ''] = /^([0-9a-f-]{36})\.([a-z_]{1,20})\.([\w-]{43})$/.exec(token) ?? []
  const personId = parsePersonId(id)
  const kind = mailKinds.find((known) => known === word)
  if (!personId || !kind) return null
  const given = Buffer.from(mac, 'base64url')
  const right = macOf(authSecret, `${personId}.${kind}`)
  return given.length === right.length && timingSafeEqual(given, right) ? { personId, kind } : null
}

/** `page` asks before it does it; `post` is for mail programs, which do not follow links on their own with POST. */
export function unsubscribeAddress(
  authSecret: string,
  origin: string,
  given: Unsubscribing,
): { page: string; post: string } {
  const token = unsubscribeToken(authSecret, given)
  return { page: `${origin}/unsubscribe/${token}`, post: `${origin}/api/unsubscribe/${token}` }
}
