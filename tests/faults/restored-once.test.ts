import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { expect, test } from 'vitest'
import { beginRun } from '../../server/launch/last-run'
import { ServerRun } from '../../server/sync/server-run'
import { testDatabase } from '../support/database'
import { tempFolder } from '../support/temp-folder'

test('17: a backup that one node has noticed is not declared anew by another one that comes later', async () => {
  const { pool, close } = await testDatabase()
  const folders = [await tempFolder(), await tempFolder()] as const
  const log = pino({ level: 'silent' })
  const run = async ({ path: dataDir }: { path: string }) => {
    const runId = randomUUID()
    const end = await beginRun({ pool, dataDir, log, runId, database: 'db', isRestored: false })
    return async () => {
      await new ServerRun(pool, runId).end()
      await end()
    }
  }
  const restoredAt = async () => {
    const { rows } = await pool.query<{ value: string }>(
      `select value from setting where key = 'restored_at'`,
    )
    return rows[0]?.value
  }
  for (const folder of folders) await (await run(folder))()
  expect(await restoredAt()).toBeUndefined()
  // A backup from before both of them is put back.
  await pool.query('delete from server_run')
  await (await run(folders[0]))()
  const noticed = await restoredAt()
  expect(noticed).toBeDefined()
  await (await run(folders[1]))()
  expect(await restoredAt()).toBe(noticed)
  for (const folder of folders) await folder.remove()
  await close()
})
