import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import type { WorkerPlace } from '../../server/worker/worker-place'

const root = resolve(import.meta.dirname, '../..')
/** Inside the project, so that a bundle finds the packages that it leaves to Node. */
const builds = join(root, '.build')

export interface BundledWorker extends WorkerPlace {
  /** A worker beside it that says that it has begun, and then does something else. */
  that(name: string, does: string): WorkerPlace
  remove(): void
}

/** A worker as a release has it: one file, packages left to Node. @param source relative to the project. */
export async function bundledWorker(source: string): Promise<BundledWorker> {
  mkdirSync(builds, { recursive: true })
  const folder = mkdtempSync(join(builds, 'test-worker-'))
  const path = join(folder, 'worker.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile: path,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  })
  return {
    path,
    execArgv: [],
    that: (name, does) => {
      const other = join(folder, `${name}.mjs`)
      writeFileSync(
        other,
        `import { parentPort, workerData } from 'node:worker_threads'; parentPort.postMessage('begun'); ${does}`,
      )
      return { path: other, execArgv: [] }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
