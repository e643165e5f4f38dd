import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { vi } from 'vitest'
import { isAlive } from '../../server/db/process-table'

/**
 * A process that was killed, and whose parent does not ask what became of it: its number stays taken, by
 * nobody who runs. So ends a server in a container whose first process does not care for orphans.
 */
export async function zombie(): Promise<{ readonly pid: number; remove(): void }> {
  const parent = spawn('/bin/sh', ['-c', 'sleep 600 & echo $!; exec cat'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]()
  const pid = Number((await lines.next()).value)
  // Once it gives back what it is told, the shell, which would ask, is `cat`, which never does.
  parent.stdin.write('cat\n')
  await lines.next()
  process.kill(pid, 'SIGKILL')
  await vi.waitUntil(async () => !(await isAlive(pid)), { timeout: 20_000 })
  return { pid, remove: () => void parent.kill('SIGKILL') }
}
