/** Brings this folder to what its lockfile names, when the benchmark is run. */
import { install } from '../../../server/launch/install.mjs'

await install({ root: import.meta.dirname })
