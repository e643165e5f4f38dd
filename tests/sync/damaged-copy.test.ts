import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { encodeUpdate } from '../../lib/sync/message'
import { compactBody } from '../../server/document/compact'
import { readBody } from '../../server/document/update-log'
import { change, runOf } from '../support/raw-body'
import { Office, Site } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

test('37: a flipped bit in the newest snapshot: read from the one before it, told, and made good', async () => {
  const id = await office.document('Hello')
  const { socket, doc } = await office.joined(id, office.ada)
  await compactBody(office.pool, id, { minUpdates: 0 })
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, '!'))))
  await socket.next('saved')
  await compactBody(office.pool, id, { minUpdates: 0 })
  socket.close()
  await socket.closed
  await office.pool.query(
    `update document_snapshot set data = set_byte(data, 3, get_byte(data, 3) # 1)
      where id = (select max(id) from document_snapshot where document_id = $1)`,
    [id],
  )
  expect((await readBody(office.pool, id)).fellBack).toBe(true)
  // The room has its text in memory still: a server that reads it anew is needed.
  const fresh = await Site.open({}, office.site.database)
  const late = await office.joined(id, office.grace, '?caps=saved,live', fresh)
  expect(runOf(late.doc, 0).toString()).toBe('Hello!')
  expect((await late.socket.next('live')).event).toEqual({
    type: 'body.changed',
    documentId: id,
    size: 'usual',
    limitBytes: 50_000_000,
    damaged: true,
  })
  await vi.waitUntil(() => fresh.sync.stats().snapshotsReplaced === 1, { timeout: 20_000 })
  expect((await readBody(office.pool, id)).fellBack).toBe(false)
  expect(fresh.logged.filter(({ msg }) => String(msg).includes('damaged'))).toHaveLength(2)
  await fresh.close()
})
