import type { Principal } from '../auth/authenticate'

/**
 * One principal for all sockets of a credential: a person has many documents and windows open, and each of
 * their sockets keeps who it is for as long as it lives.
 */
export class SharedPrincipals {
  /** By credential, for as long as a socket keeps it. */
  readonly #known = new Map<string, WeakRef<Principal>>()
  readonly #forgotten = new FinalizationRegistry<string>((key) => {
    if (this.#known.get(key)?.deref() === undefined) this.#known.delete(key)
  })

  /** @returns the one that is known when it says the same, which may have changed since; else the one given. */
  share(principal: Principal): Principal {
    const key = `${principal.kind} ${principal.credentialId}`
    const known = this.#known.get(key)?.deref()
    if (known !== undefined && saysTheSame(known, principal)) return known
    this.#known.set(key, new WeakRef(principal))
    this.#forgotten.register(principal, key)
    return principal
  }
}

const saysTheSame = (a: Principal, b: Principal): boolean =>
  a.personId === b.personId &&
  a.scope === b.scope &&
  a.workspaceRole === b.workspaceRole &&
  a.expiresAt === b.expiresAt &&
  a.person.name === b.person.name &&
  a.person.color === b.person.color &&
  a.person.picture === b.person.picture
