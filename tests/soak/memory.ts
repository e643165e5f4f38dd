import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pause } from '../../server/db/pause'
import { type Used, used } from '../bench/engine/process-cost'
import { call } from '../faults/call'
import { tokensOf } from '../faults/writer'
import { chaosProxy } from '../support/chaos-proxy'
import { type Random, random } from '../support/random'
import { type ServerProcess, startServer } from '../support/server'
import { type House, type Trace, visit } from './guest'

/** A short life for what nobody needs, so that everything is opened and forgotten many times. */
const limits = { unloadMs: 2_000, compactEveryMs: 2_000, keepAliveMs: 2_000, deadMs: 5_000 }
const documentCount = 30
const guestsAtOnce = 30
const names = ['ada', 'grace', 'linus', 'margaret'] as const
/** Until caches are filled, code is compiled, and the heap has the size that this load asks for. */
const warmUpMinutes = 2
const mostGrowth = 0.1
const progressMs = 10_000

export interface SoakResult {
  readonly passed: number
  readonly failed: number
}

/**
 * Lets people come and go at one real server, and compares its memory when everybody has gone, after a warm-up
 * and in the end.
 *
 * @param options.minutes of coming and going between the two readings.
 * @param options.signal ends it early.
 * @param options.snapshots a folder into which the heap is written at both readings.
 */
export async function soakMemory(options: {
  minutes: number
  signal: AbortSignal
  snapshots: string | null
}): Promise<SoakResult> {
  const { minutes, signal, snapshots } = options
  const chance = random()
  console.log(`memory: seed ${chance.seed}, ${minutes} minutes after ${warmUpMinutes} of warm-up`)
  const probe = join(tmpdir(), `rationale-soak-${process.pid}.sock`)
  const probeModule = join(import.meta.dirname, '..', 'bench', 'engine', 'process-probe.mjs')
  const server = await startServer({
    env: { LIMITS: JSON.stringify(limits), BENCH_PROBE: probe },
    nodeArgs: ['--import', pathToFileURL(probeModule).href],
  })
  try {
    const house = await furnish(server, chance)
    const traces: Trace[] = []
    const live = async (span: number) => {
      await comeAndGo(house, traces, { until: Date.now() + span * 60_000, signal, server, probe })
      await everybodyGone(server)
      return atRest(probe)
    }
    // Writing it takes memory of its own: the numbers of such a run say nothing about what is resident.
    const keep = async () => {
      if (snapshots) await used(probe, `snapshot ${join(snapshots, `${Date.now()}.heapsnapshot`)}`)
    }
    const start = await live(warmUpMinutes)
    say('at the start', start)
    await keep()
    const end = await live(minutes)
    say('at the end', end)
    await keep()
    const results = [
      grown('resident memory', start.rss, end.rss),
      grown('heap and what belongs to it', start.heapUsed + start.external, end.heapUsed + end.external),
      grown('handles', countOf(start), countOf(end)),
      await nothingLost(house, traces),
    ]
    const failed = results.filter((isGood) => !isGood).length
    return { passed: results.length - failed, failed }
  } finally {
    await server.remove()
  }
}

async function furnish(server: ServerProcess, chance: Random): Promise<House> {
  const { origin } = server
  const tokens = await Promise.all(names.map((name) => server.token(name, 'admin')))
  const [owner = '', ...others] = tokens
  const ids = await Promise.all(others.map((token) => call<{ id: string }>(origin, token, 'GET', '/me')))
  const documents: string[] = []
  for (let n = 0; n < documentCount; n += 1) {
    const document = { title: `Soaked ${n}`, templateKey: 'blank' }
    const { id } = await call<{ id: string }>(origin, owner, 'POST', '/documents', document)
    for (const person of ids)
      await call(origin, owner, 'PUT', `/documents/${id}/members/${person.id}`, { role: 'editor' })
    documents.push(id)
    // No faster than one person may ask.
    await pause(150)
  }
  const line = () => chaosProxy({ port: server.port, host: '127.0.0.1' }, chance)
  return { origin, documents, tokens, chance, line }
}

async function comeAndGo(
  house: House,
  traces: Trace[],
  how: { until: number; signal: AbortSignal; server: ServerProcess; probe: string },
): Promise<void> {
  const goesOn = () => Date.now() < how.until && !how.signal.aborted
  let here = 0
  const guest = async () => {
    while (goesOn()) {
      here += 1
      traces.push(await visit(`g${traces.length}x${here}`, house))
      here -= 1
    }
  }
  const began = Date.now()
  const telling = setInterval(() => {
    void Promise.all([used(how.probe), numbers(how.server)]).then(([{ rss, heapUsed }, metric]) => {
      console.log(
        `  ${seconds(began)} s: ${here} people, ${traces.length} have gone, ${metric('sync_rooms')} documents open of ${metric('sync_loads')} loads, ${metric('sync_committed_updates')} updates, ${mb(rss)} MB resident, ${mb(heapUsed)} MB heap`,
      )
    }, console.error)
  }, progressMs)
  try {
    await Promise.all(Array.from({ length: guestsAtOnce }, guest))
  } finally {
    clearInterval(telling)
  }
}

/** Nobody is there, nothing waits, and no document is open. */
async function everybodyGone(server: ServerProcess): Promise<void> {
  const nothing = ['sockets', 'sockets_closing', 'rooms', 'queued_updates'] as const
  for (;;) {
    const metric = await numbers(server)
    if (nothing.every((name) => metric(`sync_${name}`) === 0)) return
    await pause(500)
  }
}

/** Garbage is collected several times, with a while in between for what is let go by a timer. */
async function atRest(probe: string): Promise<Used> {
  for (let n = 0; n < 4; n += 1) {
    await used(probe, 'gc')
    await pause(3_000)
  }
  return used(probe, 'gc')
}

async function nothingLost(house: House, traces: readonly Trace[]): Promise<boolean> {
  let lost = 0
  const owner = house.tokens[0] ?? ''
  for (const id of house.documents) {
    const path = `/documents/${id}/content?format=markdown`
    const text = await call<string>(house.origin, owner, 'GET', path)
    for (const { name, typed, acknowledged } of traces.filter(({ documentId }) => documentId === id)) {
      const stored = tokensOf(name, text)
      const isWhole = stored.every((token, n) => token === n)
      if (!isWhole || stored.length < acknowledged || stored.length > typed) lost += 1
    }
  }
  const words = traces.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  console.log(
    `  ${words} words of ${traces.length} visits were saved; of ${lost} visits some are lost or doubled`,
  )
  return lost === 0 && words > 0
}

async function numbers(server: ServerProcess): Promise<(name: string) => number> {
  const text = await (await fetch(`${server.origin}/metrics`)).text()
  return (name) => Number(new RegExp(`^rationale_${name} (.+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

function grown(what: string, start: number, end: number): boolean {
  const growth = end / start - 1
  const isGood = growth <= mostGrowth
  console.log(`  ${isGood ? '✓' : '✗'} ${what}: ${(growth * 100).toFixed(1)} % more than at the start`)
  return isGood
}

function say(when: string, { rss, heapUsed, external, resources }: Used): void {
  console.log(
    `  ${when}: ${mb(rss)} MB resident, ${mb(heapUsed)} MB heap, ${mb(external)} MB beside it, ${JSON.stringify(resources)}`,
  )
}

const countOf = ({ resources }: Used): number => Object.values(resources).reduce((sum, n) => sum + n, 0)
const mb = (bytes: number): string => (bytes / 1e6).toFixed(1)
const seconds = (began: number): string => ((Date.now() - began) / 1000).toFixed(0)
