import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { WebSocketServer } from 'ws'
import { schemaVersion } from '../../lib/content/schema'
import * as contentShape from '../../lib/content/shape'
import type { ErrorCode } from '../../lib/errors'
import { parseDocumentId } from '../../lib/id'
import { parseCapabilities } from '../../lib/sync/message'
import type { Clock } from '../../lib/time'
import { isPutAway, type resolveAccess } from '../access/resolve'
import type { Authenticate } from '../auth/authenticate'
import type { Config } from '../config'
import type { Merge } from '../document/update-log'
import { noFailpoints, type Reach } from '../failpoint'
import { clientAddress } from '../http/host'
import { addressKeyOf } from '../http/limit'
import { isAllowedOrigin } from '../http/origin'
import { refuseUpgrade } from '../http/refuse'
import type { LiveBus } from '../live/subscribe'
import { systemTimers, type Timers } from '../timers'
import type { ConnectRequest } from './connect-request'
import { credentialStands } from './credential'
import { Hub } from './hub'
import { Judge } from './judge'
import { type SyncLimits, syncLimits } from './limits'
import { noRelay, type Relay } from './relay'
import { postgresStore } from './sync-store'
import { ReportingWebSocket, WsSocket } from './ws-socket'

export interface SyncServerParts {
  readonly pool: Pool
  /**
   * Connections that nobody else holds, for what people wait for at their sockets: who may be here, and whose an
   * id is. Default: those of the pool.
   */
  readonly ownPool?: Pool
  /** One for commits: they wait for nobody's questions. Default: those of the pool. */
  readonly commitPool?: Pool
  readonly log: Logger
  readonly live: Pick<LiveBus, 'subscribe'>
  readonly config: Pick<Config, 'origin' | 'trustProxy'>
  readonly now: Clock
  readonly authenticate: Authenticate
  readonly resolveAccess: typeof resolveAccess
  /** The run whose lock is held, so that other nodes know that this one lives. */
  readonly runId?: string
  /** Default: this node is alone. */
  readonly relay?: Relay
  /** Where long bodies are merged. Default: in this thread. */
  readonly merge?: Merge
  readonly limits?: Partial<SyncLimits>
  /** Default: real time. */
  readonly timers?: Timers
  /** Default: none. */
  readonly reach?: Reach
}

export interface SyncServer {
  /** Takes an upgrade of `/collab/{documentId}` from the HTTP server, or refuses it. Never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Commits, says goodbye (1012), and ends within 10 s. Idempotent. */
  drain(): Promise<void>
  /** Flat numbers for metrics. */
  stats(): ReturnType<Hub['stats']>
}

/** Room for the header of a message beside its update: numbers and a length. */
const headerBytes = 16

/** The documents' sockets of this process. */
export function createSyncServer(parts: SyncServerParts): SyncServer {
  const { pool, ownPool = pool, commitPool = pool, config, log, live, authenticate, resolveAccess } = parts
  const limits = { ...syncLimits, ...parts.limits }
  const timers = parts.timers ?? systemTimers(parts.now)
  const { reach = noFailpoints } = parts
  const hub = new Hub({
    store: postgresStore(pool, {
      ownPool,
      commitPool,
      recoveryMs: limits.recoveryMs,
      schemaVersion,
      log,
      now: timers.now,
      maxKeptLogBytes: limits.maxKeptLogBytes,
      runId: parts.runId,
      merge: parts.merge,
      reach,
    }),
    judge: new Judge({
      db: ownPool,
      now: timers.now,
      authenticate,
      resolveAccess,
      isPutAway,
      credentialStands,
      schemaVersion,
    }),
    log,
    live,
    relay: parts.relay ?? noRelay,
    timers,
    limits,
    shape: contentShape,
    schemaVersion,
    reach,
  })
  const upgrades = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compressing costs more than all of this server's other work, and keeps a window for each socket.
    perMessageDeflate: false,
    maxPayload: limits.maxUpdateBytes + headerBytes,
    // By itself it ends a socket without a word when several pings come at once.
    autoPong: false,
    WebSocket: ReportingWebSocket,
  })

  /** What an upgrade asks for, or why it is refused over HTTP. Everything else is said on the socket. */
  function read(request: IncomingMessage): ConnectRequest | ErrorCode {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const name = /^\/collab\/([^/]+)$/.exec(url.pathname)?.[1]
    if (name === undefined) return 'not_found'
    if (hub.refuses !== null) return hub.refuses
    // Before anything is looked up: who opens sockets without end asks the database for nothing.
    const address = addressKeyOf(clientAddress(request, config))
    if (hub.addresses.take(address) > 0) return 'rate_limited'

    const { authorization, cookie, origin } = request.headers
    const ticket = url.searchParams.get('ticket') ?? undefined
    // Browsers send cookies along with whatever page asks; a token or a ticket was put there on purpose.
    const isByCookie = authorization === undefined && ticket === undefined
    if (isByCookie && (origin ?? cookie) !== undefined && !isAllowedOrigin(config, origin))
      return 'bad_origin'

    const documentId = parseDocumentId(copyOf(name))
    return {
      documentId,
      shown: { authorization, ticket, cookie, documentId: documentId ?? undefined },
      address,
      capabilities: parseCapabilities(url.searchParams.get('caps')),
      schemaVersion: schemaOf(url.searchParams.get('schema')),
      personId: url.searchParams.get('person'),
    }
  }

  return {
    handleUpgrade: (request, socket, head) => {
      socket.on('error', ignore)
      const asked = readSafely(() => read(request))
      if (typeof asked === 'string') refuse(asked)
      else
        void hub.isRefused(asked).then((isRefused) => {
          // It may have begun to stop meanwhile.
          const code = isRefused ? 'rate_limited' : hub.refuses
          if (code === null) take(asked)
          else refuse(code)
        })

      function refuse(code: ErrorCode): void {
        log.info({ code }, 'An upgrade was refused.')
        refuseUpgrade(socket, code)
      }
      function take(accepted: ConnectRequest): void {
        upgrades.handleUpgrade(request, socket, head, (ws) => {
          // It hears its errors itself from here on.
          socket.off('error', ignore)
          const opened = new WsSocket(ws as ReportingWebSocket, socket)
          opened.listen(hub.accept(opened, accepted))
        })
      }
    },
    drain: () => hub.drain(),
    stats: () => hub.stats(),
  }
}

/**
 * A client may hang up while it is waiting or being refused; an unheard `error` would end the process. It stands
 * here, since a socket keeps its listeners: one that was made beside the request would keep the request too.
 */
const ignore = () => {}

/** An address that cannot be parsed is one more way to be invalid. */
function readSafely(read: () => ConnectRequest | ErrorCode): ConnectRequest | ErrorCode {
  try {
    return read()
  } catch {
    return 'invalid'
  }
}

/** A piece of a string keeps the whole of it: a socket would keep its address, and the ticket in it. */
const copyOf = (text: string): string => Buffer.from(text).toString()

/** Null: not said. Anything but a number is a version that we are not. */
const schemaOf = (text: string | null): number | null =>
  text === null ? null : /^\d{1,9}$/.test(text) ? Number(text) : -1
