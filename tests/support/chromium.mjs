import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const installed = () => places.find((path) => path && existsSync(path))

/**
 * A Chromium on this machine: one that is there, or Debian's package where root may install it.
 *
 * @returns {Promise<string>} its path
 * @throws Error with a sentence that says what to install
 */
export async function findChromium() {
  const found = installed()
  if (found) return found
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium (apt-get install chromium) …')
    const apt = (args) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    // The package list may be missing or old: it is fetched when the first try does not find the package.
    if (apt(['install', '-y', '-q', 'chromium']).status !== 0) {
      apt(['update', '-q'])
      apt(['install', '-y', '-q', 'chromium'])
    }
    const after = installed()
    if (after) return after
  }
  throw new Error(
    'The journeys need Chromium. Install it (Debian: apt-get install chromium), or name one in the variable CHROMIUM, then run npm test again.',
  )
}
