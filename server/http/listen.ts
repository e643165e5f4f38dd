import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { diagramPath } from '../../lib/content/diagram'
import type { ErrorCode } from '../../lib/errors'
import type { Config } from '../config'
import type { Metrics } from '../metrics'
import { StartRefused } from '../start-refused'
import { secure } from './headers'
import { answerHealth, type Readiness } from './health'
import { clientAddress, isNavigation, judgeHost } from './host'
import { clientAddressHeader } from './limit'
import { refuse, refuseUpgrade, sayNotReady } from './refuse'

/** Named in every answer and every log line about a request; whatever a client sends under it is dropped. */
export const requestIdHeader = 'x-request-id'

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** Who answers what, once everything has started. */
export interface Handlers {
  /** Pages and the API. */
  pages(request: IncomingMessage, response: ServerResponse): void | Promise<void>
  /** The built-in identity provider, below `/oidc`. Null: there is none. */
  identityProvider: { handle(request: IncomingMessage, response: ServerResponse): void } | null
  /** What draws diagrams, below `/diagram/`; false: there is no such file. */
  diagramFrame(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  /** The documents' sockets, below `/collab/`. */
  sync: Upgrade
  /** Reload under `npm run dev`, below `/_next/`. */
  reload: Upgrade | null
}

export interface Listening {
  /** Begins to answer; until then everything but health gets 503. */
  serve(handlers: Handlers): void
  /**
   * Takes no more connections; resolves when the last answer is out, at the latest after `graceMs`. Sockets that
   * were handed on stay: who has them still commits, and says goodbye on them.
   */
  retire(graceMs: number): Promise<void>
  /** The same, and then ends those sockets as well; resolves when nothing is open any more. */
  close(graceMs: number): Promise<void>
}

/**
 * One port for everything: pages, API, sockets, identity provider, health.
 *
 * @throws StartRefused when the port cannot be had.
 */
export async function listen(parts: {
  config: Config
  log: Logger
  metrics: Metrics
  readiness: () => Promise<Readiness>
}): Promise<Listening> {
  const { config, log, metrics } = parts
  let handlers: Handlers | null = null
  let closing = false
  const servers: Server[] = []
  /** Sockets that were handed on; Node's server no longer closes them itself. */
  const upgraded = new Set<Duplex>()
  /** Requests that have not been answered to the end, and who waits until there is none. */
  let answering = 0
  let answered = () => {}
  let closed: Promise<unknown> | null = null
  const closeIdle = () => {
    for (const server of servers) server.closeIdleConnections()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID()
    request.headers[requestIdHeader] = requestId
    request.headers[clientAddressHeader] = clientAddress(request, config)
    response.setHeader(requestIdHeader, requestId)
    const began = performance.now()
    answering += 1
    response.once('close', () => {
      answering -= 1
      if (answering === 0) answered()
      // Its connection would else stay open until it falls idle for long.
      if (closing) setImmediate(closeIdle)
      metrics.countRequest(response.statusCode)
      log.debug(
        {
          requestId,
          method: request.method,
          // Without the query: it may hold a ticket or a code.
          path: (request.url ?? '').split('?')[0],
          status: response.statusCode,
          ms: Math.round(performance.now() - began),
        },
        'Answered.',
      )
    })
    try {
      secure(request, response, config)
      await dispatch(request, response, requestId)
    } catch (error) {
      log.error({ err: error, requestId }, 'A request failed.')
      if (response.headersSent) response.destroy()
      else refuse(response, 'internal', { requestId })
    }
  }

  async function dispatch(request: IncomingMessage, response: ServerResponse, requestId: string) {
    const path = request.url ?? ''
    const turnAway = (code: ErrorCode) => {
      log.info({ requestId, code }, 'A request was refused.')
      refuse(response, code, { requestId })
    }
    if (closing) response.setHeader('connection', 'close')
    // An absolute address in the request line would be another Host than the one we judge.
    if (!path.startsWith('/')) return turnAway('invalid')
    // Next answers these without a sentence, the second one as a failure of its own.
    if (!known.has(request.method ?? '')) return turnAway('method_not_allowed')
    if (!isDecodable(path)) return turnAway('invalid')
    const host = judgeHost(request, config)
    if (host.is === 'wrong') return turnAway('wrong_host')
    if (host.is === 'elsewhere') {
      response.writeHead(307, { location: host.location, 'cache-control': 'no-store' }).end()
      return
    }
    if (await answerHealth(request, response, { ...parts, readiness: parts.readiness }, requestId)) return
    if (!handlers || closing) {
      const sentence = closing ? 'Rationale is restarting.' : 'Rationale is starting.'
      if (isNavigation(request.headers)) return sayNotReady(response, sentence)
      return refuse(response, closing ? 'restarting' : 'unavailable', {
        requestId,
        sentence,
        retryAfterSeconds: 2,
      })
    }
    if (handlers.identityProvider && /^\/oidc(\/|\?|$)/.test(path)) {
      return handlers.identityProvider.handle(request, response)
    }
    if (path.startsWith('/collab/')) return refuse(response, 'not_found', { requestId })
    // Pages and files are read; Next fails where something else is asked of a file.
    if (!/^\/api(\/|\?|$)/.test(path) && !reading.has(request.method ?? '')) {
      return refuse(response, 'method_not_allowed', { requestId })
    }
    if (path.startsWith(diagramPath)) {
      if (await handlers.diagramFrame(request, response)) return
      return refuse(response, 'not_found', { requestId })
    }
    await handlers.pages(request, response)
  }

  // One function for all of them: a socket keeps its listeners for as long as it lives.
  function forget(this: Duplex): void {
    upgraded.delete(this)
  }

  const upgrade: Upgrade = (request, socket, head) => {
    upgraded.add(socket)
    // Whoever takes it hears its errors. A peer that hangs up while it is refused is no fault.
    socket.on('error', ignore).on('close', forget)
    const path = request.url ?? ''
    const turnAway = (code: ErrorCode) => {
      log.info({ code }, 'An upgrade was refused.')
      refuseUpgrade(socket, code)
    }
    if (judgeHost(request, config).is !== 'ours') return turnAway('wrong_host')
    if (!handlers) return turnAway('unavailable')
    if (closing) return turnAway('restarting')
    if (path.startsWith('/collab/')) {
      handlers.sync(request, socket, head)
      socket.off('error', ignore)
      return
    }
    if (path.startsWith('/_next/') && handlers.reload) return handlers.reload(request, socket, head)
    turnAway('not_found')
  }

  // Both names of loopback: `localhost` may be either, and another program may sit on the other one.
  for (const host of config.host === null ? ['127.0.0.1', '::1'] : [config.host]) {
    const server = createServer(
      // Longer than the proxies before us keep theirs, else they meet connections that we are just closing.
      { keepAliveTimeout: 65_000, headersTimeout: 70_000, requestTimeout: 300_000 },
      (request, response) => void answer(request, response),
    )
    server.on('upgrade', upgrade)
    try {
      if (await bind(server, host, config.port)) servers.push(server)
    } catch (error) {
      for (const open of servers) open.close()
      throw error
    }
  }

  const retire = async (graceMs: number): Promise<void> => {
    closing = true
    closed ??= Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
    closeIdle()
    if (answering === 0) return
    await new Promise<void>((resolve) => {
      const late = setTimeout(resolve, graceMs)
      answered = () => {
        clearTimeout(late)
        resolve()
      }
    })
    if (answering > 0) for (const server of servers) server.closeAllConnections()
  }

  return {
    serve: (given) => {
      handlers = given
    },
    retire,
    close: async (graceMs) => {
      await retire(graceMs)
      for (const server of servers) server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
      await closed
    },
  }
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
const known = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** False for a path whose percent signs stand for nothing, or for no UTF-8. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path.split('?', 1)[0] ?? '')
    return true
  } catch {
    return false
  }
}

/** False: this machine has no such loopback address. */
function bind(server: Server, host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => {
      if (host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'))
        return resolve(false)
      reject(new StartRefused(portSentence(error.code ?? error.message, host, port), { cause: error }))
    })
    server.listen({ host, port, exclusive: true }, () => resolve(true))
  })
}

function portSentence(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Stop that one, or choose another port: npm start -- --port ${port + 1}.`
  }
  if (code === 'EACCES')
    return `Port ${port} needs more rights than this user has. Choose one above 1023: npm start -- --port 3000.`
  return `Rationale cannot listen on ${host}, port ${port} (${code}). Correct HOST or PORT.`
}

/** An unheard `error` would end the process. */
const ignore = () => {}
