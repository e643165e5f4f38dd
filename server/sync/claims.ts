import type { PersonId } from '../../lib/id'
import type { Owner } from '../../lib/sync/ownership'
import type { ClientClaim, WantedClient } from '../document/client-claim'
import type { Timers } from '../timers'
import { TokenBucket } from './token-bucket'

export interface ClaimsParts {
  readonly timers: Timers
  /** What the database has. */
  readonly known: readonly ClientClaim[]
  /** Asks the database again. */
  readonly read: () => Promise<readonly ClientClaim[]>
  /** Claims in the database. @returns whose each id is now. */
  readonly claim: (wanted: readonly WantedClient[]) => Promise<readonly ClientClaim[]>
  readonly newIdsPerHour: number
}

const retryMs = 500

/**
 * Whose each Yjs client id of a document is. Ids are public before their owner has typed anything (presence
 * shows them), so that an announced one is claimed at once, and a first write waits until its claim is in the
 * database: else a stranger's keystroke could take it, or two servers give it to two people.
 */
export class Claims {
  readonly #parts: ClaimsParts
  readonly #owners = new Map<number, Owner>()
  readonly #rates = new Map<PersonId, TokenBucket>()
  /** What is claimed together next, while something is on its way to the database. */
  #next: { readonly wanted: WantedClient[]; readonly done: Promise<void> } | null = null
  #underWay: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(parts: ClaimsParts) {
    this.#parts = parts
    this.#note(parts.known)
  }

  /** As far as the database has said; `nobody` may be somebody's by now. */
  ownerOf(id: number): Owner {
    return this.#owners.get(id) ?? { kind: 'nobody' }
  }

  /** Learns what was claimed on other nodes. @throws while the database is away. */
  async refresh(): Promise<void> {
    this.#note(await this.#parts.read())
  }

  /** False: this person has brought too many ids to this document; a page makes one. */
  mayBring(ids: readonly number[], personId: PersonId): boolean {
    let rate = this.#rates.get(personId)
    if (rate === undefined) {
      const { newIdsPerHour, timers } = this.#parts
      rate = new TokenBucket({
        rate: { perSecond: newIdsPerHour / 3600, burst: newIdsPerHour },
        elapsed: timers.elapsed,
      })
      this.#rates.set(personId, rate)
    }
    return rate.tryTake(ids.length) === 0
  }

  /**
   * Resolves when the database has decided, however long it is away; whose they are then, `ownerOf` says. One
   * claim is under way at a time, and what comes meanwhile goes together: fifty people follow one link at once.
   */
  claim(ids: readonly number[], personId: PersonId): Promise<void> {
    const wanted = ids.map((clientId) => ({ clientId, personId }))
    if (this.#next !== null) {
      this.#next.wanted.push(...wanted)
      return this.#next.done
    }
    const done = this.#underWay.then(() => {
      this.#next = null
      return this.#claim(wanted)
    })
    this.#next = { wanted, done }
    this.#underWay = done
    return done
  }

  async #claim(wanted: readonly WantedClient[]): Promise<void> {
    while (!this.#stopped) {
      try {
        this.#note(await this.#parts.claim(wanted))
        return
      } catch {
        // The committer says that the database is away; here it only means to wait.
        await new Promise<void>((resolve) => this.#parts.timers.after(retryMs, resolve))
      }
    }
  }

  stop(): void {
    this.#stopped = true
  }

  #note(claims: readonly ClientClaim[]): void {
    for (const { clientId, personId, claimedAt } of claims) {
      this.#owners.set(
        clientId,
        personId === null ? { kind: 'server' } : { kind: 'person', personId, claimedAt },
      )
    }
  }
}
