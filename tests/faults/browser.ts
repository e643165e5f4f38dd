import { vi } from 'vitest'
import { WebSocket } from 'ws'
import type * as Y from 'yjs'
import { DocumentSession } from '../../components/sync/document-session'
import { openHeld } from '../../components/sync/held-store'
import { isStored } from '../../components/sync/is-stored'
import { keepText, keptTexts } from '../../components/sync/kept-texts'
import { localStoreName, openLocalStore } from '../../components/sync/local-store'
import { proposeEdit } from '../../components/sync/propose-edit'
import { abilitiesIn, readAccess } from '../../components/sync/read-access'
import type { SessionClock } from '../../components/sync/session-ports'
import { openDocumentSocket } from '../../components/sync/socket'
import type { DocumentAnswer } from '../../lib/api'
import { schemaVersion } from '../../lib/content/schema'
import type { ChaosProxy } from '../support/chaos-proxy'
import { call } from './call'

/** What a page has opened, and whether its device has a network. */
interface Device {
  connections: number
  isOffline: boolean
}

const clock: SessionClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/** Where a page comes from, and whose it is. */
export interface PageAddress {
  readonly origin: string
  readonly documentId: string
  readonly person: { readonly id: string; readonly name: string }
  readonly token: string
  /** Content schema that the page was built with. Default: this release's. */
  readonly schema?: number
  /** The network that its socket goes over. */
  readonly over?: ChaosProxy
  /** Default: the page's own. */
  readonly openTimeoutMs?: number
  readonly silentMs?: number
}

/**
 * A page of ours without what draws it: the real session, socket and local store (of `fake-indexeddb`), at a real
 * server. A token stands in for the cookie.
 */
export class BrowserPage {
  readonly session: DocumentSession
  readonly #close: () => void
  readonly #name: string
  readonly #device: Device
  typed = 0

  private constructor(session: DocumentSession, name: string, device: Device) {
    this.session = session
    this.#name = name
    this.#device = device
    this.#close = session.start()
  }

  /** Sockets that it has opened. */
  get connections(): number {
    return this.#device.connections
  }

  /** Calls of the page go to where it came from; there is one origin at a time. */
  static async open(address: PageAddress): Promise<BrowserPage> {
    const {
      origin,
      documentId,
      person,
      token,
      over,
      openTimeoutMs,
      silentMs,
      schema = schemaVersion,
    } = address
    const real = globalThis.fetch
    if (!vi.isMockFunction(real)) {
      vi.spyOn(globalThis, 'fetch').mockImplementation((asked, init) => {
        if (typeof asked !== 'string' || !asked.startsWith('/')) return real(asked, init)
        const headers = new Headers(init?.headers)
        headers.set('authorization', `Bearer ${token}`)
        return real(`${origin}${asked}`, { ...init, headers })
      })
    }
    const document = await call<DocumentAnswer>(origin, token, 'GET', `/documents/${documentId}`)
    const kept = await keptTexts(person.id, documentId)
    const device: Device = { connections: 0, isOffline: false }
    class Socket extends WebSocket {
      constructor(url: string | URL) {
        const { host } = new URL(origin)
        super(url, [], { headers: { authorization: `Bearer ${token}`, host } })
        device.connections += 1
        // Said by the close, which follows; unheard, it would end the test.
        this.on('error', () => {})
      }
    }
    return new BrowserPage(
      new DocumentSession(
        {
          openStore: (doc, onFailed) => openLocalStore(localStoreName(person.id, documentId), doc, onFailed),
          openSocket: (wanted) =>
            openDocumentSocket(
              {
                server: `${over ? `ws://localhost:${over.port}` : origin.replace('http', 'ws')}/collab`,
                documentId,
                schemaVersion: schema,
                personId: person.id,
                clock: { ...clock, now: () => performance.now() },
                typing: null,
                ...(openTimeoutMs === undefined ? {} : { openTimeoutMs }),
                ...(silentMs === undefined ? {} : { silentMs }),
                WebSocket: Socket as unknown as typeof globalThis.WebSocket,
              },
              wanted,
            ),
          readAccess: async () =>
            device.isOffline ? { kind: 'unreachable' } : readAccess(person.id, documentId),
          setAside: keepText,
          findHeld: () => openHeld(person.id, documentId),
          propose: (edit) => proposeEdit(documentId, edit),
          isStored: (stateVector) => isStored(documentId, stateVector),
          clock,
          chance: Math.random,
        },
        {
          person: { ...person, color: '#336699' },
          document,
          canWrite: abilitiesIn(document).has('write'),
          kept,
        },
      ),
      person.name,
      device,
    )
  }

  get view() {
    return this.session.view()
  }

  /** The device has no network: no socket opens, and no call is answered. */
  goOffline(): void {
    this.#device.isOffline = true
    this.session.networkLost()
  }

  goOnline(): void {
    this.#device.isOffline = false
    this.session.wake()
  }

  /** Resolves once the session is in this state. */
  async is(kind: ReturnType<DocumentSession['view']>['state']['kind']): Promise<void> {
    await vi.waitUntil(() => this.view.state.kind === kind, { timeout: 10_000, interval: 10 })
  }

  async isSaved(): Promise<void> {
    await vi.waitUntil(() => this.view.saved.kind === 'saved', { timeout: 10_000, interval: 10 })
  }

  get doc(): Y.Doc {
    const { body } = this.view
    if (body === null) throw new Error('The page shows nothing.')
    return body.doc
  }

  text(): string {
    return this.doc.getXmlFragment('content').toString()
  }

  /** Types the next token at the beginning of the document, in which there is a paragraph. */
  type(): void {
    const content = this.doc.getXmlFragment('content')
    const run = (content.get(0) as Y.XmlElement).get(0) as Y.XmlText
    run.insert(run.length, `${this.#name}-${this.typed} `)
    this.typed += 1
  }

  /** The tab is closed; what this device keeps stays. */
  close(): void {
    this.#close()
  }
}
