import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { WorkerPlace } from '../../server/worker/worker-place'

let made: Promise<WorkerPlace> | null = null

/**
 * The import worker as a release has it: one bundle. (From the sources it takes seconds to load, since each
 * thread compiles them anew.)
 */
export function importWorker(): Promise<WorkerPlace> {
  made ??= bundle()
  return made
}

async function bundle(): Promise<WorkerPlace> {
  const path = join(mkdtempSync(join(tmpdir(), 'rationale-import-')), 'import-worker.mjs')
  await build({
    entryPoints: [join(import.meta.dirname, '../../server/import/import-worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile: path,
    logLevel: 'error',
  })
  return { path, execArgv: [] }
}
