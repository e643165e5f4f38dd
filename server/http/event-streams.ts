import type { DocumentId, PersonId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import type { Principal } from '../auth/authenticate'
import type { LiveSignal } from '../live/subscribe'
import type { Runtime } from '../runtime'

/** Streams that one person may have open on one node: windows and devices. */
const perPerson = 12
/** A line that says nothing, so that no proxy takes a quiet stream for a dead one, in ms. */
const keepAliveMs = 20_000
/** A browser that lost its stream comes back after this, in ms. */
const retryMs = 3_000
/** What is not taken by a slow reader after so many events ends the stream: it comes back and looks anew. */
const backlog = 256

interface Stream {
  readonly personId: PersonId
  readonly credentialId: string
  send(event: string): void
  end(): void
}

/** The open event streams of one node. */
export class EventStreams {
  readonly #streams = new Set<Stream>()
  readonly #stop: () => void
  #ended = false

  constructor(private readonly runtime: Pick<Runtime, 'live' | 'pool' | 'log' | 'now'>) {
    this.#stop = runtime.live.subscribe((signal) => this.#hear(signal))
  }

  get size(): number {
    return this.#streams.size
  }

  /**
   * @param gone aborted when the client has hung up.
   * @returns null when this person has too many, or the node is ending.
   */
  open(principal: Principal, gone: AbortSignal): ReadableStream<Uint8Array> | null {
    const own = [...this.#streams].filter((stream) => stream.personId === principal.personId)
    if (this.#ended || own.length >= perPerson || gone.aborted) return null
    const bytes = new TextEncoder()
    let end = () => {}
    let forget = () => false
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          const write = (text: string) => {
            if ((controller.desiredSize ?? 0) <= 0) return end()
            controller.enqueue(bytes.encode(text))
          }
          const beat = setInterval(() => write(': still here\n\n'), keepAliveMs)
          // A credential that ends takes its stream along; a browser comes back with the one it has then.
          const leftMs = (principal.expiresAt ?? Number.MAX_SAFE_INTEGER) - this.runtime.now()
          const expiry = setTimeout(() => end(), Math.min(leftMs, 24 * 3_600_000))
          const stream: Stream = {
            personId: principal.personId,
            credentialId: principal.credentialId,
            send: (event) => write(`event: ${event}\ndata: {}\n\n`),
            end: () => end(),
          }
          forget = () => {
            clearInterval(beat)
            clearTimeout(expiry)
            gone.removeEventListener('abort', end)
            return this.#streams.delete(stream)
          }
          end = () => {
            if (forget()) controller.close()
          }
          for (const timer of [beat, expiry]) timer.unref()
          gone.addEventListener('abort', end, { once: true })
          this.#streams.add(stream)
          write(`retry: ${retryMs}\nevent: open\ndata: {}\n\n`)
        },
        // Its reader has closed it already.
        cancel: () => void forget(),
      },
      { highWaterMark: backlog },
    )
  }

  /** Ends all of them, and opens no more: their browsers come back to whoever serves next. */
  end(): void {
    this.#ended = true
    this.#stop()
    for (const stream of [...this.#streams]) stream.end()
  }

  #hear(signal: LiveSignal): void {
    switch (signal.type) {
      case 'resync':
        for (const { send } of this.#streams) {
          send('inbox.changed')
          send('document.changed')
        }
        break
      case 'inbox.changed':
        this.#tell(signal.type, (stream) => stream.personId === signal.personId)
        break
      case 'credential.ended':
        for (const stream of [...this.#streams]) {
          const isIts = signal.credentialId === undefined || signal.credentialId === stream.credentialId
          if (stream.personId === signal.personId && isIts) stream.end()
        }
        break
      case 'access.changed':
        // Who has lost a document has to look as well; that it is one of theirs they knew.
        if (signal.personId !== undefined) {
          this.#tell('document.changed', (stream) => stream.personId === signal.personId)
          this.#tell('inbox.changed', (stream) => stream.personId === signal.personId)
        } else void this.#tellReaders(signal)
        break
      case 'document.changed':
      case 'review.changed':
        void this.#tellReaders(signal)
        break
      default:
        break
    }
  }

  #tell(event: string, fits: (stream: Stream) => boolean): void {
    for (const stream of [...this.#streams]) if (fits(stream)) stream.send(event)
  }

  /** Nobody hears of what they may not read, not even that there is something. */
  async #tellReaders({ documentId }: Extract<LiveEvent, { documentId: string }>): Promise<void> {
    const personIds = [...new Set([...this.#streams].map((stream) => stream.personId))]
    if (personIds.length === 0) return
    try {
      const { rows } = await this.runtime.pool.query<{ id: PersonId }>(
        'select person_id as id from document_access where document_id = $1 and person_id = any($2::uuid[])',
        [documentId as DocumentId, personIds],
      )
      const readers = new Set(rows.map((row) => row.id))
      this.#tell('document.changed', (stream) => readers.has(stream.personId))
    } catch (error) {
      this.runtime.log.warn({ err: error }, 'Who may hear of a change could not be asked.')
    }
  }
}

const key = Symbol.for('rationale.eventStreams')
type Holder = { [key]?: WeakMap<object, EventStreams> }

/** Those of a running server: routes may each have their own copy of this module, and `compose.ts` has another. */
export function eventStreamsOf(runtime: Runtime): EventStreams {
  const holder = globalThis as Holder
  holder[key] ??= new WeakMap()
  const known = holder[key].get(runtime)
  if (known) return known
  const made = new EventStreams(runtime)
  holder[key].set(runtime, made)
  return made
}
