import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { freePort } from '../../support/free-port'
import { startServer } from '../../support/server'
import type { ServerName } from './dialect'
import { patientCall } from './patient-call'
import type { TargetPlace } from './target'

const peers = join(import.meta.dirname, '..', 'peers')
const probe = pathToFileURL(join(import.meta.dirname, 'process-probe.mjs')).href

/**
 * What differs from the limits that people meet: how much and how often one socket may send, and how many
 * sockets there are. What an update may contain is judged as always.
 */
export const limitsProfile = {
  messagesPerSecond: 1_000_000,
  messageBurst: 1_000_000,
  bytesPerSecond: 1_000_000_000,
  byteBurst: 1_000_000_000,
  maxSocketsPerPerson: 1_000,
  connectBurst: 100_000,
  connectsPerSecond: 100_000,
  newIdsPerHour: 100_000,
}

const people = ['ada', 'grace', 'linus', 'margaret', 'edsger'] as const

export interface Running {
  readonly place: TargetPlace
  stop(): Promise<void>
}

/** A folder of ours, with people and their tokens, in which documents can be made. */
export interface Installation {
  readonly dataDir: string
  readonly tokens: readonly string[]
  /** Ids of documents that nobody has used yet; taken from the front. */
  readonly documents: string[]
}

/** Options of Node for the server process, such as `--cpu-prof`. */
export interface StartOptions {
  readonly folder: string
  readonly nodeArgs?: readonly string[]
}

/** Makes an installation with so many empty documents, which everyone may edit. */
export async function installation(folder: string, documents: number): Promise<Installation> {
  const dataDir = join(folder, 'data')
  const server = await startServer({ dataDir, env: { LOG_LEVEL: 'error' } })
  const tokens: string[] = []
  for (const name of people) tokens.push(await server.token(name, 'admin'))
  const made: string[] = []
  const makeOne = async (token: string) => {
    const document = { title: 'Measured', templateKey: 'blank' }
    const { id } = await patientCall<{ id: string }>(server.origin, token, 'POST', '/documents', document)
    await patientCall(server.origin, token, 'PUT', `/documents/${id}/members/everyone`, { role: 'editor' })
    made.push(id)
  }
  const makers = tokens.map(async (token) => {
    while (made.length + people.length <= documents) await makeOne(token)
  })
  await Promise.all(makers)
  while (made.length < documents) await makeOne(tokens[0] ?? '')
  await server.stop()
  return { dataDir, tokens, documents: made }
}

export async function startOurs(
  { dataDir, tokens, documents }: Installation,
  count: number,
  { folder, nodeArgs = [] }: StartOptions,
): Promise<Running> {
  const probePath = join(folder, 'ours.sock')
  const server = await startServer({
    dataDir,
    nodeArgs: ['--import', probe, ...nodeArgs],
    env: { LOG_LEVEL: 'error', LIMITS: JSON.stringify(limitsProfile), BENCH_PROBE: probePath },
  })
  const postmaster = readFileSync(join(dataDir, 'pg', 'postmaster.pid'), 'utf8')
  return {
    place: {
      name: 'ours',
      port: server.port,
      probePath,
      databasePid: Number(postmaster.split('\n')[0]),
      documents: documents.splice(0, count),
      tokens,
    },
    stop: async () => {
      await server.stop()
    },
  }
}

/** Brings the peers' own folder to what its lockfile names. */
export async function installPeers(): Promise<void> {
  const child = spawn(process.execPath, [join(peers, 'install.mjs')], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('The peers could not be installed.')
}

const programs: Record<Exclude<ServerName, 'ours'>, { file: string; ready: string }> = {
  'y-websocket': { file: join('node_modules', 'y-websocket', 'bin', 'server.cjs'), ready: 'running at' },
  hocuspocus: { file: 'hocuspocus.mjs', ready: 'listening on' },
}

export async function startPeer(
  name: Exclude<ServerName, 'ours'>,
  count: number,
  { folder, nodeArgs = [] }: StartOptions,
): Promise<Running> {
  const port = await freePort()
  const probePath = join(folder, `${name}.sock`)
  const { file, ready } = programs[name]
  const child = spawn(process.execPath, ['--import', probe, ...nodeArgs, file], {
    cwd: peers,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      BENCH_PROBE: probePath,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await says(child, ready)
  return {
    place: {
      name,
      port,
      probePath,
      databasePid: null,
      documents: Array.from({ length: count }, (_, n) => `measured-${n}`),
      tokens: [],
    },
    stop: async () => {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

function says(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (text: Buffer) => {
      said += text.toString()
      if (said.includes(words)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`A peer ended with ${code}: ${said}`)))
  })
}
