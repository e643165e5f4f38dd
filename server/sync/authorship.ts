import type { PersonId } from '../../lib/id'
import type { FreshRange } from '../../lib/sync/guard'
import { judgeOwnership, type Owner, type Ownership, type Recovery } from '../../lib/sync/ownership'
import type { Timers } from '../timers'
import type { Claims } from './claims'
import type { SyncLimits } from './limits'
import type { Member } from './member'
import type { Presence } from './presence'
import type { Presented, Receipt } from './receipt'
import { Waiters } from './waiters'

/** What the database knows of the nodes of this installation. */
export interface Standing {
  readonly recovery: Recovery | null
  /** Nodes that were found dead a moment ago. */
  readonly deadNodes: readonly string[]
}

export interface AuthorshipParts {
  readonly claims: Claims
  readonly presence: Presence<Member>
  /** As it was when the body was read. */
  readonly recovery: Recovery | null
  readonly readStanding: () => Promise<Standing>
  /** Reads from the log what is not here. Never rejects. */
  readonly catchUp: () => Promise<void>
  /** Other nodes may be serving this document as well. */
  readonly isShared: boolean
  readonly limits: Pick<SyncLimits, 'ownerWaitMs' | 'lookAgainMs' | 'unexplainedMs'>
  readonly timers: Timers
}

/** Whose text it is, or why it is not taken (yet). */
export type Authors =
  | Extract<Ownership, { kind: 'own' | 'relayed' }>
  | Extract<Receipt, { kind: 'refused' | 'hold' | 'later' }>

/** Whether the new text of a message may be its sender's to bring: `ownership.ts` over time and over nodes. */
export class Authorship {
  readonly #parts: AuthorshipParts
  /** Members whose step 2 was taken: what they have, they have shown. */
  readonly #heard = new WeakSet<Member>()
  readonly #changes = new Waiters()
  /** Since when somebody has brought text of which another node may know, by `Timers.elapsed`. */
  readonly #unexplained = new Map<PersonId, number>()
  #recovery: Recovery | null

  constructor(parts: AuthorshipParts) {
    this.#parts = parts
    this.#recovery = parts.recovery
  }

  judge(member: Member, presented: Presented, fresh: readonly FreshRange[]): Authors {
    const { message } = presented
    const ownership = judgeOwnership({
      fresh,
      message,
      personId: member.personId,
      ownerOf: (id) => this.#ownerOf(id, member),
      isAnnounced: (id) => this.#isAnnouncedByOther(id, member),
      isSendersOwn: (id) => this.#parts.presence.personOf(id) === member.personId,
      recovery: this.#recovery,
      now: this.#parts.timers.now(),
    })
    switch (ownership.kind) {
      case 'not_yours':
        if (message === 'update') return { kind: 'refused', code: 'not_yours', rule: 'client id' }
        return this.#explain(member, presented)
      case 'wait':
        return this.#waitForOwners(presented, ownership.foreign)
      case 'relayed': {
        const { claims } = this.#parts
        const homeless = ownership.foreign.filter((id) => claims.ownerOf(id).kind === 'nobody')
        // Judged again once `unclaimed` are claimed: what nobody will have counts then.
        if (ownership.unclaimed.length > 0 || homeless.length === 0) return ownership
        return claims.mayBring(homeless, member.personId)
          ? ownership
          : { kind: 'refused', code: 'invalid', rule: 'too many ids' }
      }
      case 'own':
        return ownership
    }
  }

  /** A member's step 2 was taken. */
  hear(member: Member): void {
    this.#heard.add(member)
    this.changed()
  }

  /** Something has come, or somebody has left: whoever waits looks again. */
  changed(): void {
    this.#changes.wake()
  }

  #ownerOf(id: number, member: Member): Owner {
    const { claims, presence } = this.#parts
    const owner = claims.ownerOf(id)
    const personId = presence.personOf(id)
    // An id that somebody else's page announces is theirs already; only the database does not know yet.
    return owner.kind === 'nobody' && personId !== undefined && personId !== member.personId
      ? { kind: 'person', personId, claimedAt: Infinity }
      : owner
  }

  #isAnnouncedByOther(id: number, member: Member): boolean {
    return (this.#parts.presence.personOf(id) ?? member.personId) !== member.personId
  }

  /**
   * Other people's text that is not here. The log may have it: a route has written there, or another node.
   * Or that node is about to store it, and its people come here before it has; or it has just died, which
   * begins a recovery. Only where none of that can be is it an offence.
   */
  #explain(member: Member, presented: Presented): Authors {
    const { isShared, limits, timers } = this.#parts
    const now = timers.elapsed()
    if (!presented.logRead) {
      presented.logRead = true
      return { kind: 'hold', until: this.#lookAgain() }
    }
    const first = this.#unexplained.get(member.personId) ?? now
    if (!isShared || now - first >= limits.unexplainedMs) {
      this.#unexplained.delete(member.personId)
      return { kind: 'refused', code: 'not_yours', rule: 'client id' }
    }
    this.#unexplained.set(member.personId, first)
    const leftMs = presented.since + limits.ownerWaitMs - now
    if (leftMs <= 0) return { kind: 'later' }
    const waited = this.#changes.next(timers, Math.min(leftMs, limits.lookAgainMs))
    return { kind: 'hold', until: waited.then(() => this.#lookAgain()) }
  }

  async #lookAgain(): Promise<void> {
    const { claims, presence, readStanding, catchUp } = this.#parts
    try {
      // First: it marks runs that died, and what is read after it has their last commits.
      const { recovery, deadNodes } = await readStanding()
      this.#recovery = recovery
      for (const node of deadNodes) presence.forget(node)
      await claims.refresh()
    } catch {
      // The database is away; what held before holds on.
    }
    await catchUp()
  }

  /** Their own page is here: it has everything that is theirs, and brings it with its own step 2. */
  #waitForOwners({ since }: Presented, foreign: readonly number[]): Authors {
    const { limits, timers, presence } = this.#parts
    const leftMs = since + limits.ownerWaitMs - timers.elapsed()
    if (leftMs > 0) return { kind: 'hold', until: this.#changes.next(timers, leftMs) }
    const silent = foreign.some((id) => {
      const holder = presence.holderOf(id)
      // One that is on another node speaks there, and what it says comes from the log.
      return holder ? !this.#heard.has(holder) : presence.personOf(id) !== undefined
    })
    return silent ? { kind: 'later' } : { kind: 'refused', code: 'not_yours', rule: 'owner is here' }
  }
}
