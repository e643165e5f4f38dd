import { cutText } from '../../lib/cut-text'
import { kindWords, noticeWords, placeOf } from '../../lib/inbox/words'
import type { MailedNotice } from './store'

export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface Addressed {
  /** Of the installation, without a slash at its end. */
  readonly origin: string
  /** IANA name. */
  readonly timeZone: string
  /** Where this kind of mail is turned off without signing in. */
  readonly unsubscribe: string
  /** It is the mail of the day, whether or not it has one notice alone. */
  readonly digest: boolean
}

interface Line {
  readonly says: string
  readonly why: string
  readonly title: string
  readonly url: string
}

/**
 * What a mail says: which document, who did what, and why its reader is told; nothing that stands in the
 * document. Names and titles are anybody's words: no line break or override of theirs reaches a header, and none of
 * their signs is markup.
 *
 * @param notices one at least.
 */
export function letterOf(notices: readonly MailedNotice[], to: Addressed): Letter {
  const lines = notices.map((notice) => lineOf(notice, to))
  const first = lines[0]
  if (!first) throw new Error('A mail needs something to say.')
  const subject =
    lines.length === 1 || !to.digest
      ? `${first.title}: ${first.says}`
      : `${lines.length} things wait for you in Rationale`
  return { subject: cut(subject, 200), text: textOf(lines, to), html: htmlOf(lines, to) }
}

function lineOf({ notice, actor, other, document }: MailedNotice, to: Addressed): Line {
  const day = (instant: string) =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: to.timeZone,
      weekday: 'long',
      day: 'numeric',
      month: 'long',
    }).format(new Date(instant))
  const name = (text: string | null) => (text === null ? null : oneLine(text, 80))
  return {
    says: oneLine(noticeWords({ notice: quiet(notice), actor: name(actor), other: name(other), day }), 300),
    why: kindWords[notice.kind].why,
    title: oneLine(`${document.number ? `${document.number} ` : ''}${document.title}`, 120),
    url: `${to.origin}${placeOf(notice, document.id)}`,
  }
}

/** Reasons are words about the document: they are read in Rationale, not in the mail. */
const quiet = (notice: MailedNotice['notice']): MailedNotice['notice'] =>
  'reason' in notice ? { ...notice, reason: null } : notice

/** Text of anybody's as one line without controls, and without signs that turn what follows around. */
export function oneLine(text: string, maxUnits: number): string {
  const plain = text
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\p{Cs}]/gu, '')
    .trim()
  return cut(plain, maxUnits)
}

const cut = (text: string, maxUnits: number): string =>
  text.length <= maxUnits ? text : `${cutText(text, maxUnits - 1)}…`

const whyMailed = (to: Addressed): string =>
  to.digest
    ? 'This is the one mail of your day, with everything that could wait.'
    : 'This could not wait for the mail of the day.'

function textOf(lines: readonly Line[], to: Addressed): string {
  return [
    ...lines.flatMap((line) => [line.title, `${line.says}.`, line.why, line.url, '']),
    '-- ',
    whyMailed(to),
    `Turn it off: ${to.unsubscribe}`,
    `Choose what is mailed: ${to.origin}/inbox/settings`,
    '',
  ].join('\n')
}

function htmlOf(lines: readonly Line[], to: Addressed): string {
  const items = lines.map(
    (line) =>
      `<p style="margin:0 0 20px"><a href="${asText(line.url)}" style="color:#2456b8;font-weight:600;text-decoration:none">${asText(line.title)}</a><br>${asText(line.says)}.<br><span style="color:#66625b">${asText(line.why)}</span></p>`,
  )
  const style = 'font:15px/1.5 system-ui,sans-serif;color:#1d1c1a;max-width:34em'
  const foot = `<a href="${asText(to.unsubscribe)}" style="color:#66625b">Turn it off</a> · <a href="${asText(`${to.origin}/inbox/settings`)}" style="color:#66625b">Choose what is mailed</a>`
  return `<!doctype html><html lang="en"><body><div style="${style}">${items.join('')}<p style="margin:28px 0 0;font-size:13px;color:#66625b">${asText(whyMailed(to))}<br>${foot}</p></div></body></html>\n`
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
