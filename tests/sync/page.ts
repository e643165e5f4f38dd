import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import type { LiveEvent } from '../../lib/live'
import {
  type AwarenessEntry,
  decodeServerMessage,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  type Refusal,
} from '../../lib/sync/message'
import { addParagraph, plainText, runOf, textsOf } from '../support/raw-body'
import { type PageListener, Pair } from './pair'

/**
 * A page with a document, as the stock provider keeps it: step 1 and presence on opening, step 2 when asked,
 * updates as they are made. It remembers which words it sent in which message, and which were said to be saved.
 */
export class Page implements PageListener {
  readonly name: string
  readonly doc: Y.Doc
  /** Words in the order typed. */
  readonly typed: string[] = []
  readonly saved = new Set<string>()
  readonly events: LiveEvent[] = []
  readonly states = new Map<number, AwarenessEntry>()
  refusal: Refusal | null = null
  closeCode: number | null = null
  pair: Pair | null = null
  isComplete = false
  clock = 0
  /** How many words each update message of this connection brought, at most. */
  #sent: number[] = []

  constructor(name: string, clientId: number) {
    this.name = name
    this.doc = new Y.Doc()
    this.doc.clientID = clientId
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendUpdate(encodeUpdate(update))
    })
  }

  get text(): string {
    return textsOf(this.doc).join('\n')
  }

  get words(): string[] {
    return this.text.split(/\s+/).filter((word) => word !== '')
  }

  /** @returns the server's end. */
  connect(): Pair {
    const pair = new Pair(this)
    this.pair = pair
    this.closeCode = null
    this.isComplete = false
    this.#sent = []
    pair.write(encodeStep1(Y.encodeStateVector(this.doc)))
    this.announce()
    return pair
  }

  announce(state: Record<string, unknown> = {}): void {
    this.clock += 1
    const entry = { id: this.doc.clientID, clock: this.clock, state: JSON.stringify(state) }
    this.pair?.write(encodeAwareness([entry]))
  }

  /** Puts a word behind the last one of one's own, or at the end of the first paragraph. */
  type(word: string): void {
    const run = runOf(this.doc, 0)
    const text = plainText(run)
    const own = this.typed.at(-1)
    const after = own === undefined ? -1 : text.indexOf(`${own} `)
    const at = own === undefined || after < 0 ? text.length : after + own.length + 1
    // Remembered before: the message that goes out now brings it.
    this.typed.push(word)
    run.insert(at, `${word} `)
  }

  addParagraph(): void {
    addParagraph(this.doc, '')
  }

  toggleBold(): void {
    const run = runOf(this.doc, 0)
    if (run.length > 1) run.format(0, 1, { bold: {} })
  }

  // -- what it hears

  message(data: Uint8Array): void {
    const message = decodeServerMessage(data)
    switch (message?.type) {
      case 'step1': {
        const update = Y.encodeStateAsUpdate(this.doc, message.stateVector)
        this.#sendUpdate(encodeStep2(update))
        break
      }
      case 'step2':
        this.isComplete = true
        Y.applyUpdate(this.doc, message.update, this)
        break
      case 'update':
        Y.applyUpdate(this.doc, message.update, this)
        break
      case 'awareness':
        for (const entry of message.entries) {
          if (entry.state === 'null') this.states.delete(entry.id)
          else this.states.set(entry.id, entry)
        }
        break
      case 'saved':
        for (const word of this.typed.slice(0, this.#sent[message.through - 1])) this.saved.add(word)
        break
      case 'refused':
        this.refusal = message.refusal
        break
      case 'live':
        if (message.event) this.events.push(message.event)
        break
      case undefined:
        throw new Error(`${this.name} got bytes that are no message`)
    }
  }

  closed(code: number): void {
    this.pair = null
    this.closeCode = code
    this.isComplete = false
    this.states.clear()
  }

  #sendUpdate(frame: Uint8Array): void {
    if (this.pair === null) return
    this.#sent.push(this.typed.length)
    this.pair.write(frame)
  }
}

/** What y-protocols itself writes, to compare with. */
export function stockStep1(doc: Y.Doc): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  syncProtocol.writeSyncStep1(encoder, doc)
  return encoding.toUint8Array(encoder)
}
