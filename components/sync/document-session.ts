import type { DocumentAnswer } from '../../lib/api'
import type { BodyCondition, LiveEvent } from '../../lib/live'
import type { RefusalCode } from '../../lib/sync/message'
import { type Body, makeBody } from './body'
import { BodyLife } from './body-life'
import { LateWords } from './late-words'
import { abilitiesIn } from './read-access'
import { type SavedState, sameSaved } from './saved-state'
import type { AccessReading, KeptText, SessionPorts } from './session-ports'
import {
  type CloseMeaning,
  mayStillSend,
  type OfflineReason,
  type SessionState,
  showsText,
  waitBeforeRetryMs,
} from './session-state'

/** What a page draws of a session. A new object whenever anything in it changed. */
export interface SessionView {
  readonly state: SessionState
  readonly saved: SavedState
  /** Null: nothing may be shown, or nothing is there yet. */
  readonly body: Body | null
  readonly document: DocumentAnswer
  /** How its stored text fares. Null: as usual. */
  readonly condition: BodyCondition | null
  /** Words that the document did not take, newest last. */
  readonly kept: readonly KeptText[]
  /** Threads of suggestions that this page has made of what came after the text was locked. */
  readonly late: readonly string[]
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
 * One person's connection to one document: when to come back and as whom, and what to do when something ends.
 * Knows no React and no browser; the world comes in through `SessionPorts`.
 */
export class DocumentSession {
  readonly #ports: SessionPorts
  readonly #input: SessionInput
  readonly #listeners = new Set<() => void>()
  readonly #liveListeners = new Set<(event: LiveEvent) => void>()
  #state: SessionState = { kind: 'loading' }
  #document: DocumentAnswer
  #kept: readonly KeptText[]
  #condition: BodyCondition | null = null
  /** Said on this connection: a server that says nothing of it has nothing to say. */
  #conditionHeard = false
  #life: BodyLife
  /** Attempts that failed since the last success. */
  #attempt = 0
  #refusals = 0
  /** A refusal after which this Y.Doc must not be sent again, once access has been read. */
  #mustStartAnew: RefusalCode | null = null
  /** Rises whenever what was asked before no longer matters: late answers are dropped. */
  #epoch = 0
  #cancelTimer: () => void = () => {}
  readonly #late: LateWords
  #view: SessionView

  constructor(ports: SessionPorts, input: SessionInput) {
    this.#ports = ports
    this.#input = input
    this.#document = input.document
    this.#kept = input.kept ?? []
    this.#late = new LateWords(
      ports,
      { documentId: input.document.id, personId: input.person.id },
      {
        setAside: (words) => this.#setAside('read_only', words),
        changed: () => this.#changed(),
      },
    )
    this.#life = this.#lifeOf(makeBody(input.canWrite, 0))
    this.#view = this.#draw()
  }

