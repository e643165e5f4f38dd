import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { swapBlocks } from '../../../components/editor/section/section-swap'
import type { DocumentId } from '../../../lib/id'
import { transaction } from '../../../server/db/open'
import { appendChange } from '../../../server/document/append'
import { loadBody } from '../../../server/document/update-log'
import { bodyOfHead, bodyOfVersion } from '../../../server/version/body'
import { freezeVersion } from '../../../server/version/freeze'
import { type As, type Somebody, World } from '../../api/world'

let world: World
let ada: As
let documentId: DocumentId

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  const file = { type: 'text/markdown', data: '# Why\n\nRetries cost.\n\n# Data\n\nOne table.\n' }
  documentId = (await world.call('importDocument', ada, { raw: file })).body.document.id
})
afterAll(() => world.close())

/** Puts text before the first word of a paragraph, under somebody's name. */
const write = (somebody: Somebody, index: number, words: string) =>
  transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    const change = (doc: Y.Doc) => {
      const paragraph = doc.getXmlFragment('content').get(index) as Y.XmlElement
      ;(paragraph.get(0) as Y.XmlText).insert(0, words)
    }
    return appendChange(tx, { documentId, personId: world.ids[somebody], change, now: world.runtime.now() })
  })
const freeze = (reason: 'burst' | 'status' = 'burst', name?: string) =>
  transaction(world.db, (tx) =>
    freezeVersion(tx, {
      documentId,
      reason,
      by: world.ids.ada,
      ...(name === undefined ? {} : { name }),
      now: world.runtime.now(),
    }),
  )

test('a change from the server is one update of its writer, and who has the document open is told', async () => {
  const from = world.heard.length
  await write('grace', 1, 'Yes: ')
  expect((await bodyOfHead(world.db, documentId)).doc.child(1).textContent).toBe('Yes: Retries cost.')
  const { rows } = await world.db.query(
    `select u.person_id, c.person_id as claimed from document_update u
       join document_client c on c.document_id = u.document_id and c.client_id = u.client_id
      where u.document_id = $1 order by u.seq desc limit 1`,
    [documentId],
  )
  expect(rows).toEqual([{ person_id: world.ids.grace, claimed: world.ids.grace }])
  await world.hears((event) => event.type === 'document.appended' && event.documentId === documentId, from)
})

test('a change that changes nothing stores nothing', async () => {
  const before = await loadBody(world.db, documentId)
  await transaction(world.db, async (tx) => {
    const given = { documentId, personId: world.ids.ada, change: () => {}, now: world.runtime.now() }
    expect((await appendChange(tx, given)).changed).toBe(false)
  })
  expect((await loadBody(world.db, documentId)).update).toEqual(before.update)
})

test('the same text gives the same version again, and what weighs more is what it was kept for', async () => {
  const first = await freeze()
  expect(first).toMatchObject({ number: 1, isNew: true })
  const { hash } = await bodyOfHead(world.db, documentId)
  expect(first.hash).toBe(hash)
  expect(await freeze('status')).toMatchObject({ id: first.id, isNew: false })
  expect(await freeze('burst', 'First draft')).toMatchObject({ id: first.id, isNew: false })
  const { rows } = await world.db.query('select reason, name from document_version where id = $1', [first.id])
  expect(rows).toEqual([{ reason: 'status', name: 'First draft' }])
})

test('a version holds the text, whose each character is, and who wrote since the one before', async () => {
  await write('linus', 3, 'Or two. ')
  const second = await freeze()
  expect(second.number).toBe(2)
  const { doc, authors } = await bodyOfVersion(world.db, second.id)
  const paragraph = doc.child(3)
  expect(paragraph.textContent).toBe('Or two. One table.')
  expect(authors.get(paragraph.attrs.id)).toEqual([
    { author: world.ids.linus, length: 8 },
    { author: world.ids.ada, length: 10 },
  ])
  const { rows } = await world.db.query('select contributors from document_version where id = $1', [
    second.id,
  ])
  expect(rows).toEqual([{ contributors: [world.ids.linus] }])
})

test('who only deletes is among those who wrote', async () => {
  await transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    const change = (doc: Y.Doc) => doc.getXmlFragment('content').delete(2, 2)
    await appendChange(tx, { documentId, personId: world.ids.margaret, change, now: world.runtime.now() })
  })
  const { id } = await freeze()
  const { rows } = await world.db.query('select contributors from document_version where id = $1', [id])
  expect(rows).toEqual([{ contributors: [world.ids.margaret] }])
})

test('of two who freeze at the same instant both get the one version', async () => {
  await write('grace', 1, 'Once more. ')
  const [one, other] = await Promise.all([freeze(), freeze('status')])
  expect(one.id).toBe(other.id)
  expect([one.isNew, other.isNew].sort()).toEqual([false, true])
})

test('a version that is damaged in storage is told as damaged', async () => {
  await write('grace', 1, 'Damaged. ')
  const { id } = await freeze()
  await world.db.query(
    'update document_version set data = set_byte(data, 20, get_byte(data, 20) # 1) where id = $1',
    [id],
  )
  await expect(bodyOfVersion(world.db, id)).rejects.toThrow(/damaged/)
})

test('words of a section that somebody else moved are still whose they were', async () => {
  await write('grace', 1, 'Mine. ')
  const first = await freeze('status', 'Before the move')
  const before = await bodyOfVersion(world.db, first.id)
  const id: string = before.doc.child(1).attrs.id
  await transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    const change = (doc: Y.Doc) => {
      const root = doc.getXmlFragment('content')
      swapBlocks(root, { from: 0, middle: 2, to: root.length, stays: 'second' })
    }
    return appendChange(tx, { documentId, personId: world.ids.linus, change, now: world.runtime.now() })
  })
  await write('linus', (await bodyOfHead(world.db, documentId)).doc.childCount - 1, 'Moved. ')
  const after = await bodyOfHead(world.db, documentId)
  const each = (body: typeof before) =>
    body.authors.get(id)?.flatMap(({ author, length }) => Array.from({ length }, () => author))
  const moved = Array.from({ length: 'Moved. '.length }, () => world.ids.linus)
  expect(each(after)).toEqual([...moved, ...(each(before) ?? [])])
  expect(each(before)).toContain(world.ids.grace)
})
