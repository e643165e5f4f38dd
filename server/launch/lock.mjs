/**
 * One process at a time does what two would spoil for each other. Node alone: nothing is installed yet, which is
 * why this says once more in plain JavaScript what `instance-lock.ts` and `process-table.ts` say.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { refused } from './refused.mjs'

/**
 * @typedef {object} Holder
 * @property {number} pid
 * @property {string | null} startTime when that process began: its number alone may by now be somebody else's,
 *   and in a container it is ours again at each start. Null: this system does not say.
 * @property {string} name tells two locks of one process apart.
 */

/** Names of the locks that this very process holds or waits for. */
const ours = new Set()

/**
 * Runs `work` while nobody else holds `file`; waits for whoever does. A lock whose process has ended counts
 * for nothing.
 *
 * @template T
 * @param {string} file
 * @param {(pid: number) => void} tell called once when there is somebody to wait for.
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, tell, work) {
  const mine = thisProcess()
  const draft = `${file}.${mine.name}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, JSON.stringify(mine))
  } catch (error) {
    throw refused(
      `Something has to be installed or built, and ${dirname(file)} cannot be written (${error.code}). Start Rationale once as the user who owns its folder.`,
      error,
    )
  }
  ours.add(mine.name)
  const release = () => {
    if (holderOf(file)?.name === mine.name) rmSync(file, { force: true })
    ours.delete(mine.name)
  }
  process.once('exit', release)
  try {
    try {
      let told = false
      await take(file, draft, (pid) => {
        if (!told) tell(pid)
        told = true
      })
    } finally {
      rmSync(draft, { force: true })
    }
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

/** @returns {Holder} what a lock of this process says, under a new name. */
export const thisProcess = () => ({
  pid: process.pid,
  startTime: startTimeOf(process.pid),
  name: randomUUID(),
})

/**
 * Puts `draft` in the place of `file`, once nobody who lives holds it. Where a stale lock stands, only whoever
 * holds `<file>.heir` may replace it, and looks again once they do: taking a stale file away without that could
 * take away the fresh one of somebody quicker. An heir that died in the middle left a stale lock like any other.
 */
async function take(file, draft, tell) {
  while (!linked(draft, file)) {
    const stale = textOf(file)
    const holder = holderIn(stale)
    if (holder !== null && isThere(holder)) tell(holder.pid)
    else if (stale !== null) {
      const heir = `${file}.heir`
      await take(heir, draft, tell)
      try {
        if (textOf(file) !== stale) continue
        linkSync(draft, `${draft}.fresh`)
        return renameSync(`${draft}.fresh`, file)
      } finally {
        rmSync(heir, { force: true })
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A link appears with its content or not at all, and only once. */
function linked(draft, file) {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * @param {string} file
 * @returns {Holder | null} null: there is none, or what stands there is no lock.
 */
export const holderOf = (file) => holderIn(textOf(file))

function holderIn(text) {
  try {
    const holder = JSON.parse(text ?? '')
    return typeof holder?.pid === 'number' ? holder : null
  } catch {
    return null
  }
}

function textOf(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * Whether the process that a lock names is still that one, and runs.
 *
 * @param {Holder} holder
 */
export function isThere({ pid, startTime, name }) {
  // Our own number in the lock of somebody before us.
  if (pid === process.pid) return ours.has(name)
  return startTime === null ? isAlive(pid) : startTimeOf(pid) === startTime
}

/** The same text as `startTimeOf` of `process-table.ts`. Null: no such process runs, or nothing says when it began. */
function startTimeOf(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // It has ended, and its parent has not noticed.
      if (fields[0] === 'Z' || fields[0] === 'X') return null
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
