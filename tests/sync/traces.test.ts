import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { encodeUpdate } from '../../lib/sync/message'
import { copyOf, runOf, textsOf } from '../support/raw-body'
import { readTrace, replay, type Trace, traceIsMissing } from '../support/trace'
import { Office, type Person, type RawSocket } from './wire'

// Real typing, recorded by others, through the server's socket. How fast one may type is not its subject.
const limits = { messagesPerSecond: 1e9, messageBurst: 1e9, bytesPerSecond: 1e12, byteBurst: 1e12 }

let office: Office
beforeAll(async () => {
  office = await Office.open(limits)
})
afterAll(() => office?.close())

/** So many updates are on their way at most. */
const unsavedAtMost = 200

/** Somebody at the socket with a document of their own, who sends what they write when they are told to. */
class Author {
  readonly doc: Y.Doc
  readonly #socket: RawSocket
  #outbox: Uint8Array[] = []
  #sent = 0
  #saved = 0

  private constructor(socket: RawSocket, doc: Y.Doc) {
    this.#socket = socket
    this.doc = doc
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'heard') this.#outbox.push(update)
    })
  }

  /** @param clientId where text of two meets, yjs puts that of the lower id first. */
  static async join(id: DocumentId, person: Person, clientId: number): Promise<Author> {
    const { socket, doc } = await office.joined(id, person)
    return new Author(socket, copyOf(doc, clientId))
  }

  /** Sends the first so many updates that were not sent yet. @returns them. */
  async send(count = this.#outbox.length): Promise<readonly Uint8Array[]> {
    const updates = this.#outbox.splice(0, count)
    for (const update of updates) {
      this.#socket.send(encodeUpdate(update))
      this.#sent += 1
      while (this.#sent - this.#saved >= unsavedAtMost) await this.#hearSaved()
    }
    return updates
  }

  /** Everything that was sent is on disk. */
  async saved(): Promise<void> {
    while (this.#saved < this.#sent) await this.#hearSaved()
  }

  /** Reads on until these are here: their deletions as well, which no state vector shows. */
  async hears(updates: readonly Uint8Array[]): Promise<void> {
    if (updates.length === 0) return
    const all = Y.mergeUpdates([...updates])
    while (!Y.snapshotContainsUpdate(Y.snapshot(this.doc), all)) {
      Y.applyUpdate(this.doc, (await this.#socket.next('update')).update, 'heard')
    }
  }

  leave(): void {
    this.#socket.close()
  }

  async #hearSaved(): Promise<void> {
    this.#saved = (await this.#socket.next('saved')).through
  }
}

/** What somebody has who comes afterwards, and what the log has. */
async function readers(id: DocumentId) {
  const { socket, doc } = await office.joined(id, office.linus)
  socket.close()
  return { comer: textsOf(doc), stored: await office.stored(id) }
}

const gone = (name: string) => traceIsMissing(name)

test.skipIf(gone('automerge-paper'))(
  'the paper automerge-paper, replayed 50 operations an update (skipped where the corpus is absent), ends in its recorded text (rules 8, 11)',
  async () => {
    const { txns, endContent } = readTrace('automerge-paper')
    const id = await office.document('')
    const author = await Author.join(id, office.ada, 7)
    const text = runOf(author.doc, 0)
    for (let start = 0; start < txns.length; start += 50) {
      author.doc.transact(() => {
        for (const { patches } of txns.slice(start, start + 50)) replay(text, patches)
      })
      await author.send()
    }
    await author.saved()
    author.leave()
    expect(await readers(id)).toEqual({ comer: [endContent], stored: [endContent] })
  },
  180_000,
)

test.skipIf(gone('friendsforever'))(
  'the two authors of friendsforever, each knowing what they knew (skipped where the corpus is absent), end in their recorded text (rules 8, 11)',
  async () => {
    const trace = readTrace('friendsforever')
    const id = await office.document('')
    // The recording, too, puts the first author's text before the second's where both wrote in one place.
    const authors = [await Author.join(id, office.ada, 7), await Author.join(id, office.grace, 8)] as const
    const sentOf = [0, 0]
    for (const [n, known] of knowledgeOf(trace).entries()) {
      const { agent = 0, patches = [] } = trace.txns[n] ?? {}
      const [me, other] = agent === 0 ? authors : [authors[1], authors[0]]
      // Nothing of the other's travels before somebody has to know it: so nobody knows more than they did.
      const theirs = 1 - agent
      const further = Math.max(0, (known[theirs] ?? 0) - (sentOf[theirs] ?? 0))
      sentOf[theirs] = (sentOf[theirs] ?? 0) + further
      await me.hears(await other.send(further))
      me.doc.transact(() => replay(runOf(me.doc, 0), patches))
    }
    const rest = [await authors[0].send(), await authors[1].send()] as const
    await authors[0].hears(rest[1])
    await authors[1].hears(rest[0])
    for (const author of authors) {
      await author.saved()
      expect(textsOf(author.doc)).toEqual([trace.endContent])
      author.leave()
    }
    expect(await readers(id)).toEqual({ comer: [trace.endContent], stored: [trace.endContent] })
  },
  180_000,
)

/** Of each agent, how many transactions the author of each transaction had before it. */
function knowledgeOf({ txns }: Trace): number[][] {
  const after: number[][] = []
  return txns.map(({ parents = [], agent = 0 }) => {
    const before = [0, 1].map((who) => Math.max(0, ...parents.map((parent) => after[parent]?.[who] ?? 0)))
    after.push(before.map((count, who) => (who === agent ? count + 1 : count)))
    return before
  })
}
