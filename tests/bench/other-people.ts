import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Random } from '../support/random'

/** Two letters a second. */
const everyMs = 500

export interface OtherPeople {
  /** Letters typed so far. */
  typed(): number
  leave(): void
}

/**
 * Stock clients that type at places spread over a body, each a letter at a time at its own beat, with their
 * caret behind it. Resolves once all of them have the document.
 */
export async function otherPeople(input: {
  readonly origin: string
  readonly documentId: string
  readonly token: string
  readonly count: number
  readonly chance: Random
}): Promise<OtherPeople> {
  const { origin, documentId, token, count, chance } = input
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols ?? [], { headers: { authorization: `Bearer ${token}` } })
    }
  }
  let typed = 0
  const timers = new Set<NodeJS.Timeout>()
  const providers = Array.from({ length: count }, () => {
    const provider = new WebsocketProvider(
      `${origin.replace(/^http/, 'ws')}/collab`,
      documentId,
      new Y.Doc(),
      { WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket, disableBc: true },
    )
    return provider
  })
  await Promise.all(
    providers.map((provider) => new Promise<void>((resolve) => provider.once('sync', () => resolve()))),
  )
  for (const [n, { doc, awareness }] of providers.entries()) {
    const text = paragraphNear(doc.getXmlFragment('content'), (n + 0.5) / count)
    const type = () => {
      typed += 1
      text.insert(text.length, chance.between(1, 5) === 1 ? ' ' : 'x')
      const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, text.length, -1))
      awareness.setLocalStateField('cursor', { anchor: caret, head: caret })
    }
    timers.add(setTimeout(() => timers.add(setInterval(type, everyMs)), chance.between(0, everyMs)))
  }
  return {
    typed: () => typed,
    leave() {
      for (const timer of timers) clearTimeout(timer)
      for (const provider of providers) {
        provider.destroy()
        provider.doc.destroy()
      }
    },
  }
}

/** The text of the first paragraph behind this share of the body. */
function paragraphNear(body: Y.XmlFragment, share: number): Y.XmlText {
  const blocks = body.toArray()
  for (const block of blocks.slice(Math.floor(blocks.length * share))) {
    if (!(block instanceof Y.XmlElement) || block.nodeName !== 'paragraph') continue
    const text = block.get(0)
    if (text instanceof Y.XmlText) return text
  }
  throw new Error('no paragraph to write in')
}