  /** Opens the local store, then the socket. Returns what ends the session. */
  start(): () => void {
    this.#life.open(this.#input.person)
    if (!this.#input.canWrite) this.#late.until(this.#late.lookFor(this.#maySuggest))
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

  /** The device says that it has no network: a socket would find out only after half a minute. */
  networkLost(): void {
    if (this.#state.kind === 'live' || this.#state.kind === 'connecting') this.#life.drop()
  }

  /** True while leaving the page would leave words behind that are not committed. */
  hasUnsaved(): boolean {
    return this.#life.pending > 0 && mayStillSend(this.#state)
  }

  forgetLate(): void {
    this.#late.forget()
  }

  forgetKept(id: string): void {
    this.#kept = this.#kept.filter((text) => text.id !== id)
    this.#changed()
  }

  #lifeOf(body: Body): BodyLife {
    return new BodyLife(this.#ports, body, {
      changed: () => this.#changed(),
      connecting: () => this.#setState({ kind: 'connecting' }),
      synced: () => {
        this.#attempt = 0
        this.#setState({ kind: 'live' })
        if (!this.#life.body.canWrite) void this.#late.propose(this.#life.body.doc)
        if (!this.#conditionHeard) this.#onCondition(null)
      },
      // A page that came out of the browser's memory, older than a change of access or the bin. Its closing asks
      // anew, after a wait: where API and socket disagree about writing, asking changes nothing.
      readOnly: () => this.#life.drop(),
      closed: (meaning) => this.#onClosed(meaning),
      allSaved: () => {
        this.#refusals = 0
        this.#leaveFull()
      },
      live: (event) => {
        if (event.type === 'body.changed') {
          this.#conditionHeard = true
          this.#onCondition(event.size === 'usual' && !event.damaged ? null : event)
          return
        }
        for (const listener of this.#liveListeners) listener(event)
      },
    })
  }

  #onCondition(condition: BodyCondition | null): void {
    const wasFull = this.#isFull
    this.#condition = condition
    this.#changed()
    if (wasFull && !this.#isFull) this.#comeBack(true)
    else this.#leaveFull()
  }

  get #isFull(): boolean {
    return this.#condition?.size === 'full'
  }

  /** A full document takes nothing: it is only read, from when all that was written here is answered. */
  #leaveFull(): void {
    if (this.#isFull && this.#life.body.canWrite && this.#life.pending === 0)
      this.#startAnew(false, 'too_large')
  }

  #onClosed(meaning: CloseMeaning) {
    this.#epoch += 1
    this.#conditionHeard = false
    switch (meaning.kind) {
      case 'retry':
        return this.#waitAndRetry(meaning.why)
      case 'access_changed':
        // Whoever only reads may have been shown what was not taken in the end.
        if (!this.#life.body.canWrite) this.#mustStartAnew = 'read_only'
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
  #comeBack(isOpen = false): void {
    this.#cancelTimer()
    if (!isOpen && this.#state.kind === 'live') this.#setState({ kind: 'connecting' })
    const epoch = ++this.#epoch
    void this.#ports.readAccess().then((reading) => {
      if (epoch === this.#epoch) this.#onAccess(reading, isOpen)
    })
  }

  #onAccess(reading: AccessReading, isOpen: boolean) {
    switch (reading.kind) {
      case 'unreachable':
        return isOpen ? undefined : this.#waitAndRetry('network')
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
        const canWrite = reading.canWrite && !this.#isFull
        if (canWrite !== this.#life.body.canWrite || why !== null) {
          return this.#startAnew(canWrite, why ?? (this.#isFull ? 'too_large' : 'read_only'))
        }
        if (isOpen) return
        this.#life.reconnect()
        return this.#setState({ kind: 'connecting' })
      }
      default:
        return reading satisfies never
    }
  }

  #onRefusal(code: RefusalCode): void {
    this.#refusals += 1
    if (this.#refusals > mostRefusals) {
      void this.#setAside(code, this.#life.words())
      this.#setState({ kind: 'refused', code })
      return
    }
    // A reader's page that wrote nothing has nothing to start anew from.
    if (code !== 'read_only' || this.#life.pending > 0) this.#mustStartAnew = code
    this.#comeBack()
  }

  /** A new Y.Doc from the server; what was not committed is kept for the person, outside the document. */
  #startAnew(canWrite: boolean, why: RefusalCode): void {
    const old = this.#life
    const held = why === 'read_only' && !canWrite && this.#maySuggest ? old.held() : null
    const kept = held ? this.#late.hold(held) : this.#setAside(why, old.words())
    if (canWrite) this.#late.release()
    this.#conditionHeard = false
    const epoch = ++this.#epoch
    this.#life = this.#lifeOf(makeBody(canWrite, old.body.generation + 1))
    this.#setState({ kind: 'loading' })
    // The old store must be empty before the new one opens under the same name; one that holds the only copy of
    // refused words stays as it is, for a later page to try again.
    const ended = old.end(kept)
    // One that reads keeps nothing there, and what it gets is what tells which words came too late.
    if (held) this.#late.until(ended)
    if (!canWrite) {
      this.#life.open(this.#input.person)
      return
    }
    void Promise.all([ended, this.#late.settled]).then(([emptied]) => {
      if (epoch === this.#epoch) this.#life.open(this.#input.person, emptied)
    })
  }

  get #maySuggest(): boolean {
    return abilitiesIn(this.#document).has('comment')
  }

  /** The document is not this person's any more: what was not committed is all they keep. */
  #shut(kind: 'no_access' | 'gone'): void {
    void this.#life.end(this.#setAside(kind, this.#life.words()))
    void this.#late.giveUp()
    this.#setState({ kind })
  }

  /** @returns True once no word would be lost with the store. */
  async #setAside(why: KeptText['why'], words: string): Promise<boolean> {
    if (words === '') return true
    const { doc } = this.#life.body
    const atMs = this.#ports.clock.now()
    const text: KeptText = {
      id: [doc.clientID, atMs, ...(this.#kept.length > 0 ? [this.#kept.length] : [])].join('-'),
      documentId: this.#document.id,
      personId: this.#input.person.id,
      title: this.#document.title,
      atMs,
      why,
      words,
    }
    this.#kept = [...this.#kept, text]
    this.#changed()
    return this.#ports.setAside(text)
  }

  #close(): void {
    this.#epoch += 1
    this.#cancelTimer()
    void this.#life.end(false)
    this.#late.release()
    this.#setState({ kind: 'closed' })
    this.#listeners.clear()
  }

  #setState(state: SessionState): void {
    this.#state = state
    this.#changed()
  }

  /** Tells nobody when the page would look the same: most keystrokes and answers change nothing to be drawn. */
  #changed(): void {
    const before = this.#view
    const drawn = this.#draw()
    const now = sameSaved(before.saved, drawn.saved) ? { ...drawn, saved: before.saved } : drawn
    if ((Object.keys(now) as (keyof SessionView)[]).every((key) => now[key] === before[key])) return
    this.#view = now
    for (const listener of this.#listeners) listener()
  }

  #draw(): SessionView {
    return {
      state: this.#state,
      saved: this.#life.saved(this.#state),
      body: showsText(this.#state) && this.#life.ready ? this.#life.body : null,
      document: this.#document,
      condition: this.#condition,
      kept: this.#kept,
      late: this.#late.threadIds,
    }
  }
}
