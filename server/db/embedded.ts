import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdir, open, readFile, realpath, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { noFailpoints, type Reach } from '../failpoint'
import { StartRefused } from '../start-refused'
import { type Binaries, findBinaries } from './binaries'
import { makeCluster, makeSocketFolder } from './cluster'
import { pause } from './pause'
import { answers, findRunning, hasEnded, port, systemIdentifier, user } from './postmaster'
import { findUnprivileged, type Unprivileged } from './unprivileged'
import { watchOver } from './watcher'

/** Where the embedded database listens. */
export interface EmbeddedConnection {
  /** Folder of the unix socket, as `pg` takes it. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  /** Never over a unix socket, whatever PGSSLMODE says. */
  readonly ssl: false
}

export interface EmbeddedDatabase {
  readonly connection: EmbeddedConnection
  /** Process id of the database server, as it is now. */
  pid(): number
  /** Stops the database and everything that watches it. Safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Everything lives under here: `pg`, `run`, `pg.log`. Made when missing. */
  readonly dataDir: string
  readonly log: Logger
  /** Server settings beside ours, for example `{fsync: 'off'}` in tests. */
  readonly settings?: Readonly<Record<string, string>>
  /** After our death the database waits this long for a successor. Default 60 s. */
  readonly graceSeconds?: number
  /** Default: none. */
  readonly reach?: Reach
}

const database = 'rationale'
const startPatienceMs = 60_000

/**
 * Starts the PostgreSQL that comes with Rationale, or takes over the one that a killed process left. While
 * we live it is started again when it ends by itself, on the same socket.
 *
 * @throws StartRefused with what to do, when it cannot be made or started.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { log, reach = noFailpoints } = options
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 })
  const dataDir = resolve(options.dataDir)
  const binaries = await findBinaries()
  const way = await findUnprivileged(binaries, dataDir)
  const cluster = await makeCluster({ dataDir, binaries, way, log, reach })
  const ownerFile = join(dataDir, 'pg.owner')
  const dismissWatcher = await watchOver({ cluster, ownerFile, graceSeconds: options.graceSeconds ?? 60 })

  if (way.owner) await chown(ownerFile, way.owner.uid, way.owner.gid)

  const left = await findRunning(cluster, log)
  if (left) log.info({ pid: left.pid }, 'The database of the last run was still there and is used again.')
  const socketFolder = left?.socketFolder ?? (await makeSocketFolder(dataDir, way))
  const connection = { host: socketFolder, port, user, database, ssl: false as const }
  const launch = () =>
    startServer({ dataDir, cluster, socketFolder, binaries, way, settings: options.settings ?? {} })

  let stopping = false
  let server = left ? adopted(left.pid) : await launch()
  await reach('cluster: started')
  await createDatabase(connection)
  void superviseForever()

  /** Starts it again whenever it ends, until `stop`. */
  async function superviseForever(): Promise<void> {
    for (let failures = 0; ; ) {
      await server.ended()
      if (stopping) return
      log.error('The database ended by itself and is started again.')
      try {
        const found = await findRunning(cluster, log)
        server = found ? adopted(found.pid) : await launch()
        if (stopping) return void (await server.end())
        failures = 0
      } catch (error) {
        failures += 1
        log.error({ reason: (error as Error).message }, 'The database could not be started again; trying on.')
        server = {
          pid: server.pid,
          ended: () => pause(Math.min(500 * 2 ** failures, 10_000)),
          end: async () => {},
        }
      }
    }
  }

  let stopped: Promise<void> | undefined
  return {
    connection,
    pid: () => server.pid,
    stop: () => {
      stopping = true
      stopped ??= server.end().then(async () => {
        dismissWatcher()
        if (socketFolder !== join(dataDir, 'run')) await rm(socketFolder, { recursive: true, force: true })
      })
      return stopped
    },
  }
}

/**
 * Where the embedded database of a running server listens.
 *
 * @throws StartRefused when it does not answer within half a minute.
 */
export async function findDatabase(dataDir: string, log: Logger): Promise<EmbeddedConnection> {
  const cluster = join(await realpath(dataDir), 'pg')
  const deadline = Date.now() + 30_000
  for (;;) {
    // A first start may still be making it.
    const made = await stat(join(cluster, 'PG_VERSION')).catch(() => null)
    const running = made ? await findRunning(cluster, log) : null
    if (running) return { host: running.socketFolder, port, user, database, ssl: false }
    if (Date.now() > deadline)
      throw new StartRefused('The running server has no database yet. Try again in a moment.')
    await pause(100)
  }
}

