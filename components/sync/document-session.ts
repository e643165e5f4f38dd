import * as Y from 'yjs'
import type { DocumentAnswer } from '../../lib/api'
import type { LiveEvent } from '../../lib/live'
import type { RefusalCode } from '../../lib/sync/message'
import { type Body, hasContent, makeBody } from './body'
import { pausedAfterMs, type SavedState, savedState } from './saved-state'
import type { AccessReading, DocumentSocket, KeptText, LocalStore, SessionPorts } from './session-ports'
import {
  type CloseMeaning,
  closeMeaning,
  mayStillSend,
  type OfflineReason,
  type SessionState,
  waitBeforeRetryMs,
} from './session-state'
import { Unsaved } from './unsaved'

/** What a page draws of a session. A new object whenever anything in it changed. */
export interface SessionView {
  readonly state: SessionState
  readonly saved: SavedState
  /** Null: nothing may be shown, or nothing is there yet. */
  readonly body: Body | null
  readonly document: DocumentAnswer
  /** Words that the document did not take, newest last. */
  readonly kept: readonly KeptText[]
}

export interface SessionInput {
  readonly person: { readonly id: string; readonly name: string; readonly color: string }
  readonly document: DocumentAnswer
  readonly canWrite: boolean
  /** Kept on this device by earlier pages. */
  readonly kept?: readonly KeptText[]
}

/** After this many refusals without a word taken in between, only a reload can help. */
const mostRefusals = 3

/**
 * One person's connection to one document: local store, socket, what is saved, and what to do when something
 * ends. Knows no React and no browser; the world comes in through `SessionPorts`.
 */
export class DocumentSession {
  readonly #ports: SessionPorts
  readonly #input: SessionInput
  readonly #listeners = new Set<() => void>()
  readonly #liveListeners = new Set<(event: LiveEvent) => void>()
  #state: SessionState = { kind: 'loading' }
  #document: DocumentAnswer
  #kept: readonly KeptText[]
  #body: Body
  #store: LocalStore | null = null
  #storeWorks = false
  #socket: DocumentSocket | null = null
  #unsaved: Unsaved
  #ready = false
  #attempt = 0
  #refusals = 0
  /** Said by the server on this connection, just before it closes. */
  #refused: RefusalCode | null = null
  /** A refusal after which this Y.Doc must not be sent again, once access has been read. */
  #mustStartAnew: RefusalCode | null = null
  /** Rises whenever what was asked before no longer matters: late answers are dropped. */
  #epoch = 0
  #cancelTimer: () => void = () => {}
  #cancelPausedTimer: () => void = () => {}
  #view: SessionView

  constructor(ports: SessionPorts, input: SessionInput) {
    this.#ports = ports
    this.#input = input
    this.#document = input.document
    this.#kept = input.kept ?? []
    this.#body = makeBody(input.canWrite, 0)
    this.#unsaved = new Unsaved(this.#body.doc)
    this.#view = this.#draw()
  }

  /** Opens the local store, then the socket. Returns what ends the session. */
  start(): () => void {
    this.#openBody()
    return () => this.#close()
  }

  view = (): SessionView => this.#view

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What-changed events of the document. */
  onLive(listener: (event: LiveEvent) => void): () => void {
    this.#liveListeners.add(listener)
    return () => this.#liveListeners.delete(listener)
  }

  /** The page has read the document anew (a title, a status). */
  documentRead(document: DocumentAnswer): void {
    this.#document = document
    this.#changed()
  }

  /** The network is back, the page is looked at again, somebody signed in: try at once. */
  wake(): void {
    const { kind } = this.#state
    if (kind === 'offline' || kind === 'signed_out' || kind === 'other_person') this.#comeBack()
  }

  /** True while leaving the page would leave words behind that are not committed. */
  hasUnsaved(): boolean {
    return this.#unsaved.pending > 0 && mayStillSend(this.#state)
  }

  forgetKept(id: string): void {
    this.#kept = this.#kept.filter((text) => text.id !== id)
    this.#changed()
  }

