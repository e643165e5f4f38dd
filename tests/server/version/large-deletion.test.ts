import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { schemaVersion } from '../../../lib/content/schema'
import type { DocumentId } from '../../../lib/id'
import { transaction } from '../../../server/db/open'
import { appendChange } from '../../../server/document/append'
import type { LoggedUpdate } from '../../../server/document/update-log'
import { postgresStore } from '../../../server/sync/sync-store'
import { holdVersions } from '../../../server/version/freeze'
import { World } from '../../api/world'

let world: World
let documentId: DocumentId
beforeAll(async () => {
  world = await World.open()
  const data = `# Why\n\n${'Retries cost. '.repeat(400)}\n`
  const file = { type: 'text/markdown', data }
  documentId = (await world.call('importDocument', await world.token('ada'), { raw: file })).body.document.id
})
afterAll(() => world.close())

/** An update that deletes most of the text, as it stands in the log. */
async function deletion(): Promise<LoggedUpdate> {
  await transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    const change = (doc: Y.Doc) => {
      const paragraph = doc.getXmlFragment('content').get(0) as Y.XmlElement
      ;(paragraph.get(0) as Y.XmlText).delete(0, 5_000)
    }
    await appendChange(tx, { documentId, personId: world.ids.ada, change, now: world.runtime.now() })
  })
  const { rows } = await world.db.query(
    'select data from document_update where document_id = $1 order by seq desc limit 1',
    [documentId],
  )
  return { documentId, data: rows[0].data } as LoggedUpdate
}

test('however often much is deleted, one connection looks at it, and requests go on', async () => {
  const pool = world.db
  const log = pino({ level: 'silent' })
  const now = () => world.runtime.now()
  const options = {
    ownPool: pool,
    commitPool: pool,
    recoveryMs: 0,
    schemaVersion,
    log,
    now,
    maxKeptLogBytes: 16_000_000,
  }
  const store = postgresStore(pool, options)
  const update = await deletion()
  let looked: Promise<unknown> = Promise.resolve()
  await transaction(pool, async (tx) => {
    // Somebody freezes this document meanwhile: whoever looks has to wait.
    await holdVersions(tx, documentId)
    looked = Promise.all(Array.from({ length: 20 }, () => store.committed([update])))
    await pool.query('select 1')
    expect(pool.waitingCount).toBe(0)
    expect(pool.totalCount - pool.idleCount).toBeLessThanOrEqual(2)
  })
  await looked
  const { rows } = await pool.query('select reason from document_version where document_id = $1', [
    documentId,
  ])
  expect(rows).toEqual([{ reason: 'large_deletion' }])
})
