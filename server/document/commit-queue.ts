import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'
import { DocumentQueue, type Part, type QueueListener, type Total } from './document-queue'

interface QueueParts {
  readonly timers: Timers
  /** Something can be taken. */
  readonly onWork: () => void
}

/** All updates that wait for the committer, by document. */
export class CommitQueue {
  readonly #parts: QueueParts
  readonly #queues = new Set<DocumentQueue>()
  /** Queues with something to take, in the order in which they are served. */
  readonly #ready = new Set<DocumentQueue>()
  /** Over all queues. */
  readonly #total: Total = { bytes: 0, updates: 0 }

  constructor(parts: QueueParts) {
    this.#parts = parts
  }

  open(documentId: DocumentId, listener: QueueListener): DocumentQueue {
    const queue: DocumentQueue = new DocumentQueue(documentId, listener, {
      timers: this.#parts.timers,
      total: this.#total,
      changed: (isReady) => {
        if (queue.isClosed) this.#queues.delete(queue)
        if (!isReady) return void this.#ready.delete(queue)
        this.#ready.add(queue)
        this.#parts.onWork()
      },
    })
    this.#queues.add(queue)
    return queue
  }

  get hasWork(): boolean {
    return this.#ready.size > 0
  }

  get isEmpty(): boolean {
    return this.updates === 0
  }

  get bytes(): number {
    return this.#total.bytes
  }

  get updates(): number {
    return this.#total.updates
  }

  /** When the update that has waited longest was accepted, by `Timers.elapsed`; null: none waits. */
  get oldestAt(): number | null {
    return oldestOf(this.#queues)
  }

  /** The same of what can be taken now. */
  get readySince(): number | null {
    return oldestOf(this.#ready)
  }

  /** Takes what fits; whoever was served goes to the end of the line. */
  take(most: { bytes: number; updates: number }): Part[] {
    const parts: Part[] = []
    let { bytes, updates } = most
    for (const queue of [...this.#ready]) {
      if (parts.length > 0 && (bytes <= 0 || updates <= 0)) break
      this.#ready.delete(queue)
      const part = queue.take({ bytes, updates })
      parts.push(part)
      updates -= part.updates.length
      bytes -= part.bytes
      if (queue.isReady) this.#ready.add(queue)
    }
    return parts
  }
}

function oldestOf(queues: Iterable<DocumentQueue>): number | null {
  let oldest: number | null = null
  for (const { oldestAt } of queues) {
    if (oldestAt !== null && (oldest === null || oldestAt < oldest)) oldest = oldestAt
  }
  return oldest
}
