import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import {
  isUpdateMessage,
  messageNumber,
  readLive,
  readRefused,
  readSaved,
  syncNumber,
} from '../../lib/sync/message'
import { RemoteUpdates } from './remote-updates'
import type { DocumentSocket, SessionClock, SocketInput } from './session-ports'
import type { Typing } from './typing'

const nothing = Y.encodeStateAsUpdate(new Y.Doc())

export interface SocketAddress {
  /** `wss://host/collab`. */
  readonly server: string
  readonly documentId: string
  /** Version of the content schema that this page was built with. */
  readonly schemaVersion: number
  /** Whose page this is; a server that sees somebody else's cookie closes with 4401. */
  readonly personId: string
  readonly WebSocket?: typeof WebSocket
  /** One that is never set back. */
  readonly clock: SessionClock
  /** Null: nobody types on this page. */
  readonly typing: Typing | null
  /** A connection that is not open after this is given up, in ms. Default 15,000. */
  readonly openTimeoutMs?: number
  /** One on which nothing is heard for this long is given up, in ms. Default 27,000. */
  readonly silentMs?: number
}

/** The server says something every 20 s. What has gone is noticed within 30 s, which the provider alone exceeds. */
export const socketPatience = { silentMs: 27_000, lookEveryMs: 1_000, openTimeoutMs: 15_000 } as const

/**
 * One document's socket: y-websocket for the protocol, without its own reconnecting. When and as whom to come
 * back is decided by the session, since the cookie may be another person's by then.
 */
export function openDocumentSocket(address: SocketAddress, input: SocketInput): DocumentSocket {
  const { doc, awareness, canWrite } = input
  const { openTimeoutMs, silentMs } = { ...socketPatience, ...address }
  let ended = false
  /** The server has asked what this page has: it takes updates of this connection. */
  let asked = false
  const provider = new WebsocketProvider(address.server, address.documentId, doc, {
    connect: false,
    awareness,
    disableBc: true,
    params: { caps: 'saved,live', schema: String(address.schemaVersion), person: address.personId },
    WebSocketPolyfill: countingSocket(address.WebSocket ?? WebSocket, input),
    shouldReconnect: () => false,
  })
  // Rendering alone makes the editor's binding repair documents: a reader must not send such a repair.
  if (!canWrite) doc.off('update', provider._updateHandler)

  const remote = new RemoteUpdates({ doc, origin: provider, clock: address.clock, typing: address.typing })
  provider.messageHandlers[messageNumber.sync] = (reply, message) => {
    const type = decoding.readVarUint(message)
    const payload = decoding.readVarUint8Array(message)
    if (ended) return
    if (type === syncNumber.step1) {
      asked = true
      input.onServerClocks(Y.decodeStateVector(payload))
      encoding.writeVarUint(reply, messageNumber.sync)
      encoding.writeVarUint(reply, syncNumber.step2)
      encoding.writeVarUint8Array(reply, canWrite ? Y.encodeStateAsUpdate(doc, payload) : nothing)
    } else if (type === syncNumber.step2) {
      remote.flush()
      Y.applyUpdate(doc, payload, provider)
      // PROTOCOL.md rule 7: who may write is asked before they are answered. This page is older than its rights.
      if (canWrite && !asked) input.onReadOnly()
      else provider.synced = true
    } else {
      remote.push(payload)
    }
  }
  provider.messageHandlers[messageNumber.saved] = (_, message) => input.onSaved(readSaved(message))
  provider.messageHandlers[messageNumber.refused] = (_, message) => input.onRefused(readRefused(message).code)
  provider.messageHandlers[messageNumber.live] = (_, message) => {
    const event = readLive(message)
    if (event) input.onLive(event)
  }

  // A machine that vanishes while it is asked leaves a browser waiting for as long as it likes.
  let opening: ReturnType<typeof setTimeout> | undefined
  provider.on('status', ({ status }) => {
    clearTimeout(opening)
    if (status === 'connecting') opening = setTimeout(() => provider.disconnect(), openTimeoutMs)
  })
  const looking = setInterval(() => {
    const silentForMs = Date.now() - provider.wsLastMessageReceived
    if (provider.wsconnected && silentForMs >= silentMs) provider.disconnect()
  }, socketPatience.lookEveryMs)
  provider.on('sync', (synced) => {
    if (synced && !ended) input.onSynced()
  })
  provider.on('connection-close', (event) => {
    clearTimeout(opening)
    asked = false
    // Before its own timer asks: the session alone decides about coming back.
    provider.shouldConnect = false
    remote.flush()
    if (!ended) input.onClose(event?.code ?? null)
  })

  return {
    origin: provider,
    connect: () => provider.connect(),
    drop: () => provider.disconnect(),
    destroy() {
      ended = true
      clearTimeout(opening)
      clearInterval(looking)
      provider.destroy()
      remote.destroy()
    },
  }
}

/** A socket class that reports the update messages which leave through it, exactly and in order. */
function countingSocket(Base: typeof WebSocket, input: SocketInput): typeof WebSocket {
  return class extends Base {
    override send(data: string | Blob | BufferSource): void {
      super.send(data)
      if (!(data instanceof Uint8Array) || !isUpdateMessage(data)) return
      input.onSent(data[1] === syncNumber.step2 ? 'step2' : 'update')
    }
  }
}
