import { request as ask, createServer } from 'node:http'
import { connect } from 'node:net'

/**
 * A small balancer for trying several nodes out on this machine: the next node for each connection, sockets
 * too, and another one where a node does not answer. Hosts and addresses pass unchanged, so that nodes which
 * listen on loopback addresses of their own, under one port, take it for nobody.
 *
 * The built-in identity provider keeps what it knows in its process: all of it goes to the first node that is there.
 *
 * @param {{ hosts: readonly string[], listenOn: readonly string[], port: number }} options nodes' addresses
 * @returns {Promise<{ close(): Promise<void> }>}
 */
export async function balance({ hosts, listenOn, port }) {
  let next = 0
  /** Which node a client's connection has. */
  const nodeOf = new WeakMap()
  const open = new Set()

  /** A connection to a node: the client's own, or the next one that answers. Null: none does. */
  async function reach(client, path) {
    if (!nodeOf.has(client)) nodeOf.set(client, next++)
    const first = /^\/oidc(\/|\?|$)/.test(path) ? 0 : nodeOf.get(client)
    for (let i = 0; i < hosts.length; i += 1) {
      const socket = await connected(hosts[(first + i) % hosts.length], port)
      if (socket === null) continue
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      return socket
    }
    return null
  }

  async function answer(incoming, outgoing) {
    const { method, url = '/', headers, socket: client } = incoming
    const socket = await reach(client, url)
    if (socket === null) {
      outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('No node answers.\n')
      return
    }
    const asked = ask({ method, path: url, headers, createConnection: () => socket }, (answered) => {
      outgoing.writeHead(answered.statusCode ?? 502, answered.rawHeaders)
      answered.pipe(outgoing)
    })
    asked.on('error', () => outgoing.destroy())
    outgoing.on('close', () => asked.destroy())
    incoming.pipe(asked)
  }

  async function upgrade(incoming, client, head) {
    client.on('error', () => {})
    const socket = await reach(client, incoming.url ?? '/')
    if (socket === null) {
      client.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n')
      return
    }
    const { method, url, httpVersion, rawHeaders } = incoming
    const lines = [`${method} ${url} HTTP/${httpVersion}`]
    for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    socket.write(head)
    socket.pipe(client).pipe(socket)
    client.on('close', () => socket.destroy())
    socket.on('close', () => client.destroy())
  }

  const servers = await Promise.all(
    listenOn.map(
      (host) =>
        new Promise((resolve, reject) => {
          const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
          server.on('upgrade', (incoming, client, head) => void upgrade(incoming, client, head))
          server.on('connection', (client) => {
            open.add(client)
            client.once('close', () => open.delete(client))
          })
          server.once('error', reject)
          server.listen({ host, port, exclusive: true }, () => resolve(server))
        }),
    ),
  )
  return {
    close: async () => {
      for (const server of servers) server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** Null: nobody listens there. */
const connected = (host, port) =>
  new Promise((resolve) => {
    const socket = connect({ host, port })
    const failed = () => resolve(null)
    socket.once('error', failed)
    socket.once('connect', () => {
      socket.off('error', failed)
      socket.on('error', () => {})
      resolve(socket)
    })
  })