/** A running database server, whether our child or not. */
interface Server {
  readonly pid: number
  /** Resolves when its process is gone. */
  ended(): Promise<void>
  /** Ends it: sessions are cut, everything committed is on disk. */
  end(): Promise<void>
}

const adopted = (pid: number): Server => ({
  pid,
  ended: async () => {
    while (!(await hasEnded(pid, 1_000))) await pause(1_000)
  },
  end: () => endProcess(pid),
})

/** Fast shutdown (SIGINT); where that hangs, immediate (SIGQUIT), which the next start recovers from. */
async function endProcess(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await hasEnded(pid, signal === 'SIGINT' ? 5_000 : 1_500)) return
  }
}

interface Launch {
  readonly dataDir: string
  readonly cluster: string
  readonly socketFolder: string
  readonly binaries: Binaries
  readonly way: Unprivileged
  readonly settings: Readonly<Record<string, string>>
}

async function startServer(launch: Launch): Promise<Server> {
  // Left by a killed one, its lock would stop PostgreSQL while some process has that number. Nobody
  // but this cluster listens in this folder, and no server of this cluster runs now.
  for (const left of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) {
    await rm(join(launch.socketFolder, left), { force: true })
  }
  const settings = {
    listen_addresses: '',
    unix_socket_directories: `"${launch.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    // Neither statements nor the values in a violated constraint: the log must not hold content.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...launch.settings,
  }
  const { file, args } = launch.way.command(launch.binaries.postgres, [
    '-D',
    launch.cluster,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const logFile = join(launch.dataDir, 'pg.log')
  const { child, logged } = await spawnLogged(file, args, logFile, launch.way)
  const gone = once(child, 'exit')
  let exited = false
  void gone.then(() => {
    exited = true
  })
  const pid = child.pid
  if (pid === undefined) throw new StartRefused(`PostgreSQL could not be run (${file}).`)
  const identifier = await systemIdentifier(launch.cluster)
  const deadline = Date.now() + startPatienceMs
  for (
    let waitMs = 10;
    !(await answers(launch.socketFolder, identifier));
    waitMs = Math.min(waitMs * 2, 200)
  ) {
    if (exited)
      throw new StartRefused(
        `PostgreSQL did not start: ${await complaintSince(logFile, logged)} (${logFile})`,
      )
    if (Date.now() > deadline) {
      await endProcess(pid)
      throw new StartRefused(`PostgreSQL did not answer within a minute. Look into ${logFile}.`)
    }
    await Promise.race([pause(waitMs), gone])
  }
  return { pid, ended: () => gone.then(() => {}), end: () => endProcess(pid) }
}

async function spawnLogged(
  file: string,
  args: string[],
  logFile: string,
  way: Unprivileged,
): Promise<{ child: ChildProcess; logged: number }> {
  const size = (await stat(logFile).catch(() => null))?.size ?? 0
  const tooLong = size > 5_000_000
  const output = await open(logFile, tooLong ? 'w' : 'a', 0o600)
  try {
    if (way.owner) await output.chown(way.owner.uid, way.owner.gid)
    // `detached`: a session of its own, so that Ctrl-C does not stop it before we have flushed.
    const child = spawn(file, args, {
      ...way.owner,
      detached: true,
      cwd: '/',
      stdio: ['ignore', output.fd, output.fd],
    })
    child.on('error', () => {})
    child.unref()
    return { child, logged: tooLong ? 0 : size }
  } finally {
    await output.close()
  }
}

/** The last complaint in the log since a byte of it; those about connecting too early are ours to make. */
async function complaintSince(logFile: string, offset: number): Promise<string> {
  const bytes = await readFile(logFile).catch(() => Buffer.alloc(0))
  const telling = bytes
    .subarray(offset)
    .toString('utf8')
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR|could not/.test(line) && !/the database system is /.test(line))
  return telling.at(-1)?.replace(/^.*?(?:FATAL|PANIC|ERROR):\s*/, '') ?? 'it said nothing'
}

async function createDatabase(connection: EmbeddedConnection): Promise<void> {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}
