/** `npm run dev`: pages reload by themselves; the server is started again when its own sources change. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs the server in a child process until a signal. Ends with the child's code when its very first start
 * fails; a later failure waits for the next change.
 *
 * @param {{ root: string, args: string[], env: Record<string, string> }} options
 */
export function develop({ root, args, env }) {
  let child
  let restarting = false
  let started = 0

  const start = () => {
    restarting = false
    started += 1
    child = spawn(process.execPath, [join(root, 'server', 'launch', 'start.mjs'), ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.once('exit', (code) => {
      child = undefined
      if (restarting) return start()
      if (code === 0 || started === 1) process.exit(code ?? 1)
      process.stderr.write('The server ended; it is started again at the next change.\n')
    })
  }
  const restart = () => {
    if (!child) return start()
    if (restarting) return
    restarting = true
    process.stderr.write('The server’s sources changed; starting it again …\n')
    child.kill('SIGTERM')
  }

  let timer
  for (const folder of ['server', 'lib']) {
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (!/\.(ts|sql)$/.test(String(name))) return
      // Editors write a file in several steps.
      clearTimeout(timer)
      timer = setTimeout(restart, 150)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // In place of the launcher's own.
    process.removeAllListeners(signal).on(signal, () => {
      restarting = false
      started = 1
      if (child) child.kill('SIGTERM')
      else process.exit(0)
    })
  }
  start()
}
