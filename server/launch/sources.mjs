/** Which sources a build is made from, as one short name. Node alone. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folders = ['app', 'components', 'lib', 'public', 'server']
const files = ['next.config.js', 'package-lock.json', 'package.json', 'postcss.config.mjs', 'tsconfig.json']

/**
 * The first 16 hex digits of a SHA-256 over names and contents of all sources, and what else a build depends on.
 *
 * @param {string} root
 */
export function sourceHash(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of [...files, ...folders.flatMap((folder) => walk(root, folder))]) {
    const content = readFileSync(join(root, file))
    hash.update(`\0${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths below root, in one order everywhere.
 */
export function walk(root, folder) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true })
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return walk(root, path)
      return entry.isFile() && !entry.name.startsWith('.') ? [path] : []
    })
}
