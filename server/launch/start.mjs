/**
 * `npm start`: checks what it stands on, installs and builds what is missing, then runs the server in this
 * very process, so that its pid and its signals are the server's. Plain JavaScript on Node alone.
 *
 * Progress goes to standard error: standard output is for the address, or for the token that was asked for.
 */
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, nextEnvironment, prepareDevelopment } from './build.mjs'
import { install } from './install.mjs'
import { holdBuild } from './prune.mjs'
import { refused } from './refused.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const args = process.argv.slice(2)
// Whoever reads our output may leave before we do.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

// Until the server takes the signals over: what was begun (a lock, a child) is ended as the process exits.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0))

try {
  checkNode()
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  await install({ root })
  if (args.includes('--help')) await printHelp()
  else if (args.includes('--dev')) await startInDevelopment()
  else await start()
} catch (error) {
  // A sentence for what the operator can mend; everything else is a fault of ours and shows where.
  const sentence =
    error instanceof Error && error.name === 'StartRefused' ? error.message : (error?.stack ?? error)
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

async function start() {
  const folder = await build({ root })
  holdBuild(folder)
  Object.assign(process.env, nextEnvironment(root, folder), { NODE_ENV: 'production' })
  process.env.RATIONALE_ROOT = root
  await import(pathToFileURL(join(folder, 'server.mjs')).href)
}

/** A parent that watches the sources, and a child that is the server; both are this file. */
async function startInDevelopment() {
  if (!process.env.RATIONALE_DEVELOPMENT) {
    const { develop } = await import('./develop.mjs')
    return develop({ root, args, env: { RATIONALE_DEVELOPMENT: '1' } })
  }
  const folder = await prepareDevelopment(root)
  Object.assign(process.env, nextEnvironment(root, folder), { NODE_ENV: 'development', RATIONALE_ROOT: root })
  const { register } = await import('tsx/esm/api')
  register()
  await import('../main.ts')
}

async function printHelp() {
  const { tsImport } = await import('tsx/esm/api')
  const { help } = await tsImport('./help.ts', import.meta.url)
  process.stdout.write(help())
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    throw refused(
      `Rationale needs Node 20.19 or later; this is ${process.versions.node}. Install one from https://nodejs.org.`,
    )
  }
  if (process.platform === 'win32' && !process.env.DATABASE_URL) {
    throw refused(
      'On Windows there is no embedded database: give the address of a PostgreSQL as DATABASE_URL, or start Rationale in WSL.',
    )
  }
}
