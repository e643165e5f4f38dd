import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { databaseOf, type ServerProcess, startServer } from '../support/server'
import { tempFolder } from '../support/temp-folder'
import { agree, nothingIsLost, type Place, until } from './agreement'
import { call } from './call'
import { saved, typing } from './nodes'
import { Office } from './office'
import { tokensOf, type Writer } from './writer'

let server: ServerProcess
let backup: Awaited<ReturnType<typeof tempFolder>>
let pool: Pool
let office: Office
let place: Place
let writers: Writer[]
beforeEach(async () => {
  backup = await tempFolder()
  server = await startServer({ pristine: inject('cluster').pristine })
  pool = databaseOf(server)
  office = await Office.open(pool, server.origin)
  place = await office.document()
  writers = await office.writers(place)
  await write(writers)
}, 240_000)
afterEach(async () => {
  for (const writer of writers) writer.leave()
  await pool.end()
  await server.remove()
  await backup.remove()
})

async function write(by: readonly Writer[]): Promise<void> {
  const stop = typing(by, 5)
  await saved(by, 20)
  stop()
  await Promise.all(by.map((writer) => writer.until(() => writer.acknowledged === writer.typed)))
}

/** What a person knows of a copy: it was made while nothing ran, of the whole folder or of its database. */
const copyOf = (part: string) => cp(join(server.dataDir, part), join(backup.path, part), { recursive: true })
async function putBack(part: string): Promise<void> {
  await rm(join(server.dataDir, part), { recursive: true, force: true })
  await cp(join(backup.path, part), join(server.dataDir, part), { recursive: true })
}

/** After the backup people write on, also in pages that they open only now. */
async function writeOn(): Promise<Writer[]> {
  await until(() => writers.every(({ provider }) => provider.synced))
  writers = [
    ...writers,
    await office.writer('ada', place, 'lovelace'),
    await office.writer('grace', place, 'hopper'),
  ]
  await write(writers)
  await agree(place, writers)
  return writers
}

/** One page comes back with what all of them had written; then the others, none of whom is sent away. */
async function comeBack(): Promise<void> {
  const [ada, grace, lovelace, hopper] = writers as [Writer, Writer, Writer, Writer]
  hopper.connect()
  const path = `/documents/${place.documentId}/content?format=markdown`
  await until(async () => {
    const text = await call<string>(server.origin, place.token, 'GET', path)
    return writers.every(({ name, typed }) => tokensOf(name, text).length === typed)
  })
  await nothingIsLost(place, writers)
  for (const writer of [ada, grace, lovelace]) writer.connect()
  await write(writers)
  await agree(place, writers)
  for (const { closeCodes } of writers) expect(closeCodes.filter((code) => code >= 4000)).toEqual([])
  const { rows } = await pool.query<{ client_id: string; name: string }>(
    `select client_id, p.name from document_client c join person p on p.id = c.person_id
      where document_id = $1 and client_id = any ($2::bigint[])`,
    [place.documentId, writers.map(({ doc }) => doc.clientID)],
  )
  const owners = new Map(rows.map(({ client_id, name }) => [Number(client_id), name]))
  expect(writers.map(({ doc }) => owners.get(doc.clientID))).toEqual(['ada', 'grace', 'ada', 'grace'])
}

const away = () => {
  for (const writer of writers) writer.disconnect()
}

test('17: an older copy of the database is noticed, and browsers bring back what it lacks, each what is theirs and one what is all of theirs', async () => {
  expect((await server.stop()).code).toBe(0)
  await copyOf('pg')
  await server.start()
  await writeOn()
  away()
  expect((await server.stop()).code).toBe(0)
  await putBack('pg')
  await server.start()
  expect(server.stderr()).toContain('a backup that was put back')
  await comeBack()
  // Noticed once: the next start finds the database that it left.
  const told = server.stderr().split('a backup that was put back').length
  expect((await server.stop()).code).toBe(0)
  await server.start()
  expect(server.stderr().split('a backup that was put back')).toHaveLength(told)
}, 120_000)

test('17: so they do after a copy of the whole folder was put back and the operator says so', async () => {
  expect((await server.stop()).code).toBe(0)
  await copyOf('')
  await server.start()
  await writeOn()
  away()
  expect((await server.stop()).code).toBe(0)
  await putBack('')
  const { dataDir, port } = server
  server = await startServer({ dataDir, port, args: ['--restored'] })
  await comeBack()
}, 120_000)
