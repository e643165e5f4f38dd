import type { DocumentId } from '../../lib/id'
import type { Relay, RelaySeat } from '../../server/sync/relay'
import type { StreamEntry } from '../../server/sync/relay-link'
import type { RelayMessage } from '../../server/sync/relay-message'
import { Seat } from '../../server/sync/relay-seat'

/** A Redis without a network: it says everything in one order, and each node hears it as late as the test likes. */
export class MemoryBus {
  readonly nodes: MemoryRelay[] = []
  /** So few entries that a gap is sometimes longer. */
  readonly stream: StreamEntry[] = []
  #lastId = 0

  node(name: string): MemoryRelay {
    const node = new MemoryRelay(this, name)
    this.nodes.push(node)
    return node
  }

  say(message: RelayMessage): void {
    for (const node of this.nodes) if (node.isConnected) node.inbox.push(message)
  }

  append(node: string, update: Uint8Array): void {
    const before = `${this.#lastId}-0`
    this.#lastId += 1
    const id = `${this.#lastId}-0`
    this.stream.push({ id, node, update })
    if (this.stream.length > 5) this.stream.shift()
    this.say({ kind: 'update', node, before, id, update })
  }
}

/** One node's end of it. It outlives no server: a killed one is taken off the bus. */
export class MemoryRelay implements Relay {
  readonly isShared = true
  readonly state = 'ok'
  readonly name: string
  readonly inbox: RelayMessage[] = []
  isConnected = true
  readonly #bus: MemoryBus
  readonly #seats = new Map<DocumentId, Seat>()
  #isUnsaid = false

  constructor(bus: MemoryBus, name: string) {
    this.#bus = bus
    this.name = name
  }

  async join(documentId: DocumentId): Promise<RelaySeat> {
    const seat = new Seat({
      documentId,
      node: this.name,
      entriesFrom: async (id) =>
        this.#bus.stream.slice(this.#bus.stream.findIndex((entry) => entry.id === id)),
      hasOthers: () => this.#bus.nodes.length > 1,
      committed: (updates) => {
        if (!this.isConnected) this.#isUnsaid = true
        else for (const update of updates) this.#bus.append(this.name, update)
      },
      say: (message) => this.isConnected && this.#bus.say(message),
      left: (which) => {
        if (this.#seats.get(documentId) === which) this.#seats.delete(documentId)
      },
      counts: { gaps: 0, filledFromStream: 0, filledFromLog: 0 },
    })
    this.#seats.set(documentId, seat)
    return seat
  }

  deliver(): void {
    const message = this.inbox.shift()
    if (message) for (const seat of this.#seats.values()) seat.hear(message)
  }

  /** What was on its way is lost without a word. */
  lose(): void {
    this.inbox.length = 0
  }

  cut(): void {
    this.isConnected = false
    this.inbox.length = 0
  }

  reconnect(): void {
    if (this.isConnected) return
    this.isConnected = true
    if (this.#isUnsaid) this.#bus.say({ kind: 'log', node: this.name })
    this.#isUnsaid = false
    for (const seat of this.#seats.values()) seat.reconnected()
  }

  gone(node: string): void {
    for (const seat of this.#seats.values()) seat.gone(node)
  }

  stats() {
    return {}
  }

  async close(): Promise<void> {}
}
