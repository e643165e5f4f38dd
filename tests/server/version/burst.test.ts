import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { DocumentId } from '../../../lib/id'
import { burstEndsAfterMs } from '../../../lib/version'
import { transaction } from '../../../server/db/open'
import { appendChange } from '../../../server/document/append'
import type { JobParts } from '../../../server/job'
import { burstJob } from '../../../server/version/burst'
import { World } from '../../api/world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const run = (afterMs: number) => {
  const timers = { now: () => Date.now() + afterMs }
  return burstJob.run({ ...world.runtime, timers } as unknown as JobParts, new AbortController().signal)
}
const imported = async (): Promise<DocumentId> => {
  const raw = { type: 'text/markdown', data: '# Why\n\nRetries cost.\n' }
  return (await world.call('importDocument', await world.token('ada'), { raw })).body.document.id
}
const reasons = async (id: string) =>
  (
    await world.db.query('select reason from document_version where document_id = $1 order by number', [id])
  ).rows.map(({ reason }) => reason)
const write = (documentId: DocumentId, words: string, at = Date.now()) =>
  transaction(world.db, async (tx) => {
    const change = (doc: Y.Doc) => {
      const paragraph = doc.getXmlFragment('content').get(0) as Y.XmlElement
      const text = paragraph.get(0) as Y.XmlText
      if (words === '') text.delete(0, 5)
      else text.insert(0, words)
    }
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    return appendChange(tx, { documentId, personId: world.ids.ada, change, now: at })
  })
const soon = burstEndsAfterMs / 2
const later = burstEndsAfterMs + 1_000

test('a burst of editing is kept once it is over, once, and only where it says something new', async () => {
  const id = await imported()
  await run(soon)
  expect(await reasons(id)).toEqual([])
  await run(later)
  await run(later * 2)
  expect(await reasons(id)).toEqual(['burst'])
  await write(id, 'Now: ', Date.now() + later)
  await write(id, '', Date.now() + later)
  await run(later * 3)
  expect(await reasons(id)).toEqual(['burst'])
  await write(id, 'Now: ', Date.now() + later * 4)
  await run(later * 5)
  expect(await reasons(id)).toEqual(['burst', 'burst'])
})

test('two nodes keep it once', async () => {
  const id = await imported()
  await Promise.all([run(later), run(later), run(later)])
  expect(await reasons(id)).toEqual(['burst'])
})

test('a document that nobody wrote in, or that is in the bin, is not kept', async () => {
  const untouched = (await world.document('ada')).id
  const binned = await imported()
  await world.db.query('update document set binned_at = now() where id = $1', [binned])
  await run(later)
  expect([await reasons(untouched), await reasons(binned)]).toEqual([[], []])
})

test('a document whose body is damaged keeps no other from being kept, and the operator is told', async () => {
  const [damaged, sound] = [await imported(), await imported()]
  await world.db.query("update document_update set data = data || '\\x00' where document_id = $1", [damaged])
  await run(later)
  expect([await reasons(damaged), await reasons(sound)]).toEqual([[], ['burst']])
  expect(world.logged.some((line) => line.documentId === damaged && line.level === 40)).toBe(true)
})
