import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import pino from 'pino'
import { openPool } from '../../server/db/open'
import { port, user } from '../../server/db/postmaster'
import { type FailingServer, failingEnv } from './failing'
import { freePort } from './free-port'

const root = join(import.meta.dirname, '..', '..')
const launcher = join(root, 'server', 'launch', 'start.mjs')
const failingLauncher = join(import.meta.dirname, 'failing-start.mjs')

/** Variables of ours that the surroundings may have set; a test says what it wants itself. */
const ours =
  /^(PORT|HOST|DATA_DIR|DATABASE_URL|REDIS_URL|PUBLIC_URL|AUTH_SECRET|TRUST_PROXY|METRICS_TOKEN|LOG_LEVEL|SMTP_URL|MAIL_FROM|DIGEST_HOUR|OIDC_.+|NEXTAUTH_.+|RATIONALE_.+|NODE_ENV|NODE_OPTIONS)$/

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface ServerProcess {
  /** `http://localhost:<port>`. */
  readonly origin: string
  readonly port: number
  readonly dataDir: string
  pid(): number
  isRunning(): boolean
  /** Everything written so far, over all runs. */
  stdout(): string
  stderr(): string
  /** A personal token of one of the built-in people. */
  token(name: string, scope?: 'read' | 'comment' | 'write' | 'admin'): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** `kill -9`; resolves when the process is gone. Its database is left behind, as in life. */
  kill(): Promise<void>
  /** SIGTERM; resolves with how it ended. */
  stop(): Promise<Ended>
  /** Starts again on the same folder and port; resolves when it answers, and rejects when it ends before. */
  start(failing?: FailingServer | null): Promise<void>
  /** Resolves with how the present run has ended. */
  ended(): Promise<Ended>
  /** Ends whatever runs and removes the folder. */
  remove(): Promise<void>
}

export interface ServerOptions {
  /** Default: a fresh folder. */
  readonly dataDir?: string
  readonly port?: number
  /** A made `pg` folder to begin with (`inject('cluster').pristine`). Default: the server makes its own. */
  readonly pristine?: string
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Arguments of Node itself. */
  readonly nodeArgs?: readonly string[]
  /** What is run instead of this release's launcher. */
  readonly launcher?: string
  /** False: do not wait until it is ready. */
  readonly waitForReady?: boolean
  /** For the first run alone. Default: what `npm start` runs. */
  readonly failing?: FailingServer
}

/** Starts the real thing: the built program in a process of its own, with a folder and a port of its own. */
export async function startServer(options: ServerOptions = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'rationale-server-')))
  if (options.pristine) await cp(options.pristine, join(dataDir, 'pg'), { recursive: true })
  const port = options.port ?? (await freePort())
  const args = ['--port', String(port), '--data', dataDir, ...(options.args ?? [])]
  const begin = (failing: FailingServer | null) =>
    launch(args, { ...options.env, ...(failing && failingEnv(failing)) }, options.nodeArgs, options.launcher)
  let run = begin(options.failing ?? null)
  let before = { stdout: '', stderr: '' }

  const ready = async () => {
    if (options.waitForReady === false) return
    await run.says('Rationale is ready')
  }
  const server: ServerProcess = {
    origin: `http://localhost:${port}`,
    port,
    dataDir,
    pid: () => run.child.pid ?? 0,
    isRunning: () => run.child.exitCode === null && run.child.signalCode === null,
    stdout: () => before.stdout + run.stdout(),
    stderr: () => before.stderr + run.stderr(),
    token: async (name, scope = 'write') => {
      const ended = await runCommand(['--data', dataDir, '--token-for', name, '--scope', scope])
      if (ended.code !== 0) throw new Error(`No token: ${ended.stderr}`)
      return ended.stdout.trim().split('\n').at(-1) ?? ''
    },
    signal: (signal) => void run.child.kill(signal),
    kill: async () => {
      run.child.kill('SIGKILL')
      await run.ended
    },
    stop: async () => {
      run.child.kill('SIGTERM')
      return run.ended
    },
    ended: () => run.ended,
    start: async (failing = null) => {
      await run.ended
      before = { stdout: server.stdout(), stderr: server.stderr() }
      run = begin(failing)
      await ready()
    },
    remove: async () => {
      if (run.child.exitCode === null && run.child.signalCode === null) await server.stop()
      else if (run.child.signalCode !== null) await endDatabase(dataDir)
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  await ready()
  return server
}

/** A way into the embedded database of a server, past it; it may go away and come back. */
export const databaseOf = ({ dataDir }: Pick<ServerProcess, 'dataDir'>): Pool =>
  openPool(
    { host: join(dataDir, 'run'), port, user, database: 'rationale', max: 3 },
    pino({ level: 'silent' }),
  )

/** Runs `npm start -- …args` to its end. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return launch(args, env).ended
}

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  stdout(): string
  stderr(): string
  /** Resolves when standard output holds `words`; rejects when the process ends before. */
  says(words: string): Promise<void>
}

function launch(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  nodeArgs: readonly string[] = [],
  script?: string,
): Run {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  const file = script ?? (env.RATIONALE_FAILING ? failingLauncher : launcher)
  const child = spawn(process.execPath, [...nodeArgs, file, ...args], {
    cwd: root,
    env: { ...clean, ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }) as Ended)
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(words)) resolve()
        }
        child.stdout.on('data', look)
        look()
        void ended.then((end) => reject(new Error(`It ended with ${end.code ?? end.signal}: ${end.stderr}`)))
      }),
  }
}

/** A killed server leaves its database behind; whoever takes it over stops it properly. */
async function endDatabase(dataDir: string): Promise<void> {
  await runCommand(['--data', dataDir, '--token-for', 'ada'])
}
