import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serverNames } from './engine/dialect'
import { engineDefaults, measureEngine } from './engine/engine'
import { scenarioNames, scenarios } from './engine/scenarios'
import { writeResult } from './result-file'

/**
 * `npm run bench`: first what people wait for in a browser (`figures.ts`) and in one with a large document
 * (`page-load.ts`), then what judging an update costs (`guard.ts`), then the sync server beside others
 * (`engine/`). Prints tables and writes `bench.json`.
 *
 *   --only page,page-load,guard,i,ii,…  these parts alone
 *   --rounds 3 --seconds 10             of the engine's; the seconds of the large page's, too
 *   --servers ours,y-websocket,hocuspocus
 *   --profiles FOLDER                   a processor profile of each run of our server, or of the large page
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    servers: { type: 'string' },
    profiles: { type: 'string' },
  },
})
const listed = (text: string | undefined) => text?.split(',').map((part) => part.trim())
const groups = listed(values.only)
const parts = ['page', 'page-load', 'guard', ...new Set(scenarioNames.map((name) => scenarios[name].group))]
const unknown = (groups ?? []).filter((group) => !parts.includes(group))
if (unknown.length > 0)
  throw new Error(`--only: there is no ${unknown.join(', ')}; there are ${parts.join(', ')}.`)

/** Processes of their own, so that their browser and their garbage are gone when the engine is measured. */
async function run(script: string, args: readonly string[] = []): Promise<void> {
  const file = join(import.meta.dirname, script)
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}

if (!groups || groups.includes('page')) await run('figures.ts')
if (!groups || groups.includes('page-load')) {
  const given = ['seconds', 'profiles'] as const
  await run(
    'page-load.ts',
    given.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
  )
}
if (!groups || groups.includes('guard')) await run('guard.ts')

const only = scenarioNames.filter((name) => !groups || groups.includes(scenarios[name].group))
if (only.length > 0) {
  const engine = await measureEngine({
    only,
    servers: serverNames.filter((name) => listed(values.servers)?.includes(name) ?? true),
    rounds: Number(values.rounds ?? engineDefaults.rounds),
    seconds: Number(values.seconds ?? engineDefaults.seconds),
    profiles: values.profiles ?? null,
  })
  console.table(engine.rows)
  writeResult({ engine })
}
