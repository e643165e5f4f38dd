import type { Logger } from 'pino'
import type { PersonId } from '../../lib/id'
import type { LoggedUpdate } from '../document/update-log'
import type { Timers } from '../timers'
import type { Judge } from './judge'
import type { Room } from './room'

export interface RefenceParts {
  readonly judge: Judge
  readonly timers: Timers
  readonly log: Logger
}

const retryMs = 500

/** Who answers for an update: its author, or whoever brought it back. Null: the server. */
const answerable = (update: LoggedUpdate): PersonId | null => update.relayedBy ?? update.personId

/**
 * Decides about updates that the fence refused: somebody's access or the document's status changed between
 * their being taken and their commit. When all who wrote them may still write, they go on under the new
 * epoch, and nobody notices. Else they must not be stored; since they were passed on already, the room is
 * given up: everybody comes back, and brings what they may.
 */
export async function refence(room: Room, giveUp: () => void, parts: RefenceParts): Promise<void> {
  const epochs = new Map<PersonId, bigint>()
  for (;;) {
    // More may have been taken while the judge was asked.
    const next = room.queue.pending.map(answerable).find((person) => person !== null && !epochs.has(person))
    if (next == null) break
    try {
      const access = await parts.judge.writerOf(next, room.documentId)
      if (access === null) return giveUp()
      epochs.set(next, access.writeEpoch)
    } catch (error) {
      parts.log.warn({ err: error, documentId: room.documentId }, 'The judge could not be asked; once more.')
      await new Promise<void>((resolve) => parts.timers.after(retryMs, resolve))
    }
  }
  const newest = [...epochs.values()].reduce((a, b) => (a > b ? a : b), 0n)
  room.queue.resume((update) => epochs.get(answerable(update) as PersonId) ?? newest)
}
