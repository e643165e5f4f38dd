import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { databaseOf, type ServerProcess, startServer } from '../support/server'
import { type SmallDisk, smallDisk } from '../support/small-disk'
import { agree, type Place, pageOf, until } from './agreement'
import { call } from './call'
import { saved, typing } from './nodes'
import { Office } from './office'
import { tokensOf, type Writer } from './writer'

let disk: SmallDisk | null
let server: ServerProcess
let pool: Pool
let office: Office
let place: Place
let writers: Writer[]
let ada: Writer
let grace: Writer
beforeAll(async () => {
  // As large as a new database and its first log, and a little more.
  disk = await smallDisk(96)
  if (disk === null)
    console.log('No file system may be mounted here: the database is told to be full instead.')
  server = await startServer({
    ...(disk && { dataDir: disk.path }),
    pristine: inject('cluster').pristine,
    env: { LIMITS: JSON.stringify({ commitPausedAfterMs: 250, commitMaxBackOffMs: 250 }), LOG_LEVEL: 'info' },
  })
  pool = databaseOf(server)
  office = await Office.open(pool, server.origin)
  place = await office.document()
  writers = await office.writers(place)
  ;[ada, grace] = writers as [Writer, Writer]
}, 240_000)
afterAll(async () => {
  for (const writer of writers ?? []) writer.leave()
  await pool?.end()
  await disk?.free()
  await server?.stop()
  await disk?.remove()
})

/** What PostgreSQL says when a table cannot grow, where no real disk can be filled. */
const refuseRows = `
create function full_disk() returns trigger language plpgsql as $$
begin
  raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
end $$;
create trigger full_disk before insert on document_update execute function full_disk()`

async function fill(): Promise<void> {
  if (disk) await disk.fill()
  else await pool.query(refuseRows)
}
async function free(): Promise<void> {
  if (disk) await disk.free()
  else await pool.query('drop function full_disk cascade')
}

const saysPaused = (paused: boolean) =>
  until(() => writers.every(({ savingPaused }) => savingPaused.at(-1) === paused))
const exported = () =>
  call<string>(server.origin, place.token, 'GET', `/documents/${place.documentId}/content?format=markdown`)

test('28: a full disk is told to people and to the operator; reading goes on, and when there is room everything is saved', async () => {
  const stop = typing(writers)
  await saved(writers, 50)
  await fill()
  await saysPaused(true)
  expect(server.stderr()).toContain('No space left on device')
  const safe = writers.map(({ acknowledged }) => acknowledged)
  // What was saved is read, by who is here, by who comes, and as a file.
  const goal = ada.typed + 20
  await until(() => tokensOf('ada', pageOf(grace)).length >= goal)
  const newcomer = await office.writer('grace', place)
  for (const text of [pageOf(newcomer), await exported()]) {
    for (const [i, { name }] of writers.entries())
      expect(tokensOf(name, text).length).toBeGreaterThanOrEqual(safe[i] ?? 0)
  }
  newcomer.leave()
  await free()
  await saysPaused(false)
  await saved(writers, 20)
  stop()
  await agree(place, writers)
  expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
}, 120_000)

test('a disk so full that PostgreSQL ends: it is started again when there is room, and nothing that was saved is lost', async ({
  skip,
}) => {
  if (disk === null) return skip('no file system may be mounted here')
  const stop = typing(writers)
  await saved(writers, 20)
  await disk.fill()
  // Until it needs a new file for its own log and has no place for it.
  const began = server.stderr().length
  await until(async () => {
    await pool
      .query('select pg_switch_wal(), pg_logical_emit_message(false, $1, $1)', ['full'])
      .catch(() => {})
    await disk?.fill()
    return server.stderr().includes('The database ended by itself', began)
  })
  await saysPaused(true)
  const goal = ada.typed + 20
  await until(() => tokensOf('ada', pageOf(grace)).length >= goal)
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(503)
  await disk.free()
  await saysPaused(false)
  await saved(writers, 20)
  stop()
  await agree(place, writers)
  expect(writers.map(({ closeCodes }) => closeCodes)).toEqual([[], []])
}, 120_000)
