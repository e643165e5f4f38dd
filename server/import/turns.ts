import { PublicError } from '../../lib/errors'

/** Lets so many in at once; others wait in order. */
export interface Turns {
  /**
   * Waits for a turn; answers what ends it.
   *
   * @throws PublicError `overloaded` when too many wait already; the signal's reason when it aborts meanwhile.
   */
  enter(signal?: AbortSignal): Promise<() => void>
}

/** @param options.sentence what is told when too many wait. */
export function createTurns(options: { atOnce: number; waiting: number; sentence?: string }): Turns {
  const { atOnce, waiting, sentence } = options
  let inside = 0
  const queue: (() => void)[] = []

  const leaveOnce = () => {
    let left = false
    return () => {
      if (left) return
      left = true
      const next = queue.shift()
      // The turn is handed on without being given back, so that nobody can slip in between.
      if (next) next()
      else inside -= 1
    }
  }

  return {
    async enter(signal) {
      signal?.throwIfAborted()
      if (inside < atOnce) {
        inside += 1
        return leaveOnce()
      }
      if (queue.length >= waiting) {
        throw new PublicError('overloaded', {
          sentence: sentence ?? 'Many files are being imported at this moment. Try again in a minute.',
        })
      }
      return await new Promise<() => void>((resolve, reject) => {
        const go = () => {
          signal?.removeEventListener('abort', giveUp)
          resolve(leaveOnce())
        }
        const giveUp = () => {
          queue.splice(queue.indexOf(go), 1)
          reject(signal?.reason)
        }
        queue.push(go)
        signal?.addEventListener('abort', giveUp, { once: true })
      })
    },
  }
}
