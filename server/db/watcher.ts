import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'

/**
 * Waits on a pipe from us. A line means that all is well; an end of file, that we died: after the time of
 * grace it stops the database, unless a newer process of ours has taken it over (it wrote another name into
 * the owner's file) or the process of that number is something else by now. A shell, because it needs no
 * memory to speak of.
 */
const script = `
read -r _ && exit 0
sleep "$4"
[ "$(cat "$2" 2>/dev/null)" = "$3" ] || exit 0
pid=$(head -n 1 "$1" 2>/dev/null)
[ -n "$pid" ] || exit 0
name=$(cat "/proc/$pid/comm" 2>/dev/null || ps -p "$pid" -o comm= 2>/dev/null)
case "$name" in *postgres*) kill -INT "$pid" ;; esac
`

/**
 * Starts a process that outlives us, to stop the database when we are killed and nobody comes back. Begun
 * before the database is, so that there is no moment in which it runs unwatched.
 *
 * @param watched.ownerFile says which watcher counts; a later one overwrites it.
 * @returns ends the watcher, for when we stop the database ourselves.
 */
export async function watchOver(watched: {
  cluster: string
  ownerFile: string
  graceSeconds: number
}): Promise<() => void> {
  const name = randomUUID()
  await writeFile(watched.ownerFile, name, { mode: 0o600 })
  const pidFile = join(watched.cluster, 'postmaster.pid')
  const watcher = spawn(
    '/bin/sh',
    ['-c', script, 'rationale-watcher', pidFile, watched.ownerFile, name, String(watched.graceSeconds)],
    // In a session of its own: the terminal's Ctrl-C is for us alone. Not in a folder that may be removed.
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  )
  watcher.on('error', () => {})
  watcher.stdin.on('error', () => {})
  watcher.unref()
  ;(watcher.stdin as Socket).unref()
  return () => watcher.stdin.end('\n')
}
