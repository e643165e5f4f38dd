import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { VersionAnswer } from '../../lib/api-version'
import type { DocumentId } from '../../lib/id'
import { transaction } from '../../server/db/open'
import { appendChange } from '../../server/document/append'
import { type As, failureOf, type Somebody, World } from './world'

let world: World
let ada: As
let grace: As
let linus: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace', 'write')
  linus = await world.token('linus')
})
afterAll(() => world.close())

async function design(): Promise<DocumentId> {
  const data = '# Why\n\nRetries cost. They are sent at least once.\n\n# Data\n\nOne table.\n'
  const { body } = await world.call('importDocument', ada, { raw: { type: 'text/markdown', data } })
  await world.grant(body.document.id, 'grace', 'editor')
  await world.grant(body.document.id, 'linus', 'commenter')
  return body.document.id
}
const write = (documentId: DocumentId, somebody: Somebody, change: (body: Y.XmlFragment) => void) =>
  transaction(world.db, async (tx) => {
    await tx.query('select 1 from document where id = $1 for update', [documentId])
    return appendChange(tx, {
      documentId,
      personId: world.ids[somebody],
      change: (doc) => change(doc.getXmlFragment('content')),
      now: world.runtime.now(),
    })
  })
const textOf = (body: Y.XmlFragment, index: number) => (body.get(index) as Y.XmlElement).get(0) as Y.XmlText
const markdown = async (id: string): Promise<string> =>
  (await world.call('getContent', ada, { params: { id }, query: { format: 'markdown' } })).body
const keep = async (id: string, name?: string, as = ada): Promise<VersionAnswer> => {
  const told = await world.call('createVersion', as, {
    params: { id },
    body: name === undefined ? {} : { name },
  })
  if (told.status !== 201) throw new Error(JSON.stringify(told.body))
  return told.body
}
const restore = (id: string, as = ada) => world.call('restoreVersion', as, { params: { id } })
const compare = (id: string, from: string, to = 'head', as = ada) =>
  world.call('compareVersions', as, { params: { id }, query: { from, to } })

test('a version is kept, named, listed and read', async () => {
  const id = await design()
  const first = await keep(id, '  Before  Grace ')
  expect(first).toMatchObject({ number: 1, name: 'Before Grace', reason: 'named', documentId: id })
  expect(first.createdBy?.id).toBe(world.ids.ada)
  expect(first.contributors.map((one) => one.id)).toEqual([world.ids.ada])
  await write(id, 'grace', (body) => textOf(body, 1).insert(0, 'Often. '))
  const second = await keep(id, undefined, grace)
  expect(second).toMatchObject({ number: 2, name: null, contributors: [{ id: world.ids.grace }] })
  expect(second.hash).not.toBe(first.hash)
  const list = await world.call('listVersions', linus, { params: { id }, query: { limit: '1' } })
  expect(list.body.items).toEqual([second])
  const next = { limit: '1', cursor: list.body.nextCursor }
  expect((await world.call('listVersions', linus, { params: { id }, query: next })).body).toEqual({
    items: [first],
    nextCursor: null,
  })
  const read = await world.call('getVersion', linus, { params: { id: first.id } })
  expect(read.body.content.content[1].content[0].text).toBe('Retries cost. They are sent at least once.')
  const named = await world.call('updateVersion', grace, {
    params: { id: second.id },
    body: { name: 'With Grace' },
  })
  expect(named.body).toEqual({ ...second, name: 'With Grace' })
  const unnamed = await world.call('updateVersion', grace, {
    params: { id: second.id },
    body: { name: null },
  })
  expect(unnamed.body.name).toBeNull()
})

test('whoever has the document open hears that its versions are others', async () => {
  const id = await design()
  const isChange = (event: { type: string; documentId?: string }) =>
    event.type === 'version.changed' && event.documentId === id
  const heardFrom = async (act: () => Promise<unknown>) => {
    const from = world.heard.length
    await act()
    return world.hears(isChange, from)
  }
  const version = await keep(id)
  await heardFrom(() =>
    world.call('updateVersion', ada, { params: { id: version.id }, body: { name: 'One' } }),
  )
  await heardFrom(() => restore(version.id))
  await heardFrom(async () => {
    await write(id, 'ada', (body) => textOf(body, 1).insert(0, 'More. '))
    await keep(id)
  })
})

test('names that cannot be one, cursors of nowhere, and versions of other documents are refused', async () => {
  const [id, other] = [await design(), await design()]
  const foreign = await keep(other)
  for (const name of ['', '  ', 'x'.repeat(101)]) {
    expect(failureOf(await world.call('createVersion', ada, { params: { id }, body: { name } }))).toBe(
      '400 invalid',
    )
  }
  expect(failureOf(await world.call('listVersions', ada, { params: { id }, query: { cursor: 'x' } }))).toBe(
    '400 invalid',
  )
  expect(failureOf(await compare(id, foreign.id))).toBe('404 not_found')
  expect(failureOf(await compare(id, 'nothing'))).toBe('404 not_found')
  expect(failureOf(await compare(id, 'head'))).toBe('400 invalid')
  expect(failureOf(await restore('nothing'))).toBe('404 not_found')
})

