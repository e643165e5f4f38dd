/**
 * Preloaded (`node --import`) into each server that is measured: says on a unix socket what its process has
 * used so far. The same figures stand in /proc/<pid>/stat, but in ticks of 10 ms; these are microseconds.
 *
 * One question is one connection: `gc` collects garbage first, anything else only looks.
 */
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

const path = process.env.BENCH_PROBE
// Children and threads of the server are not the server.
delete process.env.BENCH_PROBE

if (path && isMainThread) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  rmSync(path, { force: true })
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (question) => {
      // Twice: what the first one only marks as unreachable through a finalizer goes with the second.
      if (String(question) === 'gc') for (let n = 0; n < 2; n += 1) collect()
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
      socket.end(JSON.stringify({ cpuUs: user + system, rss, heapUsed, external, arrayBuffers }))
    })
  })
  server.listen(path)
  server.unref()
}
