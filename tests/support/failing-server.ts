import { writeSync } from 'node:fs'
import { compose } from '../../server/compose'
import { readConfig } from '../../server/config'
import type { Reach } from '../../server/failpoint'

/** `server/main.ts` with an end: `kill -9` at a failpoint, as if a machine had lost its power right there. */
const at = process.env.RATIONALE_KILL_AT
let left = Number(process.env.RATIONALE_KILL_VISIT)

const reach: Reach = async (point) => {
  if (point !== at) return
  left -= 1
  if (left !== 0) return
  writeSync(2, `Killed at ${point}\n`)
  process.kill(process.pid, 'SIGKILL')
  // The signal is there before another line is run; should a system take its time, nothing goes on meanwhile.
  await new Promise(() => {})
}

await compose(readConfig({ argv: process.argv.slice(2) }), reach)
