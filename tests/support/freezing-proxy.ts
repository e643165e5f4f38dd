import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a server, as a network does, and can fall silent as one that was stopped by a signal does. */
export interface FreezingProxy {
  readonly port: number
  /** From now on everything is taken, also new connections, and nothing is answered. */
  freeze(): void
  thaw(): void
  /** What it was sent while it was frozen. */
  readonly swallowed: string
  close(): Promise<void>
}

/** @param path of the unix socket of the real server. */
export async function freezingProxy(path: string): Promise<FreezingProxy> {
  const open = new Set<Socket>()
  let isFrozen = false
  let swallowed = ''
  const server = createServer((near) => {
    const far = connect({ path })
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      open.add(from)
      from.on('error', () => {})
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.on('data', (data: Buffer) => {
        if (!isFrozen) to.write(data)
        else if (from === near) swallowed += data.toString('latin1')
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      isFrozen = true
    },
    thaw: () => {
      isFrozen = false
    },
    get swallowed() {
      return swallowed
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
