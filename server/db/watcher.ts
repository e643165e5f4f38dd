import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { join } from 'node:path'

/**
 * Waits on a pipe from us. A line means that all is well; an end of file, that we died: after the time of
 * grace it stops the database, unless a newer process of ours has taken it over (it wrote another name into
 * the owner's file) or the database is another one by now. A shell, because it needs no memory to speak of.
 */
const script = `
read -r _ && exit 0
sleep "$5"
[ "$(cat "$3" 2>/dev/null)" = "$4" ] || exit 0
[ "$(head -n 1 "$1" 2>/dev/null)" = "$2" ] && kill -INT "$2"
`

/**
 * Starts a process that outlives us, to stop the database when we are killed and nobody comes back.
 *
 * @param watched.ownerFile says which watcher counts; a later one overwrites it.
 * @returns ends the watcher, for when we stop the database ourselves.
 */
export async function watchOver(watched: {
  cluster: string
  pid: number
  ownerFile: string
  graceSeconds: number
}): Promise<() => void> {
  const name = randomUUID()
  await writeFile(watched.ownerFile, name)
  const pidFile = join(watched.cluster, 'postmaster.pid')
  const watcher = spawn(
    '/bin/sh',
    [
      '-c',
      script,
      'rationale-watcher',
      pidFile,
      String(watched.pid),
      watched.ownerFile,
      name,
      String(watched.graceSeconds),
    ],
    // In a session of its own: the terminal's Ctrl-C is for us alone. Not in a folder that may be removed.
    { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' },
  )
  watcher.on('error', () => {})
  watcher.stdin.on('error', () => {})
  watcher.unref()
  ;(watcher.stdin as Socket).unref()
  return () => watcher.stdin.end('\n')
}
