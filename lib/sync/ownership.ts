import type { PersonId } from '../id'
import type { FreshRange } from './guard'

/**
 * Whose a Yjs client id is in one document. A forged id destroys its owner's text for ever and without a
 * sound: state vectors agree while documents do not. `server`: seeds and imports of the server's own.
 */
export type Owner =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'server' }
  | {
      readonly kind: 'person'
      readonly personId: PersonId
      /** When the id became theirs, in milliseconds since the epoch. */
      readonly claimedAt: number
    }

/**
 * A time in which other people's text is taken from whoever still holds it: after an unclean stop, or where
 * bytes of this document had to be set aside. Only ids that were claimed before it began can have lost
 * anything, so that a recovery never opens the ids of pages that were loaded since.
 */
export interface Recovery {
  /** Milliseconds since the epoch: ids claimed before this may come back through somebody else. */
  readonly claimedBefore: number
  /** Milliseconds since the epoch: over from then on. */
  readonly until: number
  /**
   * The database itself went back in time, and may have forgotten whose an id is: until this moment
   * (milliseconds since the epoch) an id that nobody has is taken for somebody else's. Null: it did not.
   */
  readonly restoredUntil: number | null
}

export interface OwnershipInput {
  readonly fresh: readonly FreshRange[]
  readonly message: 'update' | 'step2'
  readonly personId: PersonId
  readonly ownerOf: (client: number) => Owner
  /** Whether a live socket of somebody else announces this id: its owner is here and can speak. */
  readonly isAnnounced: (client: number) => boolean
  /** Whether a live socket of the sender announces it. */
  readonly isSendersOwn: (client: number) => boolean
  readonly recovery: Recovery | null
  /** Milliseconds since the epoch. */
  readonly now: number
}

export type Ownership =
  /** Everything new is the sender's; `unclaimed` ids become theirs before anything is applied. */
  | { readonly kind: 'own'; readonly unclaimed: readonly number[] }
  /**
   * Other people's text that came back: stored with the sender as its relay. Of `foreign` some may be nobody's,
   * and stay so until whose they are comes and announces them.
   */
  | { readonly kind: 'relayed'; readonly unclaimed: readonly number[]; readonly foreign: readonly number[] }
  /** It would be taken, but an owner is here: wait for what they bring themselves. */
  | { readonly kind: 'wait'; readonly foreign: readonly number[] }
  | { readonly kind: 'not_yours'; readonly foreign: readonly number[] }

export function judgeOwnership(input: OwnershipInput): Ownership {
  const unclaimed: number[] = []
  const foreign: number[] = []
  let recoverable = true
  const areIdsLost =
    input.message === 'step2' && input.now < (input.recovery?.restoredUntil ?? Number.NEGATIVE_INFINITY)
  for (const { client } of input.fresh) {
    const owner = input.ownerOf(client)
    switch (owner.kind) {
      case 'nobody':
        // Else whoever comes first would take the ids of all others, and their pages would be refused.
        if (areIdsLost && !input.isSendersOwn(client)) foreign.push(client)
        else unclaimed.push(client)
        break
      case 'person':
        if (owner.personId === input.personId) break
        foreign.push(client)
        recoverable &&= input.recovery !== null && owner.claimedAt < input.recovery.claimedBefore
        break
      case 'server':
        // What the server wrote was committed before anybody could read it: it is never lost.
        foreign.push(client)
        recoverable = false
        break
    }
  }
  if (foreign.length === 0) return { kind: 'own', unclaimed }
  const open = input.recovery !== null && input.now < input.recovery.until
  // A live update is what somebody types now; only a step 2 tells of what was there before.
  if (input.message === 'update' || !open || !recoverable) return { kind: 'not_yours', foreign }
  if (foreign.some(input.isAnnounced)) return { kind: 'wait', foreign }
  return { kind: 'relayed', unclaimed, foreign }
}
