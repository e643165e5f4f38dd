/** Which builds are in use, and the end of those that are not. Node alone. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { holderOf, isThere, thisProcess } from './lock.mjs'

/**
 * Says that this process runs from a build, so that no later one removes it. Ends with the process.
 *
 * @param {string} folder
 */
export function holdBuild(folder) {
  const users = join(folder, 'used-by')
  const mark = join(users, String(process.pid))
  try {
    mkdirSync(users, { recursive: true })
    writeFileSync(mark, JSON.stringify(thisProcess()))
  } catch {
    // Somebody else's build, which this user cannot write and so no build of this user's removes.
    return
  }
  process.once('exit', () => rmSync(mark, { force: true }))
}

/**
 * Removes builds that nobody runs from and nobody is making.
 *
 * @param {string} builds the folder of all builds.
 * @param {string} keep the name of one that stays in any case.
 */
export function prune(builds, keep) {
  for (const name of readdirSync(builds)) {
    const folder = join(builds, name)
    if (!/^[0-9a-f]{16}$/.test(name) || name === keep) continue
    const usedBy = join(folder, 'used-by')
    const marks = existsSync(usedBy) ? readdirSync(usedBy).map((mark) => join(usedBy, mark)) : []
    const users = marks.map((mark) => holderOf(mark) ?? nameless(mark))
    const holders = [holderOf(`${folder}.lock`), ...users]
    if (holders.some((holder) => holder !== null && isThere(holder))) continue
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A mark that is being written just now, or was left by a version that wrote nothing into it. */
const nameless = (mark) => ({ pid: Number(basename(mark)), startTime: null, name: '' })
