/** Brings `node_modules` to what the lockfile names. Node alone: this runs before anything is installed. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { refused } from './refused.mjs'

/**
 * Installs with `npm ci` when something of the lockfile is missing; otherwise does nothing.
 *
 * @param {{ root: string, say?: (line: string) => void }} options `say` is told of progress; standard error
 *   by default, and npm's own output goes there as well.
 * @returns {Promise<boolean>} true when something was installed.
 * @throws {Error} named StartRefused, with what to do.
 */
export async function install({ root, say = (line) => void process.stderr.write(`${line}\n`) }) {
  if (missingPackages(root) === 0) return false
  return withLock(
    join(root, '.build', 'install.lock'),
    (pid) => say(`Waiting for process ${pid}, which is installing …`),
    async () => {
      // Another process may have installed it while we waited.
      const missing = missingPackages(root)
      if (missing > 0) await installMissing(root, missing, say)
      return missing > 0
    },
  )
}

async function installMissing(root, missing, say) {
  const began = Date.now()
  say(`Installing ${missing === Infinity ? 'dependencies' : `${missing} packages`}; this happens once …`)
  const tick = setInterval(() => say(`  still installing (${seconds(began)} s)`), 15_000)
  const code = await npm(root).finally(() => clearInterval(tick))
  if (code !== 0 || missingPackages(root) > 0) {
    throw refused(
      `The dependencies could not be installed: npm ci ended with code ${code}. Its words stand above; most often the network or the registry is not reachable. Correct that and start again.`,
    )
  }
  say(`Installed in ${seconds(began)} s.`)
}

/**
 * How many packages of the lockfile are not there in their version. npm writes its own record of what it
 * installed last, so an installation that was interrupted counts as none.
 *
 * @param {string} root
 */
function missingPackages(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  if (!wanted) throw refused('package-lock.json is missing or broken: this is no whole copy of Rationale.')
  const present = packagesIn(join(root, 'node_modules', '.package-lock.json'))
  if (!present) return Infinity
  return Object.entries(wanted).filter(
    // Optional ones are for other platforms where they are missing.
    ([path, entry]) => path !== '' && !entry.optional && present[path]?.version !== entry.version,
  ).length
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}

/** @param {string} root */
function npm(root) {
  // Started by npm, it says where it is itself; else the one on the path.
  const itself = process.env.npm_execpath
  const [command, ...before] = itself?.endsWith('.js') ? [process.execPath, itself] : ['npm']
  const args = [
    ...before,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
    endWithUs(child)
    child.once('error', () =>
      reject(refused('npm was not found. It comes with Node: install Node again, or put npm on the PATH.')),
    )
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/**
 * Ends a child when we end before it does.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function endWithUs(child) {
  const end = () => child.kill('SIGTERM')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

const seconds = (began) => ((Date.now() - began) / 1000).toFixed(0)
