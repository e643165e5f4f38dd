/**
 * Where the import worker's program lies and how Node has to be started for it. It is found by whoever
 * composes the process, never by this folder at run time: a route calls `importInWorker` from Next's own
 * bundle, where `import.meta.url` leads nowhere useful and a bundler would try to pull the worker in.
 */
export interface ImportWorkerPlace {
  /** Absolute path of `server/import/import-worker.ts`, or of the bundle made from it (`import-worker.mjs`). */
  readonly path: string
  /** Arguments for Node: none for a bundle, `['--import', 'tsx']` for the TypeScript source. */
  readonly execArgv: readonly string[]
}
