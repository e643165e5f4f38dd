/**
 * `npm run cluster`: two nodes of one installation behind a small balancer, for trying it out on this machine.
 * They share the PostgreSQL of DATABASE_URL or the one that comes with Rationale, and the Redis of REDIS_URL
 * or one that is started for them.
 *
 * Both nodes listen on the port that people type, each on a loopback address of its own: their address and
 * their cookies are the balancer's.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { balance } from './balancer.mjs'
import { build } from './build.mjs'
import { install } from './install.mjs'
import { findRedis, passing } from './redis-server.mjs'
import { refused } from './refused.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const hosts = ['127.0.0.2', '127.0.0.3']
/** What was started and how it is stopped, the first first. */
const stops = []
let ending = null

const end = (code) => {
  ending ??= (async () => {
    for (const stop of stops.reverse()) await stop()
    process.exit(code)
  })()
  return ending
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0))

try {
  await start()
} catch (error) {
  const sentence =
    error instanceof Error && error.name === 'StartRefused' ? error.message : (error?.stack ?? error)
  process.stderr.write(`${sentence}\n`)
  await end(1)
}

async function start() {
  const { values } = parseArgs({ options: { port: { type: 'string' }, data: { type: 'string' } } })
  const port = Number(values.port ?? process.env.PORT ?? 3000)
  const dataDir = resolve(values.data ?? process.env.DATA_DIR ?? 'data')
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  await checkAddresses()
  await install({ root })
  // Once, here: two nodes would wait for one another's build.
  await build({ root })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const databaseUrl = process.env.DATABASE_URL || (await startDatabase(dataDir))
  const redisUrl = process.env.REDIS_URL || (await startRedis(dataDir))
  const balancer = await balance({ hosts, listenOn: ['127.0.0.1', '::1'], port }).catch((error) => {
    throw refused(
      `The balancer cannot listen on port ${port} (${error.code}). Choose another: npm run cluster -- --port 4000.`,
    )
  })
  stops.push(() => balancer.close())
  const nodes = hosts.map((host, i) =>
    startNode({ host, port, databaseUrl, redisUrl, dataDir: join(dataDir, `node-${i + 1}`) }),
  )
  stops.push(() => Promise.all(nodes.map((node) => node.stop())))
  await Promise.all(nodes.map((node) => node.ready))
  const pids = nodes.map((node, i) => `${hosts[i]} (process ${node.pid})`).join(' and ')
  process.stdout.write(
    `\n  Two nodes are ready at http://localhost:${port}: ${pids}, over ${redisUrl}\n  Kill one of them, or Redis, and go on writing. Stop everything with Ctrl-C.\n\n`,
  )
}

/** Linux answers on all of 127.0.0.0/8; elsewhere an address has to be added first. */
async function checkAddresses() {
  for (const host of hosts) {
    const server = createServer().listen(0, host)
    await once(server, 'listening').catch(() => {
      throw refused(
        `This machine does not answer on ${host}. Add it (macOS: sudo ifconfig lo0 alias ${host}).`,
      )
    })
    server.close()
  }
}

/** @returns {Promise<string>} its URL */
async function startDatabase(dataDir) {
  const { tsImport } = await import('tsx/esm/api')
  const { startShared } = await tsImport('./shared-database.ts', import.meta.url)
  const { url, stop } = await startShared(dataDir)
  stops.push(stop)
  return url
}

/** @returns {Promise<string>} its URL */
async function startRedis(dataDir) {
  const port = await freePort()
  // In a group of its own: Ctrl-C reaches us alone, and the nodes can still say goodbye over it.
  const redis = spawn(findRedis(), passing(port, dataDir), { stdio: 'ignore', detached: true })
  redis.once('error', (error) => process.stderr.write(`Redis cannot be started: ${error.message}\n`))
  stops.push(() => void redis.kill('SIGTERM'))
  return `redis://127.0.0.1:${port}`
}

function startNode({ host, port, databaseUrl, redisUrl, dataDir }) {
  const child = spawn(
    process.execPath,
    [join(root, 'server', 'launch', 'start.mjs'), '--port', String(port), '--data', dataDir],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, HOST: host, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl },
    },
  )
  const ended = once(child, 'exit')
  void ended.then(() => {
    if (ending === null) process.stderr.write(`The node at ${host} has ended; the other one goes on.\n`)
  })
  return {
    pid: child.pid,
    ready: new Promise((done, failed) => {
      let said = ''
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said += text
        if (said.includes('Rationale is ready')) done()
      })
      void ended.then(() => failed(refused(`The node at ${host} did not start.`)))
    }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
