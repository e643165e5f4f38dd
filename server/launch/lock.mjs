/** One process at a time does what two would spoil for each other. Node alone. */
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { refused } from './refused.mjs'

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
  const draft = `${file}.${randomUUID()}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, String(process.pid))
  } catch (error) {
    throw refused(
      `Something has to be installed or built, and ${dirname(file)} cannot be written (${error.code}). Start Rationale once as the user who owns its folder.`,
      error,
    )
  }
  try {
    for (let told = false; !take(draft, file); ) {
      const pid = holderOf(file)
      if (pid !== null && !isAlive(pid)) {
        rmSync(file, { force: true })
        continue
      }
      if (!told && pid !== null) {
        tell(pid)
        told = true
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  } finally {
    rmSync(draft, { force: true })
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.off('exit', release)
  }
}

/** A link appears with its content or not at all, and only once. */
function take(draft, file) {
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** @returns {number | null} null: it was given back just now. */
export function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
