/**
 * Where a worker's program lies and how Node has to be started for it. It is found by whoever composes the
 * process, never by who uses it at run time: a route calls from Next's own bundle, where `import.meta.url`
 * leads nowhere useful and a bundler would try to pull the worker in.
 */
export interface WorkerPlace {
  /** Absolute path of the bundle made from `*-worker.ts`, or of `source-worker.mjs`, which loads the source. */
  readonly path: string
  /** For `source-worker.mjs`: the source, relative to it. */
  readonly argv?: readonly string[]
  /** Arguments for Node. */
  readonly execArgv: readonly string[]
}
