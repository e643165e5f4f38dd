import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * What a page loads at once is what it imports without `import()`. A single line can bring an editor with it, and
 * nobody would see it but people on slow lines: so packages that may be reached this way are named.
 */
const atOnce =
  /^(@base-ui\/(react|utils)|@floating-ui\/utils|@tanstack\/(react-query|query-core)|lucide-react|clsx)$/

test.each(['d/[id]/page.tsx'])('%s brings nothing along that can wait', async (page) => {
  const entries = await clientFilesOf(join(root, 'app/(signed-in)', page))
  expect(entries.map((path) => basename(path))).toContain('document-page.tsx')
  const { metafile } = await build({ ...bundled, entryPoints: entries, platform: 'browser' })
  const packages = new Set(filesAtOnce(metafile, entries).flatMap((path) => packageOf(path) ?? []))
  expect([...packages].filter((name) => !atOnce.test(name)).sort()).toEqual([])
})

const root = join(import.meta.dirname, '../..')
const bundled = {
  bundle: true,
  splitting: true,
  format: 'esm' as const,
  outdir: 'none',
  write: false,
  metafile: true as const,
  minify: true,
  jsx: 'automatic' as const,
  external: ['react', 'react/jsx-runtime', 'react-dom', 'next/*'],
  loader: { '.css': 'empty' as const },
} satisfies BuildOptions

/** What the server's part of a page hands to the browser: each such file is fetched with it, whether it is drawn or not. */
async function clientFilesOf(page: string): Promise<string[]> {
  const { metafile } = await build({
    ...bundled,
    entryPoints: [page],
    platform: 'node',
    packages: 'external',
  })
  const files = new Set([relative(process.cwd(), page)])
  const clients: string[] = []
  // A Set hands out what is added while it is walked.
  for (const path of files) {
    if (/^'use client'/.test(await readFile(path, 'utf8'))) {
      clients.push(path)
      continue
    }
    for (const { kind, path: next, external } of metafile.inputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external && /\.tsx?$/.test(next)) files.add(next)
    }
  }
  return clients
}

/** Files with code of theirs in a first chunk, or in one that it imports statically. */
function filesAtOnce({ outputs }: Metafile, entries: readonly string[]): string[] {
  const reached = new Set(
    Object.keys(outputs).filter((path) => entries.includes(outputs[path]?.entryPoint ?? '')),
  )
  // A Set hands out what is added while it is walked.
  for (const path of reached) {
    for (const { kind, path: next, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) reached.add(next)
    }
  }
  return [...reached].flatMap((path) =>
    Object.entries(outputs[path]?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [file] : [],
    ),
  )
}

const packageOf = (path: string): string | undefined => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
