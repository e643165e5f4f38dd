import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { compactBody } from '../../server/document/compact'
import { checksumOf, loadBody } from '../../server/document/update-log'
import { change, copyOf } from '../support/raw-body'
import { type As, World } from './world'

let world: World
let ada: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
})
afterAll(() => world.close())

const on = (threadId: string) => ({ params: { id: threadId } })

test('a section can be talked about whatever a program has written into its heading', async () => {
  const { id: other } = await world.document('ada', 'Written by program')
  const body = new Y.Doc()
  Y.applyUpdate(body, (await loadBody(world.db, other as DocumentId)).update)
  const author = copyOf(body, 77)
  const data = change(author, () => {
    const [heading, title] = [new Y.XmlElement('heading'), new Y.XmlText()]
    heading.setAttribute('id', 'odd')
    heading.insert(0, [title])
    author.getXmlFragment('content').push([heading])
    title.insert(0, `a\0b${'x'.repeat(5_000)}`)
  })
  await world.db.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 77, 9, $2, $3)`,
    [other, Buffer.from(data), checksumOf(data)],
  )
  const told = await world.call('createThread', ada, {
    params: { id: other },
    body: { body: 'On it.', sectionId: 'odd' },
  })
  expect([told.status, told.body.quote]).toEqual([201, `a\ufffdb${'x'.repeat(997)}`])
})

test('a text is read once for all who ask of its threads, and anew when something was written', async () => {
  const { id: other } = (
    await world.call('importDocument', ada, { raw: { type: 'text/markdown', data: 'Some words.\n' } })
  ).body.document
  const made = await world.call('createThread', ada, {
    params: { id: other },
    body: { body: 'These?', quote: 'Some words' },
  })
  const readings = vi.spyOn(world.db, 'query')
  const texts = () => readings.mock.calls.filter(([sql]) => String(sql).includes('checksum from')).length
  const ask = async () => (await world.call('getThread', ada, on(made.body.id))).body.detached
  expect(await Promise.all(Array.from({ length: 20 }, ask))).toEqual(Array(20).fill(false))
  expect(texts()).toBeLessThanOrEqual(1)

  const body = new Y.Doc()
  Y.applyUpdate(body, (await loadBody(world.db, other)).update)
  const author = copyOf(body, 78)
  const data = change(author, () => author.getXmlFragment('content').delete(0, 1))
  await world.db.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 0, 9, $2, $3)`,
    [other, Buffer.from(data), checksumOf(data)],
  )
  expect(await ask()).toBe(true)
  await compactBody(world.db, other, { minUpdates: 1 })
  expect(await ask()).toBe(true)
  readings.mockRestore()
})

test('a section keeps its threads whatever becomes of its heading; a copy of it has none', async () => {
  const { id: documentId } = (
    await world.call('importDocument', ada, {
      raw: { type: 'text/markdown', data: '# Costs\n\nThey are low.\n\n# Risks\n\nFew.\n' },
    })
  ).body.document
  const sections = async () =>
    (await world.call('listSections', ada, { params: { id: documentId } })).body.items as {
      id: string
      title: string
      open: number
    }[]
  const sectionId = (await sections()).find(({ title }) => title === 'Costs')?.id ?? ''
  const made = await world.call('createThread', ada, {
    params: { id: documentId },
    body: { body: 'All in?', sectionId },
  })
  const stored = new Y.Doc()
  Y.applyUpdate(stored, (await loadBody(world.db, documentId)).update)
  const author = copyOf(stored, 79)
  const content = author.getXmlFragment('content')
  const write = async (edit: () => void) => {
    const data = change(author, edit)
    await world.db.query(
      `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 79, 9, $2, $3)`,
      [documentId, Buffer.from(data), checksumOf(data)],
    )
  }
  const put = (at: number, name: 'heading' | 'paragraph', level: number) => {
    const [block, title] = [new Y.XmlElement(name), new Y.XmlText()]
    block.setAttribute('id', sectionId)
    if (name === 'heading') block.setAttribute('level', level as unknown as string)
    block.insert(0, [title])
    content.insert(at, [block])
    title.insert(0, 'Costs')
  }
  const stands = async () => {
    const { sectionId: where, detached, quote } = (await world.call('getThread', ada, on(made.body.id))).body
    return { where, detached, quote }
  }
  const there = { where: sectionId, detached: false, quote: 'Costs' }
  expect(await stands()).toEqual(there)

  // Renamed, and of another level.
  const heading = content.get(0) as Y.XmlElement
  await write(() => (heading.get(0) as Y.XmlText).insert(5, ' of it'))
  await write(() => heading.setAttribute('level', 3 as unknown as string))
  expect(await stands()).toEqual(there)
  // Cut, and pasted at the end.
  await write(() => content.delete(0, 1))
  expect(await stands()).toEqual({ ...there, detached: true })
  await write(() => put(content.length, 'heading', 1))
  expect(await stands()).toEqual(there)
  // A paragraph, and a heading again.
  await write(() => {
    content.delete(content.length - 1, 1)
    put(content.length, 'paragraph', 0)
  })
  expect(await stands()).toEqual({ ...there, detached: true })
  await write(() => {
    content.delete(content.length - 1, 1)
    put(content.length, 'heading', 2)
  })
  expect(await stands()).toEqual(there)
  // Duplicated: the first holder of an id owns it.
  await write(() => put(content.length, 'heading', 2))
  expect(await stands()).toEqual(there)
  const twins = (await sections()).filter(({ title }) => title === 'Costs')
  expect(twins.map(({ open }) => open)).toEqual([1, 0])
})
