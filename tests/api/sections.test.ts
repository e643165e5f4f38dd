import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { SectionAnswer } from '../../lib/api-section'
import type { DocumentId } from '../../lib/id'
import { completenessOf } from '../../lib/section'
import { checksumOf, loadBody } from '../../server/document/update-log'
import { change, copyOf } from '../support/raw-body'
import { type As, failureOf, type Told, World } from './world'

let world: World
let ada: As
let documentId: string
/** A page of ada's, whose words are stored at once. */
let page: Y.Doc

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
})
afterAll(() => world.close())
beforeEach(async () => {
  documentId = (await world.document('ada')).id
  const stored = new Y.Doc()
  Y.applyUpdate(stored, (await loadBody(world.db, documentId as DocumentId)).update)
  page = copyOf(stored, 79)
})

async function write(edit: (content: Y.XmlFragment) => void): Promise<void> {
  const data = change(page, () => edit(page.getXmlFragment('content')))
  await world.db.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 79, 9, $2, $3)`,
    [documentId, Buffer.from(data), checksumOf(data)],
  )
}
const indexOf = (id: string) =>
  page
    .getXmlFragment('content')
    .toArray()
    .findIndex((block) => block instanceof Y.XmlElement && block.getAttribute('id') === id)
/** Types into the paragraph below a heading. */
const type = (id: string, text: string, at = 0) =>
  write((content) => {
    const paragraph = content.get(indexOf(id) + 1) as Y.XmlElement
    ;(paragraph.get(0) as Y.XmlText).insert(at, text)
  })
function put(
  content: Y.XmlFragment,
  at: number,
  name: string,
  given: { id: string; level?: number },
  text: string,
) {
  const [block, run] = [new Y.XmlElement(name), new Y.XmlText()]
  for (const [key, value] of Object.entries(given)) block.setAttribute(key, value as string)
  block.insert(0, [run])
  content.insert(at, [block])
  run.insert(0, text)
}

const sections = async (): Promise<SectionAnswer[]> =>
  (await world.call('listSections', ada, { params: { id: documentId } })).body.items
const called = async (title: string): Promise<SectionAnswer> => {
  const found = (await sections()).find((section) => section.title === title)
  if (!found) throw new Error(`no section ${title}`)
  return found
}
const say = (sectionId: string, body: object, as: As = ada): Promise<Told> =>
  world.call('updateSection', as, { params: { id: documentId, sectionId }, body })

test('a section is empty, is written, is called ready, and is another one when somebody types on', async () => {
  const { id, state } = await called('Rationale')
  expect(state).toBe('empty')
  await type(id, 'Retries are lost.')
  expect((await called('Rationale')).state).toBe('writing')
  const told = await say(id, { state: 'ready' })
  expect(told.status).toBe(200)
  expect(told.body).toMatchObject({ state: 'ready', said: { state: 'ready', by: { name: 'Ada Lovelace' } } })
  await world.hears((event) => event.type === 'sections.changed' && event.documentId === documentId)

  // White space and another form of the same sign are no other text.
  await type(id, ' \u00a0')
  expect((await called('Rationale')).state).toBe('ready')
  await type(id, 'Today ')
  expect((await called('Rationale')).state).toBe('changed_since_ready')
  await say(id, { state: 'ready' })
  expect((await called('Rationale')).state).toBe('ready')
  await say(id, { state: 'writing' })
  expect(await called('Rationale')).toMatchObject({ state: 'writing', said: null })
})

test('what was said holds for the heading, wherever it stands and whatever it is called', async () => {
  const { id } = await called('Background')
  await type(id, 'It is old.')
  await say(id, { state: 'ready', ownerId: world.ids.ada })
  const holds = async (title: string) =>
    expect(await called(title)).toMatchObject({ id, state: 'ready', owner: { name: 'Ada Lovelace' } })
  await write((content) => {
    const heading = content.get(indexOf(id)) as Y.XmlElement
    ;(heading.get(0) as Y.XmlText).insert(0, 'Our ')
    heading.setAttribute('level', 2 as unknown as string)
  })
  await holds('Our Background')
  // Cut, and pasted at the end; a paragraph in between; and a copy of it.
  await write((content) => content.delete(indexOf(id), 2))
  await write((content) => put(content, content.length, 'paragraph', { id }, 'Our Background'))
  expect((await sections()).some((section) => section.id === id)).toBe(false)
  await write((content) => {
    content.delete(content.length - 1, 1)
    put(content, content.length, 'heading', { id, level: 3 }, 'Our Background')
    put(content, content.length, 'paragraph', { id: 'p' }, 'It is old.')
    put(content, content.length, 'heading', { id, level: 3 }, 'A copy')
    put(content, content.length, 'paragraph', { id: 'q' }, 'It is old.')
  })
  await holds('Our Background')
  expect(await called('A copy')).toMatchObject({ state: 'writing', said: null, owner: null })
})

test('an emptied section is empty, and ready again with its text', async () => {
  const { id } = await called('Terminology')
  await type(id, 'None.')
  await say(id, { state: 'ready' })
  await write((content) => {
    const paragraph = content.get(indexOf(id) + 1) as Y.XmlElement
    ;(paragraph.get(0) as Y.XmlText).delete(0, 5)
  })
  expect((await called('Terminology')).state).toBe('empty')
  await type(id, 'None.')
  expect((await called('Terminology')).state).toBe('ready')
})

test('it does not apply for a reason, and then counts as done', async () => {
  expect(completenessOf(await sections())).toEqual({ ready: 0, of: 12 })
  const { id } = await called('Data Model')
  const told = await say(id, { state: 'not_applicable', notApplicableReason: '  Nothing\nis stored. ' })
  expect(told.body).toMatchObject({ state: 'not_applicable', said: { reason: 'Nothing is stored.' } })
  expect(completenessOf(await sections())).toEqual({ ready: 1, of: 12 })
})

test('a heading that only holds others has their state, and none of its own', async () => {
  const names = ['Rationale', 'Background', 'Terminology', 'Non-Goals']
  const introduction = await called('Introduction')
  expect(introduction).toMatchObject({ state: 'empty', counts: false })
  expect(failureOf(await say(introduction.id, { state: 'ready' }))).toBe('400 invalid')
  for (const name of names) {
    const { id } = await called(name)
    await say(id, { state: 'not_applicable', notApplicableReason: 'Small.' })
  }
  expect((await called('Introduction')).state).toBe('not_applicable')
  const { id } = await called('Rationale')
  await type(id, 'Words.')
  await say(id, { state: 'ready' })
  expect((await called('Introduction')).state).toBe('ready')
  await type(id, 'More ')
  expect((await called('Introduction')).state).toBe('changed_since_ready')
})

test('what makes no sense is refused, and nothing is changed', async () => {
  const { id } = await called('Impact')
  const wrong: [string, object, string][] = [
    [id, {}, '400 invalid'],
    [id, { state: 'done' }, '400 invalid'],
    [id, { state: 'ready' }, '400 invalid'],
    [id, { state: 'not_applicable' }, '400 invalid'],
    [id, { state: 'not_applicable', notApplicableReason: '\u0000' }, '400 invalid'],
    [id, { state: 'not_applicable', notApplicableReason: 'x'.repeat(501) }, '400 invalid'],
    [id, { state: 'writing', notApplicableReason: 'Why.' }, '400 invalid'],
    [id, { ownerId: world.ids.edsger }, '400 invalid'],
    [id, { state: 'not_applicable', notApplicableReason: 'Why.', ownerId: world.ids.edsger }, '400 invalid'],
    ['nowhere', { state: 'writing' }, '404 not_found'],
    ['preamble', { ownerId: null }, '404 not_found'],
  ]
  for (const [section, body, code] of wrong) expect(failureOf(await say(section, body))).toBe(code)
  expect(await called('Impact')).toMatchObject({ state: 'empty', said: null, ownerId: null })
})

test('two who say it at once: one of the two stands, whole', async () => {
  await world.grant(documentId, 'grace', 'editor')
  const grace = await world.token('grace')
  const { id } = await called('Alternatives')
  await type(id, 'None.')
  const told = await Promise.all([
    say(id, { state: 'ready', ownerId: world.ids.ada }),
    say(id, { state: 'not_applicable', notApplicableReason: 'Of Grace.', ownerId: world.ids.grace }, grace),
  ])
  expect(told.map(({ status }) => status)).toEqual([200, 200])
  const { said, ownerId } = await called('Alternatives')
  const byAda = said?.state === 'ready'
  expect([said?.reason, said?.by.id, ownerId]).toEqual(
    byAda ? [null, world.ids.ada, world.ids.ada] : ['Of Grace.', world.ids.grace, world.ids.grace],
  )
})

test('a section that was deleted and typed again is given what was said of the first', async () => {
  const { id } = await called('Risks')
  await say(id, { state: 'not_applicable', notApplicableReason: 'None are known.' })
  const thread = await world.call('createThread', ada, {
    params: { id: documentId },
    body: { body: 'Really?', sectionId: id },
  })
  await write((content) => content.delete(indexOf(id), 2))
  await write((content) => {
    put(content, content.length, 'heading', { id: 'again', level: 3 }, '3.1 risks:')
    put(content, content.length, 'heading', { id: 'twin', level: 3 }, 'Risks')
  })
  expect(
    (await sections()).filter(({ returnOf }) => returnOf).map(({ id, returnOf }) => [id, returnOf]),
  ).toEqual([['again', id]])
  const giveBack = (sectionId: string) =>
    world.call('returnSection', ada, { params: { id: documentId, sectionId }, body: { from: id } })
  expect(failureOf(await giveBack('twin'))).toBe('409 conflict')
  expect(failureOf(await giveBack('nowhere'))).toBe('404 not_found')
  const told = await Promise.all([giveBack('again'), giveBack('again')])
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(await called('3.1 risks:')).toMatchObject({
    state: 'not_applicable',
    templateSection: 'risks',
    counts: true,
    open: 1,
    returnOf: null,
  })
  const moved = await world.call('getThread', ada, { params: { id: thread.body.id } })
  expect(moved.body).toMatchObject({ sectionId: 'again', detached: false })
})

test('so it is where the first one’s heading was left behind without a title', async () => {
  const { id } = await called('Alternatives')
  await write((content) => {
    const heading = content.get(indexOf(id)) as Y.XmlElement
    heading.delete(0, heading.length)
  })
  await write((content) =>
    put(content, content.length, 'heading', { id: 'retyped', level: 1 }, 'Alternatives'),
  )
  expect(
    (await sections()).filter(({ returnOf }) => returnOf).map(({ id, returnOf }) => [id, returnOf]),
  ).toEqual([['retyped', id]])
  const given = await world.call('returnSection', ada, {
    params: { id: documentId, sectionId: 'retyped' },
    body: { from: id },
  })
  expect(given.status).toBe(200)
  expect(await called('Alternatives')).toMatchObject({ id: 'retyped', templateSection: 'alternatives' })
})
