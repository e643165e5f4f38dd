import { type Doc, encodeStateVector, getState } from 'yjs'
import { CallError } from '../call-api'
import type { HeldWords } from './held-words'
import type { LateEdit } from './late-edits'
import type { SessionPorts } from './session-ports'

/** How often a suggestion is sent that nobody has answered, and how long after the first time, in ms. */
const mostAttempts = 4
const firstWaitMs = 500
/** How long it takes until it is asked again whether the log has what the server shows, in ms. */
const askAgainMs = 1_000

export interface LateEvents {
  /** Keeps words for the person where they can be no suggestion. True once no word would be lost. */
  setAside(words: string): Promise<boolean>
  /** Suggestions were made. */
  changed(): void
}

/** Words on their way. `finish` is told once: true when nothing of them would be lost with what holds them. */
interface Waiting {
  readonly held: HeldWords
  finish(isSafe: boolean): void
}

/**
 * What came after the text was locked, from this page or from earlier ones, and becomes suggestions by itself. Until
 * each of them is there, the local store keeps the words: a page that ends in between leaves them to the next one,
 * which makes the same suggestions once more, and no second ones.
 */
export class LateWords {
  readonly #ports: Pick<SessionPorts, 'propose' | 'isStored' | 'findHeld' | 'clock'>
  readonly #of: { readonly documentId: string; readonly personId: string }
  readonly #events: LateEvents
  #waiting: readonly Waiting[] = []
  #settled: Promise<unknown> = Promise.resolve()
  #released = false
  #threadIds: readonly string[] = []

  constructor(
    ports: Pick<SessionPorts, 'propose' | 'isStored' | 'findHeld' | 'clock'>,
    of: { documentId: string; personId: string },
    events: LateEvents,
  ) {
    this.#ports = ports
    this.#of = of
    this.#events = events
  }

  /** Threads that were started, until somebody has taken notice. */
  get threadIds(): readonly string[] {
    return this.#threadIds
  }

  /** Resolves once the local store is free. */
  get settled(): Promise<unknown> {
    return this.#settled
  }

  forget(): void {
    this.#threadIds = []
    this.#events.changed()
  }

  /** Takes words in until the server's text is there. @returns True once nothing of them would be lost. */
  hold(held: HeldWords): Promise<boolean> {
    this.#released = false
    return new Promise<boolean>((finish) => {
      this.#waiting = [...this.#waiting, { held, finish }]
    })
  }

  /** Nothing else may open the local store before this is done. */
  until(done: Promise<unknown>): void {
    this.#settled = Promise.all([this.#settled, done])
  }

  /** Looks for what earlier pages left on this device. @param maySuggest false: it is kept for the person instead. */
  async lookFor(maySuggest: boolean): Promise<void> {
    const store = await this.#ports.findHeld()
    if (store === null) return
    if (this.#released) return store.close()
    const { held } = store
    const kept = maySuggest ? this.hold(held) : this.#events.setAside(held.words)
    if (maySuggest && this.#server) void this.propose(this.#server)
    if (await kept) await store.clear()
    else store.close()
    held.doc.destroy()
  }

  /** The server's text, once a page that only reads is in step with it. */
  #server: Doc | null = null

  /** Makes suggestions of all that waits. @param server the text as the server has it. */
  async propose(server: Doc): Promise<void> {
    this.#server = server
    const waiting = this.#waiting
    this.#waiting = []
    for (const one of waiting) {
      const { held, finish } = one
      // What the server only has in memory may be refused in the end: it would be neither text nor suggestion.
      if (held.words !== '' && !(await this.#ports.isStored(shownOf(held, server)))) {
        this.#waitFor(one)
        continue
      }
      const { threadIds, all } = await proposeLate(held, server, this.#of, this.#ports)
      if (threadIds.length > 0) {
        this.#threadIds = [...this.#threadIds, ...threadIds]
        this.#events.changed()
      }
      finish(all || (await this.#events.setAside(held.words)))
    }
  }

  /** Looks once more, at the text that is there then. */
  #waitFor(one: Waiting): void {
    if (this.#released) {
      one.finish(false)
      return
    }
    this.#waiting = [...this.#waiting, one]
    this.#ports.clock.after(askAgainMs, () => {
      if (this.#server && this.#waiting.includes(one)) void this.propose(this.#server)
    })
  }

  /** The page ends, or may write again: what waits stays where it is. */
  release(): void {
    this.#released = true
    this.#server = null
    for (const { finish } of this.#waiting) finish(false)
    this.#waiting = []
  }

  /** The document is not this person's any more: what waits is all they keep. */
  async giveUp(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    this.release()
    for (const { held, finish } of waiting) finish(await this.#events.setAside(held.words))
  }
}

/** @returns threads that were started, and whether all of it is in them. */
async function proposeLate(
  held: HeldWords,
  server: Doc,
  of: { documentId: string; personId: string },
  ports: Pick<SessionPorts, 'propose' | 'clock'>,
): Promise<{ threadIds: readonly string[]; all: boolean }> {
  const { lateEdits } = await import('./late-edits')
  const threadIds: string[] = []
  let all = true
  const edits = lateEdits(held, server, of)
  for (const edit of edits) {
    const threadId = await proposed(edit, ports)
    if (threadId === null) all = false
    else threadIds.push(threadId)
  }
  // What no suggestion says, although the server does not have it: in a block that could not be read, perhaps.
  if (edits.length === 0 && held.words !== '' && lacksOwn(held, server)) all = false
  return { threadIds, all }
}

/** Null: it was refused, or nobody answers. */
async function proposed(
  edit: LateEdit,
  { propose, clock }: Pick<SessionPorts, 'propose' | 'clock'>,
): Promise<string | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    try {
      return await propose(edit)
    } catch (error) {
      if (error instanceof CallError && isFinal(error)) return null
      await new Promise<void>((resolve) => {
        clock.after(firstWaitMs * 2 ** attempt, resolve)
      })
    }
  }
  return null
}

const isFinal = ({ code, fromApi }: CallError): boolean =>
  fromApi &&
  !['unavailable', 'overloaded', 'restarting', 'timeout', 'internal', 'rate_limited'].includes(code)

/** How much of one's own words the server shows, as a state vector. */
const shownOf = ({ doc, own }: HeldWords, server: Doc): Uint8Array =>
  encodeStateVector(
    new Map(
      [...doc.store.clients.keys()].flatMap((client) => {
        const clock = Math.min(getState(doc.store, client), getState(server.store, client))
        return clock > 0 && (own === null || own.has(client)) ? [[client, clock] as const] : []
      }),
    ),
  )

const lacksOwn = ({ doc, own }: HeldWords, server: Doc): boolean =>
  [...doc.store.clients.keys()].some(
    (client) =>
      (own === null || own.has(client)) && getState(doc.store, client) > getState(server.store, client),
  )
