import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerName, serverNames } from './dialect'
import type { Order, Outcome } from './generator'
import { type ScenarioName, scenarioNames, scenarios } from './scenarios'
import { installation, installPeers, limitsProfile, type Running, startOurs, startPeer } from './servers'
import { type Run, rowsOf } from './table'

export interface EngineOptions {
  readonly only: readonly ScenarioName[]
  readonly servers: readonly ServerName[]
  readonly rounds: number
  /** How long to type where that is a choice. */
  readonly seconds: number
  /** A folder for a processor profile of each run of our server; null: none are made. */
  readonly profiles: string | null
}

export const engineDefaults: EngineOptions = {
  only: scenarioNames,
  servers: serverNames,
  rounds: 3,
  seconds: 10,
  profiles: null,
}

/**
 * The table of SYNC.md: our server with sign-in, guard and PostgreSQL, beside others with none of that. One
 * server at a time, a fresh process for each run, and all of them in every round: figures of one round belong
 * together, whatever else the machine was doing.
 */
export async function measureEngine(options: EngineOptions) {
  const { only, servers, rounds, seconds } = options
  await installPeers()
  console.log('limits profile (all others as usual, guard on):', JSON.stringify(limitsProfile))
  const folder = await mkdtemp(join(tmpdir(), 'rationale-bench-'))
  const runs: Run[] = []
  try {
    const wanted = only.reduce((sum, scenario) => sum + scenarios[scenario].documents, 0) * rounds
    const home = servers.includes('ours') ? await installation(folder, wanted) : null
    const start = (server: ServerName, count: number): Promise<Running> =>
      server !== 'ours'
        ? startPeer(server, count, { folder })
        : startOurs(home as NonNullable<typeof home>, count, {
            folder,
            nodeArgs: options.profiles ? ['--cpu-prof', `--cpu-prof-dir=${options.profiles}`] : [],
          })
    for (let round = 1; round <= rounds; round += 1) {
      for (const scenario of only) {
        console.log(
          `round ${round} of ${rounds}: (${scenarios[scenario].group}) ${scenarios[scenario].about}`,
        )
        for (const server of inTurn(servers, round)) {
          const figures = await runOnce({ scenario, seconds }, () =>
            start(server, scenarios[scenario].documents),
          )
          runs.push({ round, server, scenario, figures })
          console.log(`  ${server.padEnd(12)} ${figures === null ? 'failed' : shown(figures)}`)
        }
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  return { profile: limitsProfile, rounds, seconds, node: process.version, rows: rowsOf(runs), runs }
}

/** Another one begins in each round: none has the machine always just after the same one. */
const inTurn = (servers: readonly ServerName[], round: number): ServerName[] => {
  const first = (round - 1) % servers.length
  return [...servers.slice(first), ...servers.slice(0, first)]
}

async function runOnce(
  what: { scenario: ScenarioName; seconds: number },
  start: () => Promise<Running>,
): Promise<Run['figures']> {
  const { place, stop } = await start()
  try {
    const outcome = await generate({ ...what, place })
    if ('figures' in outcome) return outcome.figures
    console.error(outcome.failure)
    return null
  } finally {
    await stop()
  }
}

function generate(order: Order): Promise<Outcome> {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve) => {
    child.once('message', (outcome) => resolve(outcome as Outcome))
    child.once('exit', (code, signal) => resolve({ failure: `The generator ended with ${code ?? signal}.` }))
    child.send(order)
  })
}

const shown = (figures: Readonly<Record<string, number>>): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ')
