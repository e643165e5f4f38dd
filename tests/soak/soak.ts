import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { type SoakResult, soakMemory } from './memory'

/**
 * `npm run soak`: the long forms of what `npm test` does in short, and ten minutes of people who come and go at
 * one server, whose memory must come back. About an hour; Ctrl-C ends it with what there is so far.
 *
 *   --only kills,weather,frames,stories,memory   these parts alone
 *   --kills 200 --weathers 200 --frames 100000 --guard 1500 --stories 300 --minutes 10
 *   --snapshots FOLDER                           the heap at both readings of `memory`, for the browser's tools
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    kills: { type: 'string', default: '200' },
    weathers: { type: 'string', default: '200' },
    frames: { type: 'string', default: '100000' },
    guard: { type: 'string', default: '1500' },
    stories: { type: 'string', default: '300' },
    minutes: { type: 'string', default: '10' },
    snapshots: { type: 'string' },
  },
})

const stopped = new AbortController()
const root = join(import.meta.dirname, '..', '..')

const parts: Readonly<Record<string, () => Promise<SoakResult>>> = {
  kills: () => tests(['tests/faults/kill'], { KILLS: values.kills }),
  weather: () => tests(['tests/faults/network.test'], { WEATHERS: values.weathers }),
  frames: () =>
    tests(['tests/faults/frames.test', 'tests/lib/sync/guard-property'], {
      FUZZ_FRAMES: values.frames,
      GUARD_RUNS: values.guard,
    }),
  stories: () =>
    tests(['tests/sync/simulation', 'tests/sync/two-nodes', 'tests/sync/convergence', 'thread-random'], {
      STORIES: values.stories,
    }),
  memory: () =>
    soakMemory({
      minutes: Number(values.minutes),
      signal: stopped.signal,
      snapshots: values.snapshots ?? null,
    }),
}

/** Runs test files in their long form. Their seeds are in what they print. */
async function tests(
  files: readonly string[],
  counts: Readonly<Record<string, string>>,
): Promise<SoakResult> {
  const vitest = join(root, 'node_modules', '.bin', 'vitest')
  const args = ['run', '--disable-console-intercept', '--testTimeout=3600000', ...files]
  const launcher = join(root, 'server', 'launch', 'redis-server.mjs')
  const { findRedis } = (await import(pathToFileURL(launcher).href)) as { findRedis(): string }
  const env = { ...process.env, ...counts, REDIS_SERVER: findRedis() }
  const child = spawn(vitest, args, { cwd: root, stdio: 'inherit', env })
  const [code] = await once(child, 'exit')
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const chosen = values.only?.split(',').map((name) => name.trim()) ?? Object.keys(parts)
const unknown = chosen.filter((name) => !(name in parts))
if (unknown.length > 0)
  throw new Error(`--only: there is no ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}.`)

// Each guest's provider listens for the end of this process.
process.setMaxListeners(0)
process.on('SIGINT', () => stopped.abort())
let passed = 0
let failed = 0
let skipped = chosen.length
for (const name of chosen) {
  if (stopped.signal.aborted) break
  console.log(`\n── ${name}`)
  const began = Date.now()
  const result = await (parts[name] as () => Promise<SoakResult>)().catch((error: unknown) => {
    // The server hears Ctrl-C as well, and answers nothing from then on.
    if (stopped.signal.aborted) return { passed: 0, failed: 0 }
    console.error(error)
    return { passed: 0, failed: 1 }
  })
  passed += result.passed
  failed += result.failed
  skipped -= 1
  console.log(`${result.failed ? '✗' : '✓'} ${name}, ${((Date.now() - began) / 1000).toFixed(0)} s`)
}
console.log(`\n${passed} passed, ${failed} failed, ${skipped} not begun`)
process.exitCode = stopped.signal.aborted ? 130 : failed === 0 ? 0 : 1
