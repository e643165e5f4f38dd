import { parseNumber } from './document'
import { type DocumentId, parseDocumentId } from './id'

/** A document of this installation, as an address names it. */
export type OwnDocument =
  | { readonly by: 'id'; readonly id: DocumentId }
  /** `42` or `TDD-0042`. */
  | { readonly by: 'number'; readonly number: string }

/**
 * The document that an address leads to; null: it leads elsewhere, or to another page of ours.
 *
 * @param origin of this installation, as `https://rationale.example.com`.
 */
export function ownDocumentAt(address: string, origin: string): OwnDocument | null {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.origin !== origin) return null
  const [, first = '', second, more] = url.pathname.split('/')
  const id = first === 'd' && second !== undefined && more === undefined ? parseDocumentId(second) : null
  if (id) return { by: 'id', id }
  return second === undefined && parseNumber(first) !== null ? { by: 'number', number: first } : null
}

/** What is typed for a document of ours (`TDD-0042`, `/42`, `/d/…`) as its whole address; anything else as it is. */
export function wholeOwnAddress(typed: string, origin: string): string {
  const isNumber = /^[A-Za-z]{1,8}-\d{1,9}$/.test(typed)
  const path = isNumber ? `/${typed}` : typed
  return /^\/[^/\\]/.test(path) && ownDocumentAt(`${origin}${path}`, origin) ? `${origin}${path}` : typed
}
