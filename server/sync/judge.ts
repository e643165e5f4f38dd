import type { DocumentId, PersonId } from '../../lib/id'
import type { Clock } from '../../lib/time'
import type { Access, isPutAway, resolveAccess } from '../access/resolve'
import type { Authenticate, Principal, Shown } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { SharedPrincipals } from './shared-principals'

export interface JudgeParts {
  readonly db: Queryable
  readonly now: Clock
  readonly authenticate: Authenticate
  readonly resolveAccess: typeof resolveAccess
  readonly isPutAway: typeof isPutAway
  /** Whether a credential that opened a socket still stands; until when, or null when it does not expire. */
  readonly credentialStands: (
    db: Queryable,
    principal: Principal,
    now: number,
  ) => Promise<{ readonly expiresAt: number | null } | null>
  /** Content schema that this server knows; a body beyond it can be read here, and not written. */
  readonly schemaVersion: number
}

export type Admission =
  | { readonly kind: 'admitted'; readonly principal: Principal; readonly access: Access }
  | { readonly kind: 'turned_away'; readonly code: 'unauthenticated' | 'not_found' }

export type Standing =
  | { readonly kind: 'stands'; readonly access: Access; readonly expiresAt: number | null }
  /** Role or abilities are others now, or the document is put away: come back and be judged anew. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'credential_ended' }
  | { readonly kind: 'access_ended' }

/** Who may be at a socket. It asks the one judge that pages and routes ask too, and decides nothing itself. */
export class Judge {
  readonly #parts: JudgeParts
  readonly #principals = new SharedPrincipals()

  constructor(parts: JudgeParts) {
    this.#parts = parts
  }

  /**
   * Unknown and forbidden documents are not told apart, and neither is told to somebody who is nobody. A page
   * that was opened by one person and comes back with another's cookie is nobody: else it would send the
   * first one's text under the second one's name.
   *
   * @param expected id of the person whose page it is; null: it does not say.
   */
  async admit(
    shown: Omit<Shown, 'now'>,
    documentId: DocumentId | null,
    expected: string | null = null,
  ): Promise<Admission> {
    const { db, now, authenticate, resolveAccess } = this.#parts
    const principal = await authenticate(db, { ...shown, now: now() })
    if (principal === null || (expected !== null && principal.personId !== expected)) {
      return { kind: 'turned_away', code: 'unauthenticated' }
    }
    const access = documentId && (await resolveAccess(db, principal, documentId))
    if (!access?.abilities.has('read')) return { kind: 'turned_away', code: 'not_found' }
    return { kind: 'admitted', principal: this.#principals.share(principal), access }
  }

  /** Who comes, before it is judged whether they may. Null: nobody. */
  async personOf(shown: Omit<Shown, 'now'>): Promise<PersonId | null> {
    const { db, now, authenticate } = this.#parts
    return (await authenticate(db, { ...shown, now: now() }))?.personId ?? null
  }

  /** The same again, for somebody who is in. */
  async again(principal: Principal, before: Access): Promise<Standing> {
    const { db, now, resolveAccess, isPutAway, credentialStands } = this.#parts
    const credential = await credentialStands(db, principal, now())
    if (credential === null) return { kind: 'credential_ended' }
    const access = await resolveAccess(db, principal, before.documentId)
    if (!access?.abilities.has('read')) {
      // Nothing was taken from whoever misses a document in the bin: whoever comes back learns where it is.
      return { kind: (await isPutAway(db, before.documentId)) ? 'changed' : 'access_ended' }
    }
    const same =
      access.role === before.role &&
      this.#knows(access) === this.#knows(before) &&
      access.abilities.size === before.abilities.size &&
      [...access.abilities].every((ability) => before.abilities.has(ability))
    return same ? { kind: 'stands', access, expiresAt: credential.expiresAt } : { kind: 'changed' }
  }

  /** Null: this person may not write the document now, whatever they came with. */
  async writerOf(personId: PersonId, documentId: DocumentId): Promise<Access | null> {
    const { db, resolveAccess } = this.#parts
    const access = await resolveAccess(db, { personId, scope: 'write' }, documentId)
    return access !== null && this.mayWrite(access) ? access : null
  }

  mayWrite(access: Access): boolean {
    return access.abilities.has('write') && this.#knows(access)
  }

  #knows({ schemaVersion }: Access): boolean {
    return schemaVersion <= this.#parts.schemaVersion
  }
}
