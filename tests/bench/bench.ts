import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serverNames } from './engine/dialect'
import { engineDefaults, measureEngine } from './engine/engine'
import { scenarioNames, scenarios } from './engine/scenarios'
import { writeResult } from './result-file'

/**
 * `npm run bench`: first what people wait for in a browser (`figures.ts`), then the sync server beside others
 * (`engine/`). Prints tables and writes `bench.json`.
 *
 *   --only i,ii,iii,iv,v,stalled,page   these parts alone
 *   --rounds 3 --seconds 10             of the engine's
 *   --servers ours,y-websocket,hocuspocus
 *   --profiles FOLDER                   a processor profile of each run of our server
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
const parts = ['page', ...new Set(scenarioNames.map((name) => scenarios[name].group))]
const unknown = (groups ?? []).filter((group) => !parts.includes(group))
if (unknown.length > 0)
  throw new Error(`--only: there is no ${unknown.join(', ')}; there are ${parts.join(', ')}.`)

if (!groups || groups.includes('page')) {
  // A process of its own, so that its browser and its garbage are gone when the engine is measured.
  const file = join(import.meta.dirname, 'figures.ts')
  const [code] = await once(spawn(process.execPath, ['--import', 'tsx', file], { stdio: 'inherit' }), 'exit')
  if (code !== 0) process.exitCode = 1
}

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
