import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * What a page loads at once is what it imports without `import()`. A single line can bring an editor with it, and
 * nobody would see it but people on slow lines: so packages that may be reached this way are named.
 */
const atOnce =
  /^(@base-ui\/(react|utils)|@floating-ui\/utils|@tanstack\/(react-query|query-core)|lucide-react|clsx)$/

test.each(['d/[id]/document-page.tsx'])('%s brings nothing along that can wait', async (page) => {
  const entry = join(import.meta.dirname, '../../app/(signed-in)', page)
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'none',
    write: false,
    metafile: true,
    minify: true,
    jsx: 'automatic',
    external: ['react', 'react/jsx-runtime', 'react-dom', 'next/*'],
    loader: { '.css': 'empty' },
  })
  const packages = new Set(filesAtOnce(metafile).flatMap((path) => packageOf(path) ?? []))
  expect([...packages].filter((name) => !atOnce.test(name)).sort()).toEqual([])
})

/** Files with code of theirs in the page's first chunk, or in one that it imports statically. */
function filesAtOnce({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint?.endsWith('document-page.tsx'))
  const reached = new Set(entry === undefined ? [] : [entry])
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
