/**
 * Which addresses a link may hold, and which of them may be followed.
 *
 * A link that may be *followed* is drawn with its address: http, https, mailto, and places in the document
 * itself (`#…`). A link that is only *kept* is a path beside the file it was imported from (`../a.md`): it is
 * stored and exported as it was, and drawn without an address, since it would lead into our own pages.
 * Everything else (`javascript:`, `data:`, `file:`, …) is not a link here at all.
 */

/** The schemes that may be followed. */
export const followableSchemes = ['http', 'https', 'mailto'] as const

/** Longest address that is kept, in UTF-16 code units. */
export const maxAddressLength = 2_000

// Browsers strip white space and control characters before they read a scheme (WHATWG URL, 4.4), so a scheme
// is looked for in what is left: `java\nscript:` is `javascript:`.
const stripped = /[\p{Cc}\p{Cf}\p{Z}]/gu
const scheme = /^([a-z][a-z0-9+.-]*):/i

/** The scheme of an address in lower case; null for a path, a place in the document, or `//host`. */
export const schemeOf = (address: string): string | null =>
  scheme.exec(address.replace(stripped, ''))?.[1]?.toLowerCase() ?? null

/** True for an address that is drawn and may be clicked. */
export function isFollowable(address: unknown): address is string {
  if (typeof address !== 'string' || address.length > maxAddressLength) return false
  if (address.startsWith('#')) return true
  const found = schemeOf(address)
  return found !== null && (followableSchemes as readonly string[]).includes(found)
}

/** True for an address that a link may hold: one that may be followed, or a path without a scheme. */
export function isKeepable(address: unknown): address is string {
  if (isFollowable(address)) return true
  if (typeof address !== 'string' || address === '' || address.length > maxAddressLength) return false
  // `\\host` and `//host` lead to another site without saying how.
  return schemeOf(address) === null && !/^[\\/]{2}/.test(address.replace(stripped, ''))
}
