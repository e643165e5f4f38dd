import { execFile } from 'node:child_process'
import { readdir, readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

/** What can be known about other processes, on Linux from /proc, elsewhere from `ps`. */
const run = promisify(execFile)
const linux = process.platform === 'linux'

const ps = async (pid: number, column: string): Promise<string | null> => {
  const { stdout } = await run('ps', ['-p', String(pid), '-o', `${column}=`]).catch(() => ({ stdout: '' }))
  return stdout.trim() || null
}

/** The fields of /proc/pid/stat after the name in brackets (which may hold spaces and brackets itself). */
const statOf = async (pid: number): Promise<string[] | null> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? null
}

/** True while the process runs. One that has ended and waits for its parent to notice does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (linux) {
    const state = (await statOf(pid))?.[0]
    return state !== undefined && state !== 'Z' && state !== 'X'
  }
  const state = await ps(pid, 'state')
  return state !== null && !state.startsWith('Z')
}

/** True while its number is taken, be it by one that has ended and waits for its parent to notice. */
export async function isListed(pid: number): Promise<boolean> {
  return (linux ? await statOf(pid) : await ps(pid, 'state')) !== null
}

/** When the process began, as text that is only good for comparing. Null: there is no such process. */
export async function startTimeOf(pid: number): Promise<string | null> {
  // Field 22 counts clock ticks since boot; the boot's own id tells one count from another.
  if (linux) {
    const ticks = (await statOf(pid))?.[19]
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
    return ticks === undefined ? null : `${boot.trim()}:${ticks}`
  }
  return ps(pid, 'lstart')
}

/** True when `pid` is a PostgreSQL server that works in `folder`. */
export async function isPostgresOf(pid: number, folder: string): Promise<boolean> {
  if (linux) {
    const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')
    return command.trim() === 'postgres' && (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === folder
  }
  const command = (await ps(pid, 'command')) ?? ''
  return command.includes('postgres') && command.includes(folder)
}

/** PostgreSQL's processes that work in `folder`: its children stay there when it was killed. Linux only. */
export async function postgresIn(folder: string): Promise<number[]> {
  if (!linux) return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map(async (pid) => ((await isPostgresOf(pid, folder)) ? pid : null)))
  return found.filter((pid) => pid !== null)
}