test('who may not write keeps and puts back nothing; who has no access sees no version', async () => {
  const id = await design()
  const version = await keep(id)
  expect(failureOf(await world.call('createVersion', linus, { params: { id }, body: {} }))).toBe(
    '403 forbidden',
  )
  expect(failureOf(await restore(version.id, linus))).toBe('403 forbidden')
  const margaret = await world.token('margaret')
  expect(failureOf(await world.call('getVersion', margaret, { params: { id: version.id } }))).toBe(
    '404 not_found',
  )
  expect(failureOf(await compare(id, version.id, 'head', margaret))).toBe('404 not_found')
})

test('put back, the document says exactly what the version says, and the text before is kept', async () => {
  const id = await design()
  const version = await keep(id, 'Good')
  const good = await markdown(id)
  await write(id, 'grace', (body) => {
    body.delete(2, 1)
    textOf(body, 1).insert(8, 'really ')
  })
  const worse = await markdown(id)
  const told = await restore(version.id, grace)
  expect(told.body).toMatchObject({
    changed: true,
    restored: { id: version.id },
    before: { reason: 'before_restore', number: 2 },
  })
  expect(await markdown(id)).toBe(good)
  expect((await keep(id)).hash).toBe(version.hash)
  // The undo of it is putting back what was before.
  await restore(told.body.before.id)
  expect(await markdown(id)).toBe(worse)
})

test('put back where nothing differs, nothing is changed', async () => {
  const id = await design()
  const version = await keep(id)
  const count = 'select count(*)::int as n from document_update where document_id = $1'
  const before = (await world.db.query(count, [id])).rows
  expect((await restore(version.id)).body).toMatchObject({ changed: false, before: { id: version.id } })
  expect((await world.db.query(count, [id])).rows).toEqual(before)
})

test('threads stay attached to words that both texts have, and come back with words that were gone', async () => {
  const id = await design()
  const start = async (quote: string) =>
    (await world.call('createThread', linus, { params: { id }, body: { body: 'Hm.', quote } })).body
      .id as string
  const [kept, gone] = [await start('at least once'), await start('One table')]
  const version = await keep(id)
  await write(id, 'grace', (body) => {
    textOf(body, 1).insert(0, 'Yes! ')
    body.delete(2, 2)
  })
  const states = async () => {
    const { body } = await world.call('listThreads', ada, { params: { id } })
    return new Map(body.items.map((one: any) => [one.id, one.detached]))
  }
  expect(await states()).toEqual(
    new Map([
      [kept, false],
      [gone, true],
    ]),
  )
  await restore(version.id)
  expect(await states()).toEqual(
    new Map([
      [kept, false],
      [gone, false],
    ]),
  )
})

test('a document that is read-only by its status is not changed by putting a version back', async () => {
  const id = await design()
  const version = await keep(id)
  await write(id, 'ada', (body) => textOf(body, 1).insert(0, 'More. '))
  await world.db.query("update document set status = 'approved' where id = $1", [id])
  const before = await markdown(id)
  expect(failureOf(await restore(version.id))).toBe('409 conflict')
  expect(await markdown(id)).toBe(before)
  expect((await world.call('listVersions', ada, { params: { id } })).body.items).toHaveLength(1)
})

test('two versions compare section by section, and who wrote what is named', async () => {
  const id = await design()
  const from = await keep(id)
  await write(id, 'grace', (body) => textOf(body, 3).insert(0, 'More than '))
  const { body } = await compare(id, from.id)
  expect(body.to.version).toBeNull()
  expect(body.from.version.id).toBe(from.id)
  expect(body.people.map((one: any) => one.id)).toEqual([world.ids.grace])
  expect(body.sections.map((one: any) => [one.title, one.difference, one.changes])).toEqual([
    ['Why', null, 0],
    ['Data', 'changed', 1],
  ])
  expect(body.sections[1].blocks[1].inline).toEqual([
    { state: 'added', text: 'More than ', leaf: null, marks: [], wasMarks: null, author: world.ids.grace },
    { state: 'same', text: 'One table.', leaf: null, marks: [], wasMarks: null, author: null },
  ])
  const to = await keep(id)
  expect((await compare(id, from.id, to.id)).body.sections).toEqual(body.sections)
  const back = await compare(id, to.id, from.id)
  expect(back.body.sections[1].blocks[1].inline[0]).toMatchObject({
    state: 'removed',
    author: world.ids.grace,
  })
})

test('a version that is damaged in storage is told as damaged, and nothing is put back of it', async () => {
  const id = await design()
  const version = await keep(id)
  await write(id, 'ada', (body) => textOf(body, 1).insert(0, 'More. '))
  await world.db.query(
    'update document_version set data = set_byte(data, 30, get_byte(data, 30) # 4) where id = $1',
    [version.id],
  )
  const before = await markdown(id)
  for (const told of [
    await world.call('getVersion', ada, { params: { id: version.id } }),
    await compare(id, version.id),
    await restore(version.id),
  ]) {
    expect(failureOf(told)).toBe('503 unavailable')
    expect(told.body.error.message).toMatch(/damaged/)
    expect(world.lineOf(told)).toBeDefined()
  }
  expect(await markdown(id)).toBe(before)
})

test('of two who put a version back at the same instant nothing is doubled', async () => {
  const id = await design()
  const version = await keep(id)
  const good = await markdown(id)
  await write(id, 'grace', (body) => body.delete(1, 2))
  const told = await Promise.all([restore(version.id), restore(version.id, grace)])
  expect(told.map(({ status }) => status)).toEqual([200, 200])
  expect(told.filter(({ body }) => body.changed)).toHaveLength(1)
  expect(await markdown(id)).toBe(good)
})
