import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Failpoint } from '../../server/failpoint'

const root = join(import.meta.dirname, '..', '..')

/** The server as it is built, composed with an end: it kills itself where and when it is told. */
export interface FailingServer {
  /** The bundle, beside that of the real server. */
  readonly bundle: string
  readonly at: Failpoint
  /** At which of its visits there, from 1. */
  readonly visit: number
}

/** What tells the launcher and the process, which are ours as well. */
export const failingEnv = ({ bundle, at, visit }: FailingServer) => ({
  RATIONALE_FAILING: bundle,
  RATIONALE_KILL_AT: at,
  RATIONALE_KILL_VISIT: String(visit),
})

/** Builds the server, and beside it the one that kills itself. */
export async function buildFailing(): Promise<{
  killedAt(at: Failpoint, visit?: number): FailingServer
  remove(): Promise<void>
}> {
  const { build, bundle } = (await import(
    pathToFileURL(join(root, 'server', 'launch', 'build.mjs')).href
  )) as {
    build(options: { root: string; say?: (line: string) => void }): Promise<string>
    bundle(options: { root: string; folder: string; entries: Record<string, string> }): Promise<void>
  }
  const folder = await build({ root, say: () => {} })
  // A name of its own: several files of tests may run at once.
  const name = `failing-${process.pid}-${Date.now()}`
  await bundle({ root, folder, entries: { [name]: 'tests/support/failing-server.ts' } })
  const path = join(folder, `${name}.mjs`)
  return {
    killedAt: (at, visit = 1) => ({ bundle: path, at, visit }),
    remove: async () => {
      await rm(path, { force: true })
      await rm(`${path}.map`, { force: true })
    },
  }
}
