/**
 * Preloaded (`node --import`) into each server that is measured: says on a unix socket what its process has
 * used so far. The same figures stand in /proc/<pid>/stat, but in ticks of 10 ms; these are microseconds.
 *
 * One question is one connection: `gc` collects garbage first, `snapshot PATH` writes the heap there for the
 * browser's tools, anything else only looks.
 */
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { setFlagsFromString, writeHeapSnapshot } from 'node:v8'
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
      const [, file] = /^snapshot (.+)$/.exec(String(question)) ?? []
      if (file) writeHeapSnapshot(file)
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
      const used = { cpuUs: user + system, rss, heapUsed, external, arrayBuffers, resources: resources() }
      socket.end(JSON.stringify(used))
    })
  })
  server.listen(path)
  server.unref()
}

/** What keeps the process alive or would call it, counted by kind: sockets, timers, files that are being read. */
function resources() {
  const counts = {}
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
