/**
 * Builds what is stale. A build stands in `.build/<hash of its sources>/`, and counts once the file `whole`
 * has been written as the last: a running server keeps the build that it was started from, a killed build is
 * begun anew. Node alone, until the dependencies it installs are there.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { buildDiagramFrame } from './diagram-frame.mjs'
import { endWithUs } from './install.mjs'
import { withLock } from './lock.mjs'
import { prune } from './prune.mjs'
import { refused } from './refused.mjs'
import { sourceHash, walk } from './sources.mjs'

/**
 * @param {{ root: string, say?: (line: string) => void }} options `say` is told of progress; standard error
 *   by default.
 * @returns {Promise<string>} the folder of the build: `server.mjs`, worker entries, `migrations/`, `next/`,
 *   `diagram/`.
 * @throws {Error} named StartRefused, with what to do.
 */
export async function build({ root, say = (line) => void process.stderr.write(`${line}\n`) }) {
  const builds = join(root, '.build')
  const hash = sourceHash(root)
  const folder = join(builds, hash)
  if (isWhole(folder)) return folder
  await withLock(
    `${folder}.lock`,
    (pid) => say(`Waiting for process ${pid}, which is building the same …`),
    async () => {
      // Another process may have built it while we waited.
      if (!isWhole(folder)) await buildInto(root, folder, say)
    },
  )
  prune(builds, hash)
  return folder
}

async function buildInto(root, folder, say) {
  const began = Date.now()
  say('Building; this happens once for each change of the sources …')
  const tick = setInterval(() => say(`  still building (${seconds(began)} s)`), 15_000)
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder)
    // When one of them fails, the other one is not left running.
    const failed = new AbortController()
    const stop = (error) => {
      failed.abort()
      throw error
    }
    await Promise.all([
      bundleServer(root, folder).catch(stop),
      buildDiagramFrame(root, folder).catch(stop),
      buildPages(root, folder, failed.signal).catch(stop),
    ])
    cpSync(join(root, 'server', 'db', 'migrations'), join(folder, 'migrations'), { recursive: true })
    writeFileSync(join(folder, 'whole'), '')
  } finally {
    clearInterval(tick)
  }
  say(`Built in ${seconds(began)} s.`)
}

/** Next takes its paths relative to the root, with forward slashes. */
const below = (root, folder) => relative(root, folder).split(sep).join('/')
const isWhole = (folder) => existsSync(join(folder, 'whole'))
const seconds = (began) => ((Date.now() - began) / 1000).toFixed(0)

/** The custom server and every worker thread's entry (files named `*-worker.ts`), packages left to Node. */
async function bundleServer(root, folder) {
  const workers = walk(root, 'server').filter((path) => path.endsWith('-worker.ts'))
  const entries = { server: 'server/main.ts' }
  for (const path of workers) entries[basename(path, '.ts')] = path
  await bundle({ root, folder, entries })
}

/**
 * @param {{ root: string, folder: string, entries: Record<string, string> }} options `entries`: path in the
 *   sources by the name of what is made of it in `folder`.
 * @throws {Error} named StartRefused.
 */
export async function bundle({ root, folder, entries }) {
  const { build: esbuild } = await import('esbuild')
  await esbuild({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    logLevel: 'error',
  }).catch((cause) => {
    throw refused('The server could not be built; the messages above say where.', cause)
  })
}

async function buildPages(root, folder, signal) {
  writeTsconfig(root, folder)
  const output = []
  const code = await new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
      {
        cwd: root,
        env: { ...process.env, ...nextEnvironment(root, folder), NODE_ENV: 'production' },
        signal,
      },
    )
    endWithUs(child)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk))
    child.once('error', reject)
    child.once('close', resolve)
  })
  // Names types of this build, which the next one removes; made anew by whoever wants it.
  writeNextTypes(root)
  if (code === 0) return
  process.stderr.write(Buffer.concat(output))
  throw refused('The pages could not be built; the messages above say where.')
}

/** Next writes its wishes into the configuration that it is given: it gets one of its own. */
function writeTsconfig(root, folder) {
  const ours = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
  const next = `${below(root, folder)}/next`
  const include = [`${next}/types/**/*.ts`, `${next}/dev/types/**/*.ts`]
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...ours, include, exclude: [] }))
}

/**
 * The folder in which Next keeps what it compiles under `npm run dev`, with what Next does not make.
 *
 * @param {string} root
 */
export async function prepareDevelopment(root) {
  const folder = join(root, '.build', 'development')
  mkdirSync(folder, { recursive: true })
  writeTsconfig(root, folder)
  rmSync(join(folder, 'diagram'), { recursive: true, force: true })
  await buildDiagramFrame(root, folder)
  return folder
}

/** What tells Next about the build folder; `next.config.js` reads it. */
export function nextEnvironment(root, folder) {
  return {
    RATIONALE_NEXT_FOLDER: `${below(root, folder)}/next`,
    RATIONALE_TSCONFIG: `${below(root, folder)}/tsconfig.json`,
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/** `next-env.d.ts` without the parts that belong to one build. */
function writeNextTypes(root) {
  const lines = ['/// <reference types="next" />', '/// <reference types="next/image-types/global" />', '']
  writeFileSync(join(root, 'next-env.d.ts'), lines.join('\n'))
}
