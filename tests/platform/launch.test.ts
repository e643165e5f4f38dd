import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tempFolder } from '../support/temp-folder'

/** The launcher is plain JavaScript, which TypeScript does not look into. */
const root = join(import.meta.dirname, '..', '..')
const launcher = (name: string) => import(join(root, 'server', 'launch', name))
const { install } = await launcher('install.mjs')
const { withLock, holderOf } = await launcher('lock.mjs')
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

/** A lock that somebody left who had this number before. */
const lockOf = (pid: number) => JSON.stringify({ pid, startTime: 'then', name: 'old' })

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
  await put(`${used}/used-by/${process.ppid}`, '')
  await put(`${left}/whole`, '')
  await put(`${left}/used-by/${await endedPid()}`, '')
  await put(`${left}/used-by/${process.ppid}`, lockOf(process.ppid))
  await put(`${left}/used-by/${process.pid}`, lockOf(process.pid))
  await put(`${half}/server.mjs`, '')
  await put(`${inTheMaking}/server.mjs`, '')
  await put('development/next/x', '')
  await withLock(
    join(folder.path, `${inTheMaking}.lock`),
    () => {},
    async () => prune(folder.path, current ?? ''),
  )
  expect((await readdir(folder.path)).sort()).toEqual([current, used, inTheMaking, 'development'].sort())
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
  test.each([
    ['has ended', async () => lockOf(await endedPid())],
    ['has ended, by its number alone', async () => String(await endedPid())],
    ['had the number that another one has by now', async () => lockOf(process.ppid)],
    ['had our own number, as in a container that is started again', async () => lockOf(process.pid)],
    ['died while it wrote', async () => '{"pid":'],
  ])('of a process that %s counts for nothing', async (_who, left) => {
    const file = join(folder.path, 'a.lock')
    await writeFile(file, await left())
    await writeFile(`${file}.heir`, await left())
    const waited: number[] = []
    const work = async () => holderOf(file)
    const holder = await withLock(file, (pid: number) => void waited.push(pid), work)
    expect(holder).toMatchObject({ pid: process.pid })
    expect(waited).toEqual([])
    expect(await readdir(folder.path)).toEqual([])
  })
  test('that is stale is taken over by one of several processes', async () => {
    // Each file is one race for a stale lock: looking and taking away in two steps lets two of them in.
    const races = Array.from({ length: 150 }, (_, i) => join(folder.path, `${i}.lock`))
    for (const file of races) await writeFile(file, lockOf(2 ** 22 + 1))
    await put(
      'racer.mjs',
      `import { mkdirSync, rmdirSync } from 'node:fs'
       import { withLock } from ${JSON.stringify(join(root, 'server/launch/lock.mjs'))}
       process.setMaxListeners(0)
       const work = (file) => async () => {
         mkdirSync(file + '.inside')
         await new Promise(setImmediate)
         rmdirSync(file + '.inside')
       }
       await Promise.all(${JSON.stringify(races)}.map((file) => withLock(file, () => {}, work(file))))`,
    )
    const racers = [1, 2, 3].map(() =>
      spawn(process.execPath, [join(folder.path, 'racer.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] }),
    )
    const codes = await Promise.all(racers.map(async (racer) => (await once(racer, 'exit'))[0]))
    expect(codes).toEqual([0, 0, 0])
    expect(await readdir(folder.path)).toEqual(['racer.mjs'])
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
