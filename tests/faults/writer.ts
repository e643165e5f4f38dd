import * as decoding from 'lib0/decoding'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** Message numbers of the contract: this writer is an outsider and shares no code with the server. */
const messageSync = 0
const syncStep1 = 0
const messageSaved = 100
const messageLive = 110
const caps = 'saved,live'

/** What one connection has sent and been told, in the contract's terms. */
interface Ledger {
  /** Update messages (sync update or step 2) sent so far on this connection. */
  sent: number
  /** For each of them, how many tokens the document held when it left. */
  tokensAt: number[]
  /** True once this connection has sent its step 2, which brings everything that was typed before. */
  synced: boolean
}

/**
 * A person at a stock y-websocket client who types numbered tokens into a paragraph of their own and keeps
 * count of which were acknowledged. It goes on typing whatever happens to the server.
 */
export class Writer {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  readonly text = new Y.XmlText()
  /** Tokens typed. */
  typed = 0
  /** Tokens known to be committed: the first so many. */
  acknowledged = 0
  /** Whether saving was said to be paused, each time that it was said. */
  readonly savingPaused: boolean[] = []
  /** Codes of the connections that ended. */
  readonly closeCodes: number[] = []
  private readonly waiting = new Set<() => void>()

  constructor(
    readonly name: string,
    /** Of several origins the next one is tried whenever a connection ends, as a balancer does. */
    options: {
      origin: string | readonly string[]
      documentId: string
      token: string
      /** Name and port that the server is asked for, where something stands before it. */
      host?: string
    },
  ) {
    const writer = this
    const ledgers = new WeakMap<WebSocket, Ledger>()
    class Socket extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        const { token, host } = options
        super(address, protocols ?? [], {
          headers: { authorization: `Bearer ${token}`, ...(host === undefined ? {} : { host }) },
        })
        ledgers.set(this, { sent: 0, tokensAt: [], synced: false })
        // Before the provider's own handler: an acknowledgement counts for the connection it came on.
        this.on('message', (data) => writer.hear(ledgers.get(this) as Ledger, new Uint8Array(data as Buffer)))
        this.on('close', (code) => writer.closeCodes.push(code))
      }

      override send(data: any, ...rest: any[]) {
        const frame = new Uint8Array(data)
        if (frame[0] === messageSync && frame[1] !== syncStep1)
          writer.note(ledgers.get(this) as Ledger, frame[1])
        super.send(data, ...(rest as []))
      }
    }
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.setAttribute('id', `writer-${name}`)
    paragraph.insert(0, [this.text])
    const addresses = [options.origin].flat().map((origin) => `${origin.replace(/^http/, 'ws')}/collab`)
    let tries = 0
    this.provider = new WebsocketProvider(addresses[0] ?? '', options.documentId, this.doc, {
      WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      params: { caps },
      maxBackoffTime: 500,
    })
    this.provider.on('connection-close', () => {
      tries += 1
      this.provider.serverUrl = addresses[tries % addresses.length] ?? ''
    })
    // Its own handler for a message it does not know writes to the console; `hear` has read it already.
    this.provider.messageHandlers[messageSaved] = () => {}
    this.provider.messageHandlers[messageLive] = () => {}
    this.provider.once('sync', () => {
      const content = this.doc.getXmlFragment('content')
      content.insert(content.length, [paragraph])
      for (const run of this.waiting) run()
    })
  }

  private note(ledger: Ledger, kind: number | undefined) {
    if (kind === 1) ledger.synced = true
    ledger.sent += 1
    ledger.tokensAt.push(this.typed)
  }

  private hear(ledger: Ledger, frame: Uint8Array) {
    const decoder = decoding.createDecoder(frame)
    const kind = decoding.readVarUint(decoder)
    if (kind === messageLive) this.hearLive(decoding.readVarString(decoder))
    if (kind !== messageSaved) return
    const count = decoding.readVarUint(decoder)
    // Update messages sent before this connection's step 2 rest on text that the server may lack.
    if (!ledger.synced) return
    this.acknowledged = Math.max(this.acknowledged, ledger.tokensAt[count - 1] ?? 0)
    for (const run of this.waiting) run()
  }

  private hearLive(text: string) {
    const event = JSON.parse(text) as { type: string; paused?: boolean }
    if (event.type !== 'saving.changed') return
    this.savingPaused.push(event.paused === true)
    for (const run of this.waiting) run()
  }

  /** Types the next token at the end of this writer's paragraph. */
  type(): void {
    const token = `${this.name}-${this.typed} `
    this.typed += 1
    this.text.insert(this.text.length, token)
    for (const run of this.waiting) run()
  }

  /** Resolves once `count` tokens have been typed. */
  hasTyped(count: number): Promise<void> {
    return this.until(() => this.typed >= count)
  }

  /** Resolves when `condition` holds; it is looked at again whenever this writer hears something. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return
        this.waiting.delete(look)
        resolve()
      }
      this.waiting.add(look)
      look()
    })
  }

  /** Resolves when the writer's paragraph stands in the document. */
  ready(): Promise<void> {
    return this.until(() => this.text.doc !== null)
  }

  /** Is away, and goes on typing. */
  disconnect(): void {
    this.provider.disconnect()
  }

  connect(): void {
    this.provider.connect()
  }

  leave(): void {
    this.provider.destroy()
  }
}

/** The numbers of `name`'s tokens in a text, in the order in which they stand there. */
export const tokensOf = (name: string, text: string): number[] =>
  [...text.matchAll(new RegExp(`\\b${name}-(\\d+)\\b`, 'g'))].map((match) => Number(match[1]))
