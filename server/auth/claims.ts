/**
 * What a provider says about somebody, made fit to be stored and shown. Claims come from outside: any of
 * them may be missing, of another type, or hostile.
 */
export interface Claims {
  readonly subject: string
  readonly name: string
  readonly email: string | null
  readonly picture: string | null
}

const maxNameLength = 80
const maxAddressLength = 254
const maxPictureLength = 2_048

/** NFC; without control and invisible format characters, lone surrogates and overrides; single spaces. */
function plain(value: unknown): string {
  if (typeof value !== 'string') return ''
  return (
    value
      .slice(0, 1_000)
      .normalize('NFC')
      // Joiners (200C, 200D) stay: scripts and emoji need them.
      .replace(/[\p{Cs}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu, '')
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
  )
}

/** Cut without tearing a character apart. */
const cut = (text: string, length: number): string =>
  text.length <= length
    ? text
    : [...text.slice(0, length)]
        .filter((c) => !/\p{Cs}/u.test(c))
        .join('')
        .trim()

function emailOf(value: unknown): string | null {
  const text = plain(value)
  return text.length <= maxAddressLength && /^[^\s@<>"]+@[^\s@<>"]+$/.test(text) ? text.toLowerCase() : null
}

/** Only `https:`, without credentials in it: a picture is an address that somebody else chose. */
function pictureOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > maxPictureLength || !URL.canParse(value)) return null
  const url = new URL(value)
  return url.protocol === 'https:' && !url.username && !url.password ? url.href : null
}

/** Identity, byte for byte as it came (OpenID Connect Core 2: at most 255 ASCII characters). */
const isSubject = (value: unknown): value is string =>
  typeof value === 'string' && /^[\x20-\x7E]{1,255}$/.test(value)

/** Null: there is no usable subject, so nobody can be told from anybody else. */
export function readClaims(claims: Record<string, unknown>): Claims | null {
  const subject = claims.sub
  if (!isSubject(subject)) return null
  const email = emailOf(claims.email)
  const both = `${plain(claims.given_name)} ${plain(claims.family_name)}`.trim()
  const name =
    plain(claims.name) || both || plain(claims.preferred_username) || email?.split('@')[0] || 'Somebody'
  return { subject, name: cut(name, maxNameLength), email, picture: pictureOf(claims.picture) }
}
