import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tempFolder } from '../support/temp-folder'

/** The launcher is plain JavaScript, which TypeScript does not look into. */
const launcher = (name: string) => import(join(import.meta.dirname, '..', '..', 'server', 'launch', name))
const { install } = await launcher('install.mjs')
const { withLock } = await launcher('lock.mjs')
const { prune } = await launcher('prune.mjs')
const { sourceHash } = await launcher('sources.mjs')

let folder: Awaited<ReturnType<typeof tempFolder>>
beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await folder.remove()
})
const put = async (path: string, content: string) => {
  const file = join(folder.path, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, content)
}

/** The number of a process that has certainly ended. */
async function endedPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid ?? 0
}

describe('the name of a build', () => {
  const sources = async () => {
    for (const part of ['app', 'components', 'lib', 'public', 'server']) await put(`${part}/a.ts`, part)
    for (const file of [
      'next.config.js',
      'package-lock.json',
      'package.json',
      'postcss.config.mjs',
      'tsconfig.json',
    ]) {
      await put(file, '{}')
    }
  }
  test('is the same for the same sources, and another for any change', async () => {
    await sources()
    const first = sourceHash(folder.path)
    expect(first).toMatch(/^[0-9a-f]{16}$/)
    expect(sourceHash(folder.path)).toBe(first)
    await put('lib/deep/b.ts', '')
    const added = sourceHash(folder.path)
    await put('lib/deep/b.ts', 'x')
    const changed = sourceHash(folder.path)
    await put('package-lock.json', '{"packages":{}}')
    const upgraded = sourceHash(folder.path)
    expect(new Set([first, added, changed, upgraded]).size).toBe(4)
  })
})

test('builds that nobody runs from are removed, the others stay', async () => {
  const [current, used, left, half, inTheMaking] = ['a', 'b', 'c', 'd', 'e'].map((letter) =>
    letter.repeat(16),
  )
  await put(`${current}/whole`, '')
  await put(`${used}/whole`, '')
  await put(`${used}/used-by/${process.pid}`, '')
  await put(`${left}/whole`, '')
  await put(`${left}/used-by/${await endedPid()}`, '')
  await put(`${half}/server.mjs`, '')
  await put(`${inTheMaking}/server.mjs`, '')
  await put(`${inTheMaking}.lock`, String(process.pid))
  await put('development/next/x', '')
  prune(folder.path, current ?? '')
  expect((await readdir(folder.path)).sort()).toEqual(
    [current, used, inTheMaking, `${inTheMaking}.lock`, 'development'].sort(),
  )
})

describe('a lock', () => {
  test('lets one at a time do its work', async () => {
    const file = join(folder.path, 'a.lock')
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await readdir(folder.path)
      inside -= 1
    }
    await Promise.all([1, 2, 3].map(() => withLock(file, () => {}, work)))
    expect(most).toBe(1)
    expect(await readdir(folder.path)).toEqual([])
  })
  test('of a process that has ended counts for nothing', async () => {
    const file = join(folder.path, 'a.lock')
    await writeFile(file, String(await endedPid()))
    expect(
      await withLock(
        file,
        () => {},
        async () => 'done',
      ),
    ).toBe('done')
  })
})

describe('installing', () => {
  const lockfile = {
    packages: {
      '': { name: 'rationale' },
      'node_modules/pg': { version: '8.0.0' },
      'node_modules/other-platform': { version: '1.0.0', optional: true },
    },
  }
  const said: string[] = []
  const run = () => install({ root: folder.path, say: (line: string) => void said.push(line) })

  /** Stands in for npm: does what `npm ci` does to npm's own record, or fails. */
  const npm = async (script: string) => {
    await put('npm-cli.cjs', `const fs = require('node:fs'); ${script}`)
    vi.stubEnv('npm_execpath', join(folder.path, 'npm-cli.cjs').replace(/cjs$/, 'js'))
    await put('npm-cli.js', await readFile(join(folder.path, 'npm-cli.cjs'), 'utf8'))
  }
  beforeEach(async () => {
    said.length = 0
    await put('package-lock.json', JSON.stringify(lockfile))
  })

  test('is done once, with progress, and not again', async () => {
    await npm(`
      fs.writeFileSync('called', process.argv.slice(2).join(' '))
      fs.mkdirSync('node_modules')
      fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages: { 'node_modules/pg': { version: '8.0.0' } } }))
    `)
    expect(await run()).toBe(true)
    expect(await readFile(join(folder.path, 'called'), 'utf8')).toMatch(/^ci --include=dev/)
    expect(said[0]).toContain('Installing dependencies; this happens once')
    expect(said.at(-1)).toMatch(/^Installed in \d+ s\.$/)
    vi.stubEnv('npm_execpath', join(folder.path, 'gone.js'))
    expect(await run()).toBe(false)
  })
  test('is done again when the lockfile asks for another version', async () => {
    await put(
      'node_modules/.package-lock.json',
      JSON.stringify({ packages: { 'node_modules/pg': { version: '7.0.0' } } }),
    )
    await npm(`fs.writeFileSync('node_modules/.package-lock.json', fs.readFileSync('package-lock.json'))`)
    expect(await run()).toBe(true)
    expect(said[0]).toContain('Installing 1 packages')
  })
  test('that fails is told with what to do', async () => {
    await npm('process.exit(7)')
    await expect(run()).rejects.toThrow('npm ci ended with code 7')
  })
  test('without a lockfile is refused: this is no whole copy', async () => {
    await put('package-lock.json', '{')
    await expect(run()).rejects.toThrow('package-lock.json is missing or broken')
  })
})
