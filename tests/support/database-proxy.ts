import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands before a PostgreSQL, as a network does, and does to connections what networks do. */
export interface DatabaseProxy {
  readonly port: number
  /** Cuts every connection and takes no new one, until `comeBack`. */
  leave(): void
  comeBack(): void
  /** Every answer takes so much longer, in ms. */
  delay(ms: number): void
  /**
   * The next so many connections that send `words` are cut when the answer to them arrives: what they asked for
   * has been done, and they do not hear of it.
   */
  cutBeforeAnswer(words: string, times: number): void
  /** How many of those are still to come. */
  readonly cutsLeft: number
  close(): Promise<void>
}

/** @param path of the unix socket of the real server. */
export async function databaseProxy(path: string): Promise<DatabaseProxy> {
  const open = new Set<Socket>()
  let isThere = true
  let delayMs = 0
  let cut = { words: '', left: 0 }
  const server = createServer((near) => {
    if (!isThere) return void near.destroy()
    const far = connect({ path })
    let isDoomed = false
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      open.add(from)
      from.on('error', () => {})
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
    near.on('data', (data: Buffer) => {
      isDoomed ||= cut.left > 0 && data.includes(cut.words)
      far.write(data)
    })
    far.on('data', (data: Buffer) => {
      if (isDoomed && cut.left > 0) {
        cut.left -= 1
        return void near.destroy()
      }
      isDoomed = false
      if (delayMs === 0) near.write(data)
      else setTimeout(() => near.write(data), delayMs)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cutAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    leave: () => {
      isThere = false
      cutAll()
    },
    comeBack: () => {
      isThere = true
    },
    delay: (ms) => {
      delayMs = ms
    },
    cutBeforeAnswer: (words, times) => {
      cut = { words, left: times }
    },
    get cutsLeft() {
      return cut.left
    },
    close: async () => {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}
