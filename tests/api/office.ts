import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolveAccess } from '../../server/access/resolve'
import { createAuthenticate } from '../../server/auth/authenticate'
import { builtInIssuer } from '../../server/auth/issuer'
import { createSyncServer, type SyncServer } from '../../server/sync/upgrade'
import type { ReviewWorld } from './review-world'

/** The API and the documents' sockets of a world on one real port, without Next's pages. */
export class Office {
  private constructor(
    readonly origin: string,
    private readonly http: Server,
    private readonly sync: SyncServer,
  ) {}

  static async open({ world }: ReviewWorld): Promise<Office> {
    const { pool, log, live, now } = world.runtime
    const http = createServer((request, response) => void answer(world, request, response))
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const origin = `http://localhost:${(http.address() as AddressInfo).port}`
    const sync = createSyncServer({
      pool,
      log,
      live,
      config: { origin, trustProxy: 0 },
      now,
      authenticate: createAuthenticate({ issuer: builtInIssuer, cookieName: 'session' }),
      resolveAccess,
    })
    http.on('upgrade', sync.handleUpgrade)
    return new Office(origin, http, sync)
  }

  async close(): Promise<void> {
    await this.sync.drain()
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }
}

async function answer(
  world: ReviewWorld['world'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { authorization = '', 'content-type': type, ...rest } = request.headers
  const headers = Object.fromEntries(
    ['x-document-clock', 'idempotency-key'].flatMap((name) =>
      typeof rest[name] === 'string' ? [[name, rest[name]]] : [],
    ),
  )
  const url = new URL(request.url ?? '/', 'http://localhost')
  const told = await world.send(
    request.method ?? 'GET',
    url.pathname,
    { token: authorization.replace('Bearer ', '') },
    {
      query: Object.fromEntries(url.searchParams),
      headers,
      ...(chunks.length > 0 ? { raw: { type: type ?? '', data: Buffer.concat(chunks) } } : {}),
    },
  )
  response.writeHead(told.status, { 'content-type': told.headers.get('content-type') ?? 'text/plain' })
  response.end(typeof told.body === 'string' ? told.body : JSON.stringify(told.body))
}
