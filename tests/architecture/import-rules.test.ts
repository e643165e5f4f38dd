import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cruiseTree, rules } from './cruise'

const root = join(import.meta.dirname, '../..')
const folders = ['app', 'components', 'server', 'lib']
const scratch = mkdtempSync(join(tmpdir(), 'rules-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const sourceFiles = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file))

test('no import of the project breaks a rule', async () => {
  const { summary } = await cruiseTree(root, folders)
  const said = summary.violations.map(
    (v) => `${v.from} -> ${v.to} (${v.rule.name}): ${rules.find((r) => r.name === v.rule.name)?.comment}`,
  )
  expect(said).toEqual([])
})

test('every source file is cruised, and the parser sees into them', async () => {
  const { modules } = await cruiseTree(root, folders)
  const cruised = new Set(modules.map((module) => module.source))
  expect(sourceFiles.filter((file) => !cruised.has(file))).toEqual([])
  // A parser that reads nothing finds no dependencies at all: most files import something.
  const importing = modules.filter((module) => module.dependencies.length > 0)
  expect(importing.length).toBeGreaterThan(sourceFiles.length / 2)
})

/** One deliberately wrong import per rule: a file, what it imports, and what stands there. */
const wrong: Record<string, { from: string; imports: string; to?: string; code?: string }> = {
  'lib-is-the-ground': { from: 'lib/x.ts', imports: '../server/y', to: 'server/y.ts' },
  'lib-runs-everywhere': { from: 'lib/x.ts', imports: 'node:fs' },
  'lib-packages': { from: 'lib/x.ts', imports: 'left-pad', to: 'node_modules/left-pad/index.js' },
  'content-packages': {
    from: 'lib/content/x.ts',
    imports: 'left-pad',
    to: 'node_modules/left-pad/index.js',
  },
  'server-is-blind-to-components': { from: 'server/x.ts', imports: '../components/y', to: 'components/y.ts' },
  'components-are-blind-to-server': { from: 'components/x.ts', imports: '../server/y', to: 'server/y.ts' },
  'components-run-in-browsers': { from: 'components/x.ts', imports: 'node:fs' },
  'nothing-imports-app': { from: 'server/x.ts', imports: '../app/page', to: 'app/page.ts' },
  'nothing-imports-tests': { from: 'server/x.ts', imports: '../tests/y', to: 'tests/y.ts' },
  'app-reaches-no-room': { from: 'app/page.ts', imports: '../server/sync/rooms', to: 'server/sync/rooms.ts' },
  'noun-order-access': { from: 'server/access/x.ts', imports: '../document/y', to: 'server/document/y.ts' },
  'noun-order-document': { from: 'lib/document.ts', imports: './thread', to: 'lib/thread.ts' },
  'noun-order-version': { from: 'server/version/x.ts', imports: '../review/y', to: 'server/review/y.ts' },
  'noun-order-thread': { from: 'components/thread/x.ts', imports: '../inbox/y', to: 'components/inbox/y.ts' },
  'noun-order-review': { from: 'server/review/x.ts', imports: '../../lib/inbox', to: 'lib/inbox.ts' },
  'nouns-know-no-transport': {
    from: 'server/thread/x.ts',
    imports: '../live/subscribe',
    to: 'server/live/subscribe.ts',
  },
  'nouns-are-given-their-parts': {
    from: 'server/document/x.ts',
    imports: '../runtime',
    to: 'server/runtime.ts',
  },
  'ui-knows-no-noun': {
    from: 'components/ui/x.ts',
    imports: '../document/page',
    to: 'components/document/page.ts',
  },
  'no-cycles': {
    from: 'server/x.ts',
    imports: './y',
    to: 'server/y.ts',
    code: "import { x } from './x'\nexport const y = x\n",
  },
  'no-orphans': { from: 'server/x.ts', imports: '' },
  'no-unresolved': { from: 'server/x.ts', imports: './nowhere' },
  'no-dev-dependency-in-the-product': {
    from: 'server/x.ts',
    imports: 'only-for-tests',
    to: 'node_modules/only-for-tests/index.js',
  },
}

test('each rule has a wrong import in this test', () => {
  expect(Object.keys(wrong).sort()).toEqual(rules.map((rule) => rule.name).sort())
})

test.each(Object.entries(wrong))('%s still bites', async (rule, { from, imports, to, code }) => {
  const tree = join(scratch, rule)
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  for (const folder of folders) mkdirSync(join(tree, folder), { recursive: true })
  write('package.json', JSON.stringify({ type: 'module', devDependencies: { 'only-for-tests': '1.0.0' } }))
  write(from, imports ? `import { y } from '${imports}'\nexport const x = y\n` : 'export const x = 1\n')
  if (to) write(to, code ?? 'export const y = 1\n')
  if (to?.startsWith('node_modules/')) {
    write(join(dirname(to), 'package.json'), JSON.stringify({ name: imports, main: 'index.js' }))
  }
  const { summary } = await cruiseTree(tree, folders)
  expect(summary.violations.map((violation) => violation.rule.name)).toContain(rule)
})
