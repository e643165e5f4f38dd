import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Config } from '../config'

export interface Pages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  /** Hot reload, in development alone. */
  readonly reload: ((request: IncomingMessage, socket: Duplex, head: Buffer) => void) | null
  close(): Promise<void>
}

/**
 * Next, answering pages and the API inside this process.
 *
 * Next attaches a listener of its own to the server that it sees, and ends sockets whose path matches a
 * page. So it is shown one that never listens; what it is to hear is passed on by hand.
 */
export async function openPages(config: Pick<Config, 'dev' | 'port' | 'root'>): Promise<Pages> {
  // Loaded only here: half a second, which whoever only prints a token or a refusal need not wait for.
  const { default: next } = await import('next')
  const unused = new Server()
  const app = next({
    dev: config.dev,
    dir: config.root,
    // Next makes addresses of these: one name only, else cookies are lost.
    hostname: 'localhost',
    port: config.port,
    httpServer: unused,
    quiet: !config.dev,
  })
  await app.prepare()
  const handle = app.getRequestHandler()
  return {
    handle: (request, response) => handle(request, response),
    reload: config.dev ? (request, socket, head) => void unused.emit('upgrade', request, socket, head) : null,
    close: () => app.close(),
  }
}
