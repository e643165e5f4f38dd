import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTimeOf } from '../db/process-table'
import { StartRefused } from '../start-refused'

/** What holds the folder: a server, or a command that is over in a moment. */
type Purpose = 'server' | 'command'

interface Holder {
  readonly pid: number
  /** When that process began: its number alone may by now be somebody else's. */
  readonly startTime: string | null
  readonly purpose: Purpose
  /** Tells two locks of one process apart. */
  readonly name: string
}

/** Who holds the data folder now. Null: nobody, or a process that has ended. */
export async function lockHolder(dataDir: string): Promise<Holder | null> {
  const holder = await readHolder(join(dataDir, 'server.lock'))
  return holder && (await isThere(holder)) ? holder : null
}

/**
 * Takes the data folder for this process. The lock is a file that is made whole or not at all and refuses to
 * be made twice; one whose process has ended is taken over.
 *
 * @returns gives the folder back.
 * @throws StartRefused when another process has it, or the folder cannot be written.
 */
export async function takeFolder(dataDir: string, purpose: Purpose): Promise<() => Promise<void>> {
  const file = join(dataDir, 'server.lock')
  const mine: Holder = {
    pid: process.pid,
    startTime: await startTimeOf(process.pid),
    purpose,
    name: randomUUID(),
  }
  const draft = join(dataDir, `server.lock.${mine.name}`)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
    .then(() => writeFile(draft, JSON.stringify(mine), { flag: 'wx', mode: 0o600 }))
    .catch((cause: Error & { code?: string }) => {
      throw new StartRefused(
        `The data folder ${dataDir} cannot be written (${cause.code ?? cause.message}). Give one that this user owns: npm start -- --data DIR.`,
        { cause },
      )
    })
  try {
    for (;;) {
      // A hard link is the O_EXCL that also brings its content along: nobody ever reads half a lock.
      const made = await link(draft, file).then(
        () => true,
        (error: Error & { code?: string }) => {
          if (error.code === 'EEXIST') return false
          throw new StartRefused(
            `The file system of ${dataDir} cannot hold a lock (${error.code}). Give a folder on a local disk: npm start -- --data DIR.`,
            { cause: error },
          )
        },
      )
      if (made && (await readHolder(file))?.name === mine.name) return () => giveBack(file, mine.name)
      await removeStale(file, dataDir)
    }
  } finally {
    await rm(draft, { force: true })
  }
}

/** Clears a lock whose process has ended; refuses for one that lives. */
async function removeStale(file: string, dataDir: string): Promise<void> {
  const holder = await readHolder(file)
  if (holder && (await isThere(holder))) {
    throw new StartRefused(
      holder.purpose === 'server'
        ? `Rationale is already running on the data folder ${dataDir} (process ${holder.pid}). Stop it first, or give this one a folder of its own: npm start -- --data DIR.`
        : `Another command (process ${holder.pid}) uses the data folder ${dataDir} just now. Try again in a moment.`,
    )
  }
  // Renaming succeeds for one of several that find the same stale lock. Whoever by a hair's breadth renames
  // the winner's fresh one instead, puts it back.
  const aside = `${file}.${randomUUID()}`
  const moved = await rename(file, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readHolder(aside))?.name !== holder?.name) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function giveBack(file: string, name: string): Promise<void> {
  if ((await readHolder(file))?.name === name) await rm(file, { force: true })
}

const isThere = async (holder: Holder): Promise<boolean> =>
  holder.startTime !== null && (await startTimeOf(holder.pid)) === holder.startTime

async function readHolder(file: string): Promise<Holder | null> {
  try {
    const holder: unknown = JSON.parse(await readFile(file, 'utf8'))
    return holder && typeof holder === 'object' && 'pid' in holder ? (holder as Holder) : null
  } catch {
    return null
  }
}
