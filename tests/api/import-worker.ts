import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { ImportWorkerPlace } from '../../server/import/worker-place'

let made: Promise<ImportWorkerPlace> | null = null

/**
 * The import worker as a release has it: one bundle. (From the sources it takes seconds to load, since each
 * thread compiles them anew.)
 */
export function importWorker(): Promise<ImportWorkerPlace> {
  made ??= bundle()
  return made
}

async function bundle(): Promise<ImportWorkerPlace> {
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
