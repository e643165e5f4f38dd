import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, startTimeOf } from '../db/process-table'
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
    await take(file, draft, dataDir)
  } finally {
    await rm(draft, { force: true })
  }
  return () => giveBack(file, mine.name)
}

/**
 * Puts the lock `draft` in the place of `file`. A hard link is the O_EXCL that also brings its content along:
 * nobody ever reads half a lock. Where a stale lock stands, only whoever holds the lock `<file>.heir` may replace
 * it, and looks again once they do: taking a stale file away without that could take away the fresh one of
 * somebody quicker. An heir that died in the middle left a stale lock like any other.
 */
async function take(file: string, draft: string, dataDir: string): Promise<void> {
  while (!(await linked(draft, file, dataDir))) {
    const stale = await staleLock(file, dataDir)
    if (stale === 'absent') continue
    const heir = `${file}.heir`
    await take(heir, draft, dataDir)
    try {
      if ((await staleLock(file, dataDir)) !== stale) continue
      const fresh = `${draft}.fresh`
      await link(draft, fresh)
      return await rename(fresh, file)
    } finally {
      await rm(heir, { force: true })
    }
  }
}

const linked = (draft: string, file: string, dataDir: string): Promise<boolean> =>
  link(draft, file).then(
    () => true,
    (error: Error & { code?: string }) => {
      if (error.code === 'EEXIST') return false
      throw new StartRefused(
        `The file system of ${dataDir} cannot hold a lock (${error.code}). Give a folder on a local disk: npm start -- --data DIR.`,
        { cause: error },
      )
    },
  )

/** Tells one stale lock from another by its text; refuses for a lock whose process lives. */
async function staleLock(file: string, dataDir: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: Error & { code?: string }) => {
    if (cause.code === 'ENOENT') return null
    throw new StartRefused(
      `The lock ${file} cannot be read (${cause.code}). Give a data folder that this user owns: npm start -- --data DIR.`,
      { cause },
    )
  })
  if (text === null) return 'absent'
  const holder = holderIn(text)
  if (holder === null || !(await isThere(holder))) return text
  throw new StartRefused(
    holder.purpose === 'server'
      ? `Rationale is already running on the data folder ${dataDir} (process ${holder.pid}). Stop it first, or give this one a folder of its own: npm start -- --data DIR.`
      : `Another command (process ${holder.pid}) uses the data folder ${dataDir} just now. Try again in a moment.`,
  )
}

async function giveBack(file: string, name: string): Promise<void> {
  if ((await readHolder(file))?.name === name) await rm(file, { force: true })
}

const isThere = async (holder: Holder): Promise<boolean> =>
  holder.startTime !== null &&
  (await startTimeOf(holder.pid)) === holder.startTime &&
  // One that was killed keeps its number and its beginning until its parent notices, and holds nothing.
  (await isAlive(holder.pid))

const readHolder = (file: string): Promise<Holder | null> => readFile(file, 'utf8').then(holderIn, () => null)

function holderIn(text: string): Holder | null {
  try {
    const holder: unknown = JSON.parse(text)
    return holder && typeof holder === 'object' && 'pid' in holder ? (holder as Holder) : null
  } catch {
    return null
  }
}
