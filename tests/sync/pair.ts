import type { Frame } from '../../server/sync/frame'
import type { Socket, SocketListener } from '../../server/sync/socket'

/** What the page's end of a pair hears. */
export interface PageListener {
  message(data: Uint8Array): void
  closed(code: number, reason: string): void
}

type ToServer =
  | { readonly kind: 'message'; readonly data: Uint8Array }
  | { readonly kind: 'pong' }
  | { readonly kind: 'close' }
type ToPage =
  | { readonly kind: 'message'; readonly data: Uint8Array }
  | { readonly kind: 'close'; readonly code: number; readonly reason: string }

/**
 * A websocket without a network: two queues, each delivered in order, as slowly as the test likes. A queue of
 * the server's is what a real one calls its unsent bytes.
 */
export class Pair implements Socket {
  /** The server's end reads from here. */
  readonly #toServer: ToServer[] = []
  readonly #toPage: ToPage[] = []
  readonly #page: PageListener
  #server: SocketListener | null = null
  #isPaused = false
  #isPageGone = false
  #state: 'open' | 'closing' | 'closed' = 'open'
  /** Bytes that may still be read; null: any number. */
  #readable: number | null = null
  pings = 0

  constructor(page: PageListener) {
    this.#page = page
  }

  listen(server: SocketListener): void {
    this.#server = server
  }

  // -- the server's end

  send(frame: Frame): void {
    if (this.#state === 'open') this.#toPage.push({ kind: 'message', data: frame.message })
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#state = 'closing'
    this.#toPage.push({ kind: 'close', code, reason })
  }

  terminate(): void {
    if (this.#state === 'closing') this.cut()
    else this.close(1006, '')
  }

  ping(): void {
    this.pings += 1
    // Browsers answer by themselves.
    if (!this.#isPageGone) this.#toServer.push({ kind: 'pong' })
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  get unsentBytes(): number {
    return this.#toPage.reduce((sum, item) => sum + (item.kind === 'message' ? item.data.length : 0), 0)
  }

  limitReading(bytes: number | null): void {
    this.#readable = bytes
  }

  // -- the page's end

  write(data: Uint8Array): void {
    if (this.#state === 'open') this.#toServer.push({ kind: 'message', data })
  }

  /** The page says goodbye and is gone; what it sent before still arrives. */
  leave(): void {
    if (this.#state === 'closed') return
    this.#isPageGone = true
    this.#toServer.push({ kind: 'close' })
    this.#page.closed(1005, '')
  }

  /** The page is gone without a word: the server will have to notice. */
  vanish(): void {
    this.#isPageGone = true
    this.#toServer.length = 0
    this.#page.closed(1006, '')
  }

  // -- the network

  get canDeliver(): boolean {
    return this.canDeliverToServer || this.canDeliverToPage
  }

  get canDeliverToServer(): boolean {
    return this.#toServer.length > 0 && (!this.#isPaused || this.#toServer[0]?.kind === 'close')
  }

  get canDeliverToPage(): boolean {
    return this.#toPage.length > 0 && !this.#isPageGone
  }

  deliverToServer(): void {
    const item = this.#toServer.shift()
    if (item === undefined || this.#state === 'closed') return
    if (item.kind === 'close') {
      this.#state = 'closed'
      this.#toPage.length = 0
      this.#server?.closed()
      return
    }
    if (item.kind === 'pong') {
      this.#server?.control(new Uint8Array())
      return
    }
    if (this.#readable !== null) {
      this.#readable -= item.data.length
      if (this.#readable < 0) {
        this.#server?.tooMuch()
        return
      }
    }
    this.#server?.message(item.data)
  }

  deliverToPage(): void {
    const item = this.#toPage.shift()
    if (item === undefined) return
    if (item.kind === 'message') this.#page.message(item.data)
    else {
      this.#state = 'closed'
      this.#toServer.length = 0
      this.#server?.closed()
      this.#page.closed(item.code, item.reason)
    }
    if (this.#toPage.length === 0 && this.#state === 'open') this.#server?.drained()
  }

  /** The wire is cut: neither end has said anything, and nothing arrives any more. */
  cut(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    this.#toPage.length = 0
    this.#toServer.length = 0
    this.#server?.closed()
    if (!this.#isPageGone) this.#page.closed(1006, '')
  }
}
