import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Redis } from 'ioredis'
import { freePort } from './free-port'
import { tempFolder } from './temp-folder'

const launcher = join(import.meta.dirname, '..', '..', 'server', 'launch', 'redis-server.mjs')

/** A real redis-server of a test's own, which keeps nothing on disk. */
export interface TestRedis {
  readonly url: string
  /** A connection to it. */
  client(): Redis
  /** Starts it, again on the same port; resolves when it answers. */
  start(): Promise<void>
  /** `kill -9`. */
  kill(): Promise<void>
  /** `redis-cli shutdown`: it says goodbye to everybody and ends. */
  shutdown(): Promise<void>
  pause(): void
  resume(): void
  remove(): Promise<void>
}

/** Of `redis-server.mjs`, which is plain JavaScript. */
interface Launcher {
  findRedis(): string
  passing(port: number, folder: string): string[]
}

/** @param options.isStarted false: nobody listens there yet. */
export async function testRedis(options: { isStarted?: boolean } = {}): Promise<TestRedis> {
  const { findRedis, passing } = (await import(pathToFileURL(launcher).href)) as Launcher
  const path = findRedis()
  const port = await freePort()
  const folder = await tempFolder()
  const clients: Redis[] = []
  let child: ChildProcess | null = null
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    client: () => {
      const made = new Redis(port, '127.0.0.1')
      made.on('error', () => {})
      clients.push(made)
      return made
    },
    start: async () => {
      const started = spawn(path, passing(port, folder.path), {
        stdio: ['ignore', 'pipe', 'inherit'] as const,
      })
      child = started
      let said = ''
      await new Promise<void>((resolve, reject) => {
        started.stdout.setEncoding('utf8').on('data', (text: string) => {
          said += text
          if (said.includes('Ready to accept connections')) resolve()
        })
        started.once('exit', () => reject(new Error(`redis-server ended: ${said}`)))
      })
    },
    kill: async () => {
      const running = child
      child = null
      if (running === null) return
      const gone = once(running, 'exit')
      running.kill('SIGKILL')
      await gone
    },
    shutdown: async () => {
      const running = child
      child = null
      if (running === null) return
      const gone = once(running, 'exit')
      const client = redis.client()
      // It ends without an answer.
      await client.shutdown('NOSAVE').catch(() => {})
      client.disconnect()
      await gone
    },
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    remove: async () => {
      for (const made of clients) made.disconnect()
      await redis.kill()
      await folder.remove()
    },
  }
  if (options.isStarted !== false) await redis.start()
  return redis
}
