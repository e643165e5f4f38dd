import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest'
import { restoreLinks } from '../../server/db/binaries'
import { type EmbeddedDatabase, startEmbedded } from '../../server/db/embedded'
import { openPool } from '../../server/db/open'
import { isAlive } from '../../server/db/process-table'
import { tempFolder } from '../support/temp-folder'
import { zombie } from '../support/zombie'

const log = pino({ level: 'silent' })
let folder: Awaited<ReturnType<typeof tempFolder>>
let database: EmbeddedDatabase | null = null
beforeEach(async () => {
  folder = await tempFolder()
})
afterEach(async () => {
  await database?.stop()
  database = null
  await folder.remove()
})

/** On a copy of a folder that was made before, unless a test is about the making. */
const start = async (dataDir = folder.path, { pristine = true } = {}) => {
  const there = await stat(join(dataDir, 'pg')).catch(() => null)
  if (pristine && !there) await cp(inject('cluster').pristine, join(dataDir, 'pg'), { recursive: true })
  database = await startEmbedded({ dataDir, log, graceSeconds: 1, settings: { fsync: 'off' } })
  return database
}
/** Asks through a fresh connection; the number stands for what was stored. */
const ask = async (sql: string): Promise<unknown> => {
  if (!database) throw new Error('Nothing was started.')
  const pool = openPool({ ...database.connection, max: 1 }, log)
  try {
    const { rows } = await pool.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await pool.end()
  }
}
const postmasterPid = join('pg', 'postmaster.pid')

/** A process that starts the database and is killed, as a server is by `kill -9`. */
async function orphan(graceSeconds: number): Promise<number> {
  await cp(inject('cluster').pristine, join(folder.path, 'pg'), { recursive: true })
  const script = join(import.meta.dirname, '..', 'support', 'orphan-database.mjs')
  const child = spawn(process.execPath, [script, folder.path, String(graceSeconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return Number(said)
}

test('it keeps what was stored from one start to the next, and stops without a trace', async () => {
  const first = await start()
  expect(first.connection.host).toBe(join(folder.path, 'run'))
  await ask('create table kept as select 42 as n')
  await first.stop()
  expect(await isAlive(first.pid())).toBe(false)
  await expect(stat(join(folder.path, postmasterPid))).rejects.toThrow('ENOENT')
  await start()
  expect(await ask('select n from kept')).toBe(42)
})

test('nobody else on this machine can enter where it listens', async () => {
  const { connection } = await start()
  expect((await stat(connection.host)).mode & 0o077).toBe(0)
  expect(await ask('show listen_addresses')).toBe('')
  expect((await stat(join(folder.path, 'pg'))).mode & 0o077).toBe(0)
})

test('neither statements nor values reach its log', async () => {
  await start()
  await ask(`create table t (title text unique)`)
  await ask(`insert into t values ('private words')`)
  await expect(ask(`insert into t values ('private words')`)).rejects.toThrow('duplicate key')
  const written = await readFile(join(folder.path, 'pg.log'), 'utf8')
  expect(written).toContain('duplicate key')
  expect(written).not.toContain('private words')
})

test('killed under us, it is there again on the same socket, and nothing committed is lost', async () => {
  const { pid } = await start()
  await ask('create table kept as select 42 as n')
  const killed = pid()
  process.kill(killed, 'SIGKILL')
  await vi.waitUntil(
    async () => pid() !== killed && (await ask('select n from kept').catch(() => 0)) === 42,
    {
      timeout: 20_000,
    },
  )
})

test('left behind by a killed process, it is used again', async () => {
  const left = await orphan(60)
  const { pid } = await start()
  expect(pid()).toBe(left)
  await database?.stop()
  expect(await isAlive(left)).toBe(false)
})

test('left behind and wanted by nobody, it stops by itself', async () => {
  const left = await orphan(0)
  await vi.waitUntil(async () => !(await isAlive(left)), { timeout: 20_000 })
})

/** What a postmaster of that number would have left behind. */
async function leaveLocks(pid: number): Promise<void> {
  await writeFile(
    join(folder.path, postmasterPid),
    `${pid}\n${join(folder.path, 'pg')}\n1\n5432\n${join(folder.path, 'run')}\n\n  123456 7\nready\n`,
    { mode: 0o600 },
  )
  await writeFile(join(folder.path, 'run', '.s.PGSQL.5432.lock'), `${pid}\n`, { mode: 0o600 })
}

test('stale locks whose number is another process by now are no obstacle', async () => {
  await (await start()).stop()
  // The runner itself: certainly alive, certainly no PostgreSQL.
  await leaveLocks(process.pid)
  await start()
  expect(await ask('select 1')).toBe(1)
})

test('nor are those of a killed one whose parent has not noticed', async () => {
  await (await start()).stop()
  const killed = await zombie()
  try {
    await leaveLocks(killed.pid)
    await start()
    expect(await ask('select 1')).toBe(1)
  } finally {
    killed.remove()
  }
})

test('killed together with what started it, what is left of it is waited for', async () => {
  const left = await orphan(60)
  const pool = openPool({ host: join(folder.path, 'run'), user: 'rationale', database: 'rationale' }, log)
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const child = rows[0]?.pid ?? 0
  // One child that takes its time to see that the others are gone.
  process.kill(child, 'SIGSTOP')
  process.kill(left, 'SIGKILL')
  let waited = 0
  const write = (line: string) => {
    if (!line.includes('waited for')) return
    waited += 1
    process.kill(child, 'SIGCONT')
  }
  database = await startEmbedded({
    dataDir: folder.path,
    log: pino({}, { write }),
    graceSeconds: 1,
    settings: { fsync: 'off' },
  })
  await pool.end()
  expect(waited).toBe(1)
  expect(await ask('select 1')).toBe(1)
})

test('a kill inside its making is made good', async () => {
  await mkdir(join(folder.path, 'pg.tmp', 'base'), { recursive: true })
  await writeFile(join(folder.path, 'pg.tmp', 'PG_VERSION'), '18\n')
  await start(folder.path, { pristine: false })
  expect(await ask('select 1')).toBe(1)
  await expect(stat(join(folder.path, 'pg.tmp'))).rejects.toThrow('ENOENT')
})

test('a long path is no obstacle, nor are blanks, commas and quotes in it', async () => {
  const { connection } = await start(join(folder.path, 'a "quoted", long name '.repeat(6).trim()))
  expect(Buffer.byteLength(connection.host)).toBeLessThan(80)
  expect(await ask('select 1')).toBe(1)
  await database?.stop()
  await expect(stat(connection.host)).rejects.toThrow('ENOENT')
  await start(join(folder.path, 'with, "blanks"'), { pristine: false })
  expect(await ask('select 1')).toBe(1)
})

test('a folder that it cannot open is told with the reason', async () => {
  await (await start()).stop()
  await rm(join(folder.path, 'pg', 'pg_wal'), { recursive: true })
  await expect(start()).rejects.toThrow(/PostgreSQL did not start: .*pg_wal/)
})

test('links between its libraries are made where no install script did', async () => {
  await mkdir(join(folder.path, 'native', 'lib'), { recursive: true })
  await writeFile(join(folder.path, 'native', 'lib', 'libx.so.1.2'), 'the library')
  const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]
  await writeFile(join(folder.path, 'native', 'pg-symlinks.json'), JSON.stringify(links))
  await restoreLinks(folder.path)
  await restoreLinks(folder.path)
  expect(await readFile(join(folder.path, 'native', 'lib', 'libx.so.1'), 'utf8')).toBe('the library')
})
