/**
 * Reads of threads, one after the other where two could cross. Answers may come in another order than they were
 * asked for: an older one must never take the place of a newer one, which nothing would put right again.
 */
export class ThreadReads {
  readonly #readOne: (threadId: string) => Promise<void>
  readonly #reading = new Map<string, Reading>()
  /** What was said while lists were being read, by list. */
  readonly #lists = new Set<Set<string>>()

  constructor(readOne: (threadId: string) => Promise<void>) {
    this.#readOne = readOne
  }

  /** A thread has changed. Resolves when it has been read as it is now. */
  changed(threadId: string): Promise<void> {
    for (const said of this.#lists) said.add(threadId)
    const under = this.#reading.get(threadId)
    if (under) {
      under.again = true
      return under.done
    }
    const read: Reading = { again: false, done: Promise.resolve() }
    this.#reading.set(threadId, read)
    read.done = this.#read(threadId, read)
    return read.done
  }

  /** Reads a list; threads that changed before its answer was there are read once more. */
  async list<Answer>(read: () => Promise<Answer>): Promise<Answer> {
    const said = new Set<string>()
    this.#lists.add(said)
    try {
      return await read()
    } finally {
      this.#lists.delete(said)
      for (const threadId of said) void this.changed(threadId)
    }
  }

  async #read(threadId: string, read: Reading): Promise<void> {
    try {
      do {
        read.again = false
        await this.#readOne(threadId)
      } while (read.again)
    } finally {
      this.#reading.delete(threadId)
    }
  }
}

/** A thread that is being read; `again`: something was said of it meanwhile. */
interface Reading {
  again: boolean
  done: Promise<void>
}
