import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)
const source = tracked.filter((file) =>
  /^(app|components|lib|server|tests)\/.*\.(ts|tsx|mjs|css)$/.test(file),
)
const read = (file: string) => readFileSync(join(root, file), 'utf8')

test('no source file has more than 400 lines', () => {
  expect(source.filter((file) => read(file).split('\n').length > 401)).toEqual([])
})

test('every file is named after the one thing inside it', () => {
  expect(
    source.filter((file) => /(^|\/)(index|utils?|helpers?|common|misc|types)\.tsx?$/.test(file)),
  ).toEqual([])
})

test('only the configuration reads the environment', () => {
  const reading = source.filter(
    (file) => /^(app|components|lib|server)\//.test(file) && /\bprocess\.env\b/.test(read(file)),
  )
  // Next compiles `process.env.NODE_ENV` into the browser's code. `compose.ts` hands next-auth its address;
  // launchers run before there is a configuration.
  const allowed = /^server\/(config\.ts|compose\.ts|launch\/)/
  expect(reading.filter((file) => !allowed.test(file))).toEqual([])
})

test('nothing escapes the type checker, and nothing is left for later without its issue', () => {
  const shipped = source.filter((file) => !file.startsWith('tests/'))
  const code = (file: string) => read(file).replace(/\/\*[\s\S]*?\*\/|\/\/ (?!@ts-).*$/gm, '')
  const escapes = /@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b/
  expect(shipped.filter((file) => escapes.test(code(file)))).toEqual([])
  expect(shipped.filter((file) => /\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/.test(read(file)))).toEqual([])
})

test('no test is skipped or focused, or waits for luck', () => {
  const tests = source.filter((file) => file.startsWith('tests/') && !file.endsWith('house.test.ts'))
  expect(tests.filter((file) => /\b(it|test|describe)\.(only|todo|fixme)\b/.test(read(file)))).toEqual([])
  expect(tests.filter((file) => /waitForTimeout\(/.test(read(file)))).toEqual([])
})

test('all of lib loads in plain Node, without a DOM', () => {
  const modules = source.filter((file) => /^lib\/.*\.ts$/.test(file) && !file.endsWith('.d.ts'))
  expect(modules.length).toBeGreaterThan(5)
  const program = modules.map(
    (file) => `await import(${JSON.stringify(pathToFileURL(join(root, file)).href)})`,
  )
  program.push('if (typeof document !== "undefined") throw new Error("a DOM appeared")')
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program.join('\n')], {
    cwd: root,
    stdio: 'pipe',
  })
})
