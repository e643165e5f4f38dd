/** Builds what draws diagrams: a document of its own and the scripts that it loads (see lib/content/diagram.ts). */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { refused } from './refused.mjs'

/**
 * Writes `diagram/` in `folder`: `frame.html`, and each script as it is and compressed. Scripts are named by what is
 * in them, so that they can be kept for ever.
 *
 * @param {string} root
 * @param {string} folder
 * @throws {Error} named StartRefused.
 */
export async function buildDiagramFrame(root, folder) {
  const { build: esbuild } = await import('esbuild')
  const outdir = join(folder, 'diagram')
  mkdirSync(outdir, { recursive: true })
  await esbuild({
    absWorkingDir: root,
    entryPoints: { frame: 'components/editor/drawn/diagram-frame.ts' },
    outdir,
    entryNames: '[name]-[hash]',
    bundle: true,
    // What one kind of diagram needs is loaded when one is drawn.
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  }).catch((cause) => {
    throw refused('What draws diagrams could not be built; the messages above say where.', cause)
  })
  const scripts = readdirSync(outdir).filter((name) => name.endsWith('.js'))
  for (const name of scripts) {
    writeFileSync(join(outdir, `${name}.gz`), gzipSync(readFileSync(join(outdir, name))))
  }
  const entry = scripts.find((name) => name.startsWith('frame-'))
  writeFileSync(
    join(outdir, 'frame.html'),
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Diagrams</title><script type="module" src="/diagram/${entry}"></script></head><body></body></html>\n`,
  )
}
