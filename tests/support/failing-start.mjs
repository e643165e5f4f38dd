/** `npm start` for the server that kills itself: the same build, the same environment, another entry. */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, nextEnvironment } from '../../server/launch/build.mjs'
import { holdBuild } from '../../server/launch/prune.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const folder = await build({ root })
holdBuild(folder)
Object.assign(process.env, nextEnvironment(root, folder), { NODE_ENV: 'production', RATIONALE_ROOT: root })
await import(pathToFileURL(process.env.RATIONALE_FAILING ?? '').href)