  #openBody() {
    const body = this.#body
    const epoch = ++this.#epoch
    this.#ready = false
    this.#unsaved = new Unsaved(body.doc)
    this.#setState({ kind: 'loading' })
    const { id, name, color } = this.#input.person
    body.awareness.setLocalState({ user: { id, name, color } })
    // Registered before the socket's own listener, so that a change is counted before its message is.
    body.doc.on('update', (_, origin, __, transaction: Y.Transaction) => this.#onUpdate(origin, transaction))

    // A reader keeps nothing on this device and sends nothing.
    if (!body.canWrite) return this.#openSocket()
    const store = this.#ports.openStore(body.doc, () => {
      if (epoch !== this.#epoch) return
      this.#storeWorks = false
      this.#changed()
    })
    this.#store = store
    void store.loaded.then((memory) => {
      if (epoch !== this.#epoch) return
      this.#storeWorks = memory !== false
      if (memory !== false) this.#unsaved = new Unsaved(body.doc, memory)
      this.#ready = hasContent(body)
      this.#openSocket()
    })
  }

  #openSocket(): void {
    const body = this.#body
    const current = () => body === this.#body && socket === this.#socket
    const socket: DocumentSocket = this.#ports.openSocket({
      doc: body.doc,
      awareness: body.awareness,
      canWrite: body.canWrite,
      onOpen: () => {},
      onSent: (kind) => {
        if (!current()) return
        this.#unsaved.sent(kind, this.#ports.clock.now())
        this.#changed()
      },
      onSaved: (count) => {
        if (!current()) return
        if (this.#unsaved.acknowledged(count)) this.#refusals = 0
        this.#remember()
        this.#changed()
      },
      onRefused: (code) => {
        if (current()) this.#refused = code
      },
      onLive: (event) => {
        if (current()) for (const listener of this.#liveListeners) listener(event)
      },
      onServerClocks: (clocks) => {
        if (current()) this.#unsaved.serverHas(clocks)
      },
      onSynced: () => {
        if (!current()) return
        this.#ready = true
        this.#attempt = 0
        this.#setState({ kind: 'live' })
      },
      onClose: (code) => {
        if (!current()) return
        this.#unsaved.connectionClosed()
        this.#remember()
        const refused = this.#refused
        this.#refused = null
        this.#onClosed(closeMeaning(code, refused))
      },
    })
    this.#socket = socket
    socket.connect()
    this.#setState({ kind: 'connecting' })
  }

  #onUpdate(origin: unknown, transaction: Y.Transaction) {
    if (origin === this.#socket?.origin) return this.#unsaved.cameFromServer(transaction)
    // What the local store brings back was counted by the page that wrote it.
    if (this.#state.kind === 'loading' || !this.#body.canWrite) return
    this.#unsaved.changedHere()
    this.#remember()
    this.#changed()
  }

  #onClosed(meaning: CloseMeaning) {
    switch (meaning.kind) {
      case 'retry':
        return this.#waitAndRetry(meaning.why)
      case 'access_changed':
        return this.#comeBack()
      case 'signed_out':
        return this.#setState({ kind: 'signed_out' })
      case 'no_access':
      case 'gone':
        return this.#shut(meaning.kind)
      case 'outdated':
        return this.#setState({ kind: 'outdated' })
      case 'refused':
        return this.#onRefusal(meaning.code)
      default:
        return meaning satisfies never
    }
  }

  #waitAndRetry(why: OfflineReason): void {
    const wait = waitBeforeRetryMs(why, this.#attempt++, this.#ports.chance())
    const sinceMs = this.#state.kind === 'offline' ? this.#state.sinceMs : this.#ports.clock.now()
    this.#setState({ kind: 'offline', sinceMs, why })
    this.#cancelTimer()
    this.#cancelTimer = this.#ports.clock.after(wait, () => this.#comeBack())
  }

  /** Asks who is signed in and what they may do, and only then opens the socket again. */
  #comeBack(): void {
    this.#cancelTimer()
    if (this.#state.kind === 'live') this.#setState({ kind: 'connecting' })
    const epoch = ++this.#epoch
    void this.#ports.readAccess().then((reading) => {
      if (epoch === this.#epoch) this.#onAccess(reading)
    })
  }

  #onAccess(reading: AccessReading) {
    switch (reading.kind) {
      case 'unreachable':
        // Not signed out after all, or signed in and then cut off: both wait for the network.
        return this.#waitAndRetry('network')
      case 'signed_out':
        return this.#setState({ kind: 'signed_out' })
      case 'other_person':
        return this.#setState({ kind: 'other_person', name: reading.name })
      case 'gone':
        return this.#shut('gone')
      case 'ok': {
        this.#document = reading.document
        const why = this.#mustStartAnew
        this.#mustStartAnew = null
        if (reading.canWrite === this.#body.canWrite && why === null) {
          this.#socket?.connect()
          this.#setState({ kind: 'connecting' })
        } else this.#startAnew(reading.canWrite, why ?? 'read_only')
        return
      }
      default:
        return reading satisfies never
    }
  }

  #onRefusal(code: RefusalCode): void {
    this.#refusals += 1
    if (this.#refusals > mostRefusals) {
      this.#setAside(code)
      this.#setState({ kind: 'refused', code })
      return
    }
    // A reader's page that wrote nothing has nothing to start anew from.
    if (code !== 'read_only' || this.#unsaved.pending > 0) this.#mustStartAnew = code
    this.#comeBack()
  }

  /** A new Y.Doc from the server; what was not committed is kept for the person, outside the document. */
  #startAnew(canWrite: boolean, why: RefusalCode): void {
    this.#setAside(why)
    const epoch = ++this.#epoch
    const store = this.#store
    this.#letGo()
    this.#body = makeBody(canWrite, this.#body.generation + 1)
    this.#setState({ kind: 'loading' })
    // The old store must be gone before the new one opens under the same name.
    void Promise.resolve(store?.clear()).then(() => {
      if (epoch !== this.#epoch) return
      this.#openBody()
    })
  }

  /** The document is not this person's any more: what was not committed is all they keep. */
  #shut(kind: 'no_access' | 'gone'): void {
    this.#setAside(kind)
    const store = this.#store
    this.#letGo()
    void store?.clear()
    this.#setState({ kind })
  }

  #setAside(why: KeptText['why']): void {
    const words = this.#unsaved.words(this.#body.fragment)
    if (words === '') return
    const text: KeptText = {
      id: `${this.#body.doc.clientID}-${this.#ports.clock.now()}`,
      documentId: this.#document.id,
      personId: this.#input.person.id,
      title: this.#document.title,
      atMs: this.#ports.clock.now(),
      why,
      words,
      update: Y.encodeStateAsUpdate(this.#body.doc),
    }
    this.#kept = [...this.#kept, text]
    void this.#ports.setAside(text)
  }

  #remember(): void {
    if (!this.#storeWorks) return
    const unsaved = this.#unsaved
    this.#store?.remember(unsaved.pending, () => unsaved.memory())
  }

  #letGo(): void {
    this.#cancelTimer()
    this.#cancelPausedTimer()
    this.#socket?.destroy()
    this.#socket = null
    this.#store = null
    this.#storeWorks = false
    this.#ready = false
    this.#body.awareness.destroy()
  }

  #close(): void {
    if (this.#state.kind === 'closed') return
    this.#epoch += 1
    const store = this.#store
    this.#remember()
    this.#letGo()
    store?.close()
    this.#body.doc.destroy()
    this.#setState({ kind: 'closed' })
    this.#listeners.clear()
  }

  #setState(state: SessionState): void {
    this.#state = state
    this.#changed()
  }

  #changed(): void {
    this.#view = this.#draw()
    this.#watchForPause()
    for (const listener of this.#listeners) listener()
  }

  /** Looks again when the oldest message has waited for so long that the page must say so. */
  #watchForPause(): void {
    this.#cancelPausedTimer()
    this.#cancelPausedTimer = () => {}
    const since = this.#unsaved.waitingSinceMs
    if (this.#state.kind !== 'live' || since === null) return
    const wait = since + pausedAfterMs - this.#ports.clock.now()
    if (wait > 0) this.#cancelPausedTimer = this.#ports.clock.after(wait, () => this.#changed())
  }

  #draw(): SessionView {
    const state = this.#state
    const hidden = ['other_person', 'no_access', 'gone', 'refused', 'closed'].includes(state.kind)
    return {
      state,
      saved: savedState({
        state,
        canWrite: this.#body.canWrite,
        pending: this.#unsaved.pending,
        settled: this.#unsaved.settled,
        waitingSinceMs: this.#unsaved.waitingSinceMs,
        kept: this.#storeWorks,
        nowMs: this.#ports.clock.now(),
      }),
      body: hidden || !this.#ready ? null : this.#body,
      document: this.#document,
      kept: this.#kept,
    }
  }
}
