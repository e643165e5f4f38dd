import type * as Y from 'yjs'
import type { LiveEvent } from '../../lib/live'
import type { RefusalCode } from '../../lib/sync/message'
import { type Body, hasContent } from './body'
import { CarriedWords } from './carried-words'
import type { HeldWords } from './held-words'
import { pausedAfterMs, type SavedState, savedState } from './saved-state'
import type { DocumentSocket, LocalStore, SessionPorts } from './session-ports'
import { type CloseMeaning, closeMeaning, type SessionState } from './session-state'
import { Unsaved } from './unsaved'

export interface BodyEvents {
  /** Something that a page draws may have changed. */
  changed(): void
  /** The local store has been read; the socket is on its way. */
  connecting(): void
  synced(): void
  /** The server does not take what is written here. */
  readOnly(): void
  closed(meaning: CloseMeaning): void
  /** Everything written here is committed, and was not before. */
  allSaved(): void
  live(event: LiveEvent): void
}

/**
 * One Y.Doc with its local store and its socket, from opening to end. The order is: the store is read, then the
 * socket opens (else everything kept here would go out as one live update), then both follow each change.
 */
export class BodyLife {
  readonly body: Body
  readonly #ports: SessionPorts
  readonly #events: BodyEvents
  #store: LocalStore | null = null
  #storeWorks = false
  /** All that the store held is in the Y.Doc. */
  #storeRead = false
  #socket: DocumentSocket | null = null
  #unsaved: Unsaved
  #ready = false
  /** Said by the server on this connection, just before it closes. */
  #refused: RefusalCode | null = null
  /** The server has said that it cannot store anything just now. */
  #stalled = false
  #ended = false
  #cancelPause: () => void = () => {}
  #carried: CarriedWords | null = null

  constructor(ports: SessionPorts, body: Body, events: BodyEvents) {
    this.#ports = ports
    this.body = body
    this.#events = events
    this.#unsaved = new Unsaved(body.doc)
  }

