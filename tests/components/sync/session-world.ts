import * as Y from 'yjs'
import { DocumentSession, type SessionInput } from '../../../components/sync/document-session'
import type { LateEdit } from '../../../components/sync/late-edits'
import type {
  AccessReading,
  HeldStore,
  KeptText,
  SessionPorts,
  SocketInput,
  StoreMemory,
} from '../../../components/sync/session-ports'
import type { DocumentAnswer } from '../../../lib/api'

/** The story language of session tests: one page, one server, one local store, one clock, all in memory. */
export const ada = { id: '00000000-0000-4000-8000-00000000000a', name: 'Ada', color: '#2f6fde' }

export const documentOf = (role: DocumentAnswer['role'] = 'owner'): DocumentAnswer => ({
  id: '00000000-0000-4000-8000-0000000000d0',
  number: 'TDD-0042',
  title: 'Payment retries',
  status: 'draft',
  templateKey: 'technical-design-document',
  owner: { ...ada, email: null, picture: null },
  role,
  version: 1,
  createdAt: '2026-11-22T09:30:00.000Z',
  updatedAt: '2026-11-22T09:30:00.000Z',
  binnedAt: null,
  fromNewerRelease: false,
})

export class FakeClock {
  #now = 1_000_000
  #timers: { at: number; run: () => void }[] = []
  now = () => this.#now
  after = (ms: number, run: () => void) => {
    const timer = { at: this.#now + ms, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }
  /** To the moment for which something waits next. */
  advanceToNext() {
    this.advance(Math.max(0, Math.min(...this.#timers.map((timer) => timer.at)) - this.#now))
  }
  advance(ms: number) {
    const until = this.#now + ms
    for (;;) {
      const next = this.#timers.filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter((t) => t !== next)
      this.#now = next.at
      next.run()
    }
    this.#now = until
  }
}

/** One socket as the page made it; the test plays the server at its other end. */
export class FakeSocket {
  readonly origin = { socket: true }
  open = false
  destroyed = false
  connects = 0
  /** Every update that this page sent, in order. */
  readonly sent: Uint8Array[] = []
  readonly input: SocketInput
  readonly #send = (update: Uint8Array, origin: unknown) => {
    if (!this.open || origin === this.origin || !this.input.canWrite) return
    this.sent.push(update)
    this.input.onSent('update')
  }
  constructor(input: SocketInput) {
    this.input = input
    input.doc.on('update', this.#send)
  }
  connect() {
    this.connects += 1
  }
  drop() {
    this.close(null)
  }
  destroy() {
    this.destroyed = true
    this.open = false
    this.input.doc.off('update', this.#send)
  }
  /** The connection opens and the first exchange takes place. `server` is what the server holds. */
  accept(server: Y.Doc) {
    this.open = true
    this.input.onServerClocks(Y.decodeStateVector(Y.encodeStateVector(server)))
    if (this.input.canWrite) {
      this.sent.push(Y.encodeStateAsUpdate(this.input.doc, Y.encodeStateVector(server)))
      this.input.onSent('step2')
    }
    this.receive(Y.encodeStateAsUpdate(server))
    this.input.onSynced()
  }
  receive(update: Uint8Array) {
    Y.applyUpdate(this.input.doc, update, this.origin)
  }
  close(code: number | null) {
    this.open = false
    this.input.onClose(code)
  }
}

export class World {
  readonly clock = new FakeClock()
  readonly sockets: FakeSocket[] = []
  readonly keptAside: KeptText[] = []
  /** Answers when the device has been asked to keep refused words. */
  keeps: () => Promise<boolean> = async () => true
  /** Suggestions that the server has taken. */
  readonly proposed: LateEdit[] = []
  /** What the server shows is in the log as well. */
  isInLog = true
  /** What the server says instead of taking one; null: it takes it. */
  refuses: () => Error | null = () => null
  /** What earlier pages left, for one that opens reading. */
  readonly held: HeldStore | null
  /** What this device holds for the person and document; null: this browser keeps nothing. */
  stored: { update: Uint8Array; memory: StoreMemory } | null = {
    update: Y.encodeStateAsUpdate(new Y.Doc()),
    memory: { changes: 0, saved: null, clients: [] },
  }
  storesOpened = 0
  cleared = 0
  closed = 0
  /** Resolves once the page has emptied or closed its store. */
  readonly storeLeft: Promise<void>
  #left = () => {}
  reading: AccessReading = { kind: 'ok', document: documentOf(), canWrite: true }
  readonly session: DocumentSession
  readonly stop: () => void

  constructor({
    held = null,
    ...given
  }: Partial<SessionInput> & Partial<Pick<World, 'stored' | 'held'>> = {}) {
    this.held = held
    if (given.stored !== undefined) this.stored = given.stored
    this.storeLeft = new Promise((resolve) => {
      this.#left = resolve
    })
    const ports: SessionPorts = {
      openStore: (doc) => {
        this.storesOpened += 1
        const held = this.stored
        if (held) {
          Y.applyUpdate(doc, held.update, 'store')
          doc.on('update', () => {
            held.update = Y.encodeStateAsUpdate(doc)
          })
        }
        return {
          loaded: Promise.resolve(held ? held.memory : false),
          remember: (_, memory) => {
            if (held) held.memory = memory()
          },
          clear: async () => {
            this.cleared += 1
            this.#left()
            this.stored = {
              update: Y.encodeStateAsUpdate(new Y.Doc()),
              memory: { changes: 0, saved: null, clients: [] },
            }
            return true
          },
          close: () => {
            this.closed += 1
            this.#left()
          },
        }
      },
      openSocket: (input) => {
        const socket = new FakeSocket(input)
        this.sockets.push(socket)
        return socket
      },
      readAccess: async () => this.reading,
      setAside: async (text) => {
        this.keptAside.push(text)
        return this.keeps()
      },
      findHeld: async () => this.held,
      isStored: async () => this.isInLog,
      propose: async (edit) => {
        const refusal = this.refuses()
        if (refusal) throw refusal
        if (!this.proposed.some(({ key }) => key === edit.key)) this.proposed.push(edit)
        return `thread ${this.proposed.findIndex(({ key }) => key === edit.key)}`
      },
      clock: this.clock,
      chance: () => 0.5,
    }
    this.session = new DocumentSession(ports, {
      person: ada,
      document: documentOf(),
      canWrite: true,
      ...given,
    })
    this.stop = this.session.start()
  }

  get view() {
    return this.session.view()
  }
  get socket(): FakeSocket {
    const last = this.sockets.at(-1)
    if (!last) throw new Error('no socket was opened yet')
    return last
  }
  /** Types into the first paragraph of what the page shows. */
  type(text: string) {
    const { body } = this.view
    if (!body) throw new Error('nothing to type into')
    typeInto(body.doc, text)
  }
  /** Resolves when the session's view satisfies `wanted`. */
  until(wanted: (view: ReturnType<DocumentSession['view']>) => boolean): Promise<void> {
    if (wanted(this.view)) return Promise.resolve()
    return new Promise((resolve) => {
      const stop = this.session.subscribe(() => {
        if (!wanted(this.view)) return
        stop()
        resolve()
      })
    })
  }
  /** Opened, connected and in step with `server`, everything acknowledged. */
  async live(server: Y.Doc) {
    await this.until((view) => view.state.kind === 'connecting')
    this.socket.accept(server)
    if (this.socket.input.canWrite) this.socket.input.onSaved(1)
  }
}

export function typeInto(doc: Y.Doc, text: string) {
  const content = doc.getXmlFragment('content')
  doc.transact(() => {
    let paragraph = content.length > 0 ? content.get(0) : null
    if (!(paragraph instanceof Y.XmlElement)) {
      paragraph = new Y.XmlElement('paragraph')
      content.insert(0, [paragraph])
    }
    const element = paragraph as Y.XmlElement
    let words = element.length > 0 ? element.get(0) : null
    if (!(words instanceof Y.XmlText)) {
      words = new Y.XmlText()
      element.insert(0, [words])
    }
    const target = words as Y.XmlText
    target.insert(target.length, text)
  })
}

export const textOf = (doc: Y.Doc): string =>
  doc
    .getXmlFragment('content')
    .toString()
    .replace(/<[^>]*>/g, '')

export function serverHolding(text: string): Y.Doc {
  const doc = new Y.Doc()
  typeInto(doc, text)
  return doc
}
