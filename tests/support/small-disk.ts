import { execFile } from 'node:child_process'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { tempFolder } from './temp-folder'

const run = promisify(execFile)

/** A small file system of a test's own, to be filled up. */
export interface SmallDisk {
  readonly path: string
  /** Leaves no byte free. */
  fill(): Promise<void>
  free(): Promise<void>
  remove(): Promise<void>
}

/** Null: this user may not mount one. */
export async function smallDisk(megabytes: number): Promise<SmallDisk | null> {
  const folder = await tempFolder()
  const isMounted = await run('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${megabytes}m`,
    'tmpfs',
    folder.path,
  ]).then(
    () => true,
    () => false,
  )
  if (!isMounted) {
    await folder.remove()
    return null
  }
  let fillers = 0
  const filler = (n: number) => join(folder.path, `filler-${n}`)
  return {
    path: folder.path,
    fill: async () => {
      for (;;) {
        const { bavail, bsize } = await statfs(folder.path)
        if (bavail === 0) return
        fillers += 1
        // Somebody else may take the last of it meanwhile, and a file that did not fit holds what did.
        await writeFile(filler(fillers), Buffer.alloc(bavail * bsize)).catch(() => {})
      }
    },
    free: async () => {
      for (let n = 1; n <= fillers; n++) await rm(filler(n), { force: true })
      fillers = 0
    },
    remove: async () => {
      await run('umount', ['-l', folder.path])
      await folder.remove()
    },
  }
}
