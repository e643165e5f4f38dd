import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env.REDIS_SERVER,
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
]

const installed = () => places.find((path) => path && existsSync(path))

/**
 * Arguments of one that is reached from this machine alone and keeps nothing.
 *
 * @param {number} port
 * @param {string} folder where it may put what it must
 */
export const passing = (port, folder) => [
  '--port',
  String(port),
  '--bind',
  '127.0.0.1',
  '--save',
  '',
  '--appendonly',
  'no',
  '--dir',
  folder,
]

/**
 * A redis-server on this machine: one that is there, or Debian's package where root may install it.
 *
 * @returns {string} its path
 * @throws Error with a sentence that says what to install
 */
export function findRedis() {
  const found = installed()
  if (found) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.error('Installing Redis (apt-get install redis-server) …')
    const apt = (args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        // Its package starts a server of its own, which nobody asked for.
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
      })
    if (apt(['install', '-y', '-q', 'redis-server']).status !== 0) {
      apt(['update', '-q'])
      apt(['install', '-y', '-q', 'redis-server'])
    }
    const after = installed()
    if (after) return after
  }
  throw new Error(
    'Several nodes need a redis-server. Install it (Debian: apt-get install redis-server), or name one in the variable REDIS_SERVER, then try again.',
  )
}
