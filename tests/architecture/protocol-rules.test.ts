import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * `lib/sync/PROTOCOL.md` promises in numbered rules; a test that proves one begins its title with the number:
 * `'7: …'`, `'20, 21: …'`. (`'29 to 35: …'`, of a story about all of them, proves none in particular.)
 */
const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'lib/sync/PROTOCOL.md'), 'utf8')
const rules = [...page.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number))

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'tests'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(test|journey)\.tsx?$/.test(file))
/** Numbers of one or two digits: what has more is a close code. */
const titles = files.flatMap((file) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/\(\s*['"`](\d{1,2}(?:(?:, | to )\d{1,2})*): /g)].map(
    ([, cited = '']) => ({ file, cited }),
  ),
)

test('the rules of the socket are numbered through', () => {
  expect(rules.length).toBeGreaterThan(30)
  expect(rules).toEqual(rules.map((_, index) => index + 1))
})

test('every rule of the socket is proved by a test that says so', () => {
  const proved = new Set(
    titles.flatMap(({ cited }) => (cited.includes(' to ') ? [] : cited.split(', ').map(Number))),
  )
  expect(rules.filter((rule) => !proved.has(rule))).toEqual([])
})

test('no test cites a rule that there is not', () => {
  const unknown = titles.filter(({ cited }) =>
    cited.split(/, | to /).some((number) => !rules.includes(Number(number))),
  )
  expect(unknown).toEqual([])
})
