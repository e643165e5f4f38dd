import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..')
const launch = join(root, 'server', 'launch', 'build.mjs')

/** Another release of this program: a copy of the present build that knows a newer content schema. */
export interface Release {
  /** Given to `startServer`. */
  readonly launcher: string
  remove(): Promise<void>
}

/** @param schemaVersion the content schema that its server and its routes know. Pages say theirs at the socket. */
export async function releaseWith(schemaVersion: number): Promise<Release> {
  const { build, nextEnvironment } = (await import(pathToFileURL(launch).href)) as {
    build(options: { root: string }): Promise<string>
    nextEnvironment(root: string, folder: string): Record<string, string>
  }
  const present = await build({ root })
  const folder = join(root, '.build', `release-${process.pid}-${schemaVersion}`)
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(present)) {
    if (/^(server\.mjs(\.map)?|used-by|next)$/.test(name)) continue
    await symlink(join(present, name), join(folder, name))
  }
  const constant = /^var schemaVersion = \d+;$/gm
  const source = await readFile(join(present, 'server.mjs'), 'utf8')
  if (source.match(constant)?.length !== 1) throw new Error('The bundle says its schema in another way now.')
  await writeFile(
    join(folder, 'server.mjs'),
    source.replace(constant, `var schemaVersion = ${schemaVersion};`),
  )
  await cp(join(present, 'next'), join(folder, 'next'), { recursive: true, verbatimSymlinks: true })
  let patched = 0
  const compared = /schema_version>\w+\.\w+/g
  for (const name of await readdir(join(folder, 'next', 'server'), { recursive: true })) {
    if (!name.endsWith('.js')) continue
    const path = join(folder, 'next', 'server', name)
    const routes = await readFile(path, 'utf8')
    if (!compared.test(routes)) continue
    await writeFile(path, routes.replace(compared, `schema_version>${schemaVersion}`))
    patched += 1
  }
  if (patched === 0) throw new Error('The routes compare schemas in another way now.')
  const env = { ...nextEnvironment(root, folder), NODE_ENV: 'production', RATIONALE_ROOT: root }
  const launcher = join(folder, 'start.mjs')
  await writeFile(
    launcher,
    `Object.assign(process.env, ${JSON.stringify(env)})\nawait import('./server.mjs')\n`,
  )
  return { launcher, remove: () => rm(folder, { recursive: true, force: true }) }
}