  /**
   * @param user what other people are shown of this person.
   * @param keeps false: what the store holds is not to be touched, and nothing is kept on this device.
   */
  open(user: { readonly id: string; readonly name: string; readonly color: string }, keeps = true): void {
    const { body } = this
    body.awareness.setLocalState({ user })
    // Registered before the socket's own listener, so that a change is counted before its message is.
    body.doc.on('update', (_, origin, __, transaction: Y.Transaction) => this.#onUpdate(origin, transaction))
    // A reader keeps nothing on this device and sends nothing.
    if (!body.canWrite || !keeps) {
      this.#openSocket()
      return
    }
    this.#carried = new CarriedWords({
      doc: body.doc,
      isRemote: (origin) => this.#socket !== null && origin === this.#socket.origin,
      isUnsaved: (client, clock) => this.#unsaved.isUnsaved(client, clock),
    })
    const store = this.#ports.openStore(body.doc, () => {
      this.#storeWorks = false
      this.#changed()
    })
    this.#store = store
    void store.loaded.then((memory) => {
      if (this.#ended) return
      this.#storeRead = memory !== false
      this.#storeWorks = memory !== false
      if (memory !== false) this.#unsaved = new Unsaved(body.doc, memory)
      this.#ready = hasContent(body)
      this.#openSocket()
    })
  }

  /** Opens the socket again after it was closed. */
  reconnect(): void {
    this.#socket?.connect()
  }

  /** Closes the connection that the network has taken away without a word. */
  drop(): void {
    this.#socket?.drop()
  }

  /** There is something to show, from this device or from the server. */
  get ready(): boolean {
    return this.#ready
  }

  /** Changes that are not known to be committed. */
  get pending(): number {
    return this.#unsaved.pending
  }

  /** Own words that are not known to be committed, as plain text. */
  words(): string {
    // A reader writes nothing: what differs from the server is a repair by the editor.
    return this.body.canWrite ? this.#unsaved.words(this.body.fragment) : ''
  }

  /** What it holds; null: a reader's, who writes nothing. */
  held(): HeldWords | null {
    return this.body.canWrite ? this.#unsaved.held(this.body.fragment) : null
  }

  saved(state: SessionState): SavedState {
    return savedState({
      state,
      canWrite: this.body.canWrite,
      pending: this.#unsaved.pending,
      settled: this.#unsaved.settled,
      waitingSinceMs: this.#unsaved.waitingSinceMs,
      stalled: this.#stalled,
      kept: this.#storeWorks,
      nowMs: this.#ports.clock.now(),
    })
  }

  /**
   * Ends it for good. The Y.Doc stays readable for whoever still shows it.
   *
   * @param mayClear what is kept on this device is deleted once this says true: not before, and not otherwise.
   * @returns True once nothing of it is on this device.
   */
  async end(mayClear: Promise<boolean> | false): Promise<boolean> {
    if (this.#ended) return false
    this.#ended = true
    this.#cancelPause()
    this.#carried?.destroy()
    this.#remember()
    this.#socket?.destroy()
    this.body.awareness.destroy()
    const store = this.#store
    this.#store = null
    if (store === null) return true
    // What was not read may be words of an earlier page, which nobody has kept.
    if (mayClear !== false && this.#storeRead && (await mayClear)) return store.clear()
    store.close()
    return false
  }

  #openSocket(): void {
    const heard =
      <Given extends unknown[]>(hear: (...given: Given) => void) =>
      (...given: Given) => {
        if (!this.#ended) hear(...given)
      }
    this.#socket = this.#ports.openSocket({
      doc: this.body.doc,
      awareness: this.body.awareness,
      canWrite: this.body.canWrite,
      onSent: heard((kind) => {
        this.#unsaved.sent(kind, this.#ports.clock.now())
        this.#changed()
      }),
      onSaved: heard((count) => {
        const all = this.#unsaved.acknowledged(count)
        this.#remember()
        if (all) this.#events.allSaved()
        this.#changed()
      }),
      onRefused: heard((code) => {
        this.#refused = code
      }),
      onLive: heard((event) => {
        if (event.type === 'saving.changed') {
          this.#stalled = event.paused
          this.#changed()
        } else this.#events.live(event)
      }),
      onServerClocks: heard((clocks) => this.#unsaved.serverHas(clocks)),
      onReadOnly: heard(() => this.#events.readOnly()),
      onSynced: heard(() => {
        this.#ready = true
        this.#events.synced()
      }),
      onClose: heard((code) => {
        const meaning = closeMeaning(code, this.#refused)
        this.#refused = null
        this.#stalled = false
        this.#unsaved.connectionClosed()
        this.#remember()
        this.#cancelPause()
        this.#events.closed(meaning)
      }),
    })
    this.#socket.connect()
    this.#events.connecting()
  }

  #onUpdate(origin: unknown, transaction: Y.Transaction): void {
    if (this.#ended) return
    // What the local store brings back was counted by the page that wrote it.
    if (this.#socket === null || !this.body.canWrite) return
    if (origin === this.#socket.origin) {
      this.#unsaved.cameFromServer(transaction)
      return
    }
    this.#unsaved.changedHere()
    this.#remember()
    this.#changed()
  }

  #remember(): void {
    if (!this.#storeWorks) return
    this.#store?.remember(this.#unsaved.pending, () => this.#unsaved.memory())
  }

  #changed(): void {
    this.#watchForPause()
    this.#events.changed()
  }

  /** Looks again when the oldest message has waited for so long that the page must say so. */
  #watchForPause(): void {
    this.#cancelPause()
    this.#cancelPause = () => {}
    const since = this.#unsaved.waitingSinceMs
    const wait = since === null ? 0 : since + pausedAfterMs - this.#ports.clock.now()
    if (wait > 0) this.#cancelPause = this.#ports.clock.after(wait, () => this.#events.changed())
  }
}
