import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { compactBody } from '../../server/document/compact'
import { insertUpdates, loadBody } from '../../server/document/update-log'
import { addParagraph, change } from '../support/raw-body'
import { type As, World } from './world'

/** How often Markdown was made: nearly half a second for a document of 2 MB, in which nobody else is served. */
const exported = vi.hoisted(() => ({ count: 0 }))
vi.mock('../../lib/content/markdown/markdown-export', async (original) => {
  const real = await original<typeof import('../../lib/content/markdown/markdown-export')>()
  return {
    ...real,
    exportMarkdown: (...given: Parameters<typeof real.exportMarkdown>) => {
      exported.count += 1
      return real.exportMarkdown(...given)
    },
  }
})

/** How often an outline was read off a body. */
const outlined = vi.hoisted(() => ({ count: 0 }))
vi.mock('../../lib/content/outline', async (original) => {
  const real = await original<typeof import('../../lib/content/outline')>()
  return {
    ...real,
    outlineOf: (...given: Parameters<typeof real.outlineOf>) => {
      outlined.count += 1
      return real.outlineOf(...given)
    },
  }
})

let world: World
let ada: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
})
afterAll(() => world.close())
beforeEach(() => {
  exported.count = 0
  outlined.count = 0
})

const blank = async () =>
  (await world.call('createDocument', ada, { body: { title: 'Of a program', templateKey: 'blank' } })).body
    .id as DocumentId
const content = async (id: DocumentId, format = 'markdown') =>
  (await world.call('getContent', ada, { params: { id }, query: { format } })).body

/** Adds a paragraph to the log, as a page does. */
async function write(documentId: DocumentId, text: string): Promise<void> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await loadBody(world.db, documentId)).update)
  const data = change(doc, () => addParagraph(doc, text))
  const by = { personId: world.ids.ada, relayedBy: null, clientId: doc.clientID, writeEpoch: 1n }
  await insertUpdates(world.db, [{ documentId, ...by, data }], { again: false, timeoutMs: 5_000 })
}

test('many who ask at once, and again, cost one reading', async () => {
  const id = await blank()
  await write(id, 'Once')
  const told = await Promise.all(Array.from({ length: 60 }, () => content(id)))
  expect(new Set(told)).toEqual(new Set(['Once\n']))
  expect(await content(id)).toBe('Once\n')
  expect(exported.count).toBe(1)
  expect((await content(id, 'json')).type).toBe('doc')
  expect(exported.count).toBe(1)
})

test('what was written, or called otherwise, since is read; folding the log hides nothing', async () => {
  const id = await blank()
  await write(id, 'First')
  expect(await content(id)).toBe('First\n')
  await write(id, 'Second')
  expect(await content(id)).toBe('First\n\nSecond\n')
  await compactBody(world.db, id, { minUpdates: 1 })
  await write(id, 'Third')
  const [before] = [await content(id)]
  expect(before).toBe('First\n\nSecond\n\nThird\n')
  // As many updates beside a snapshot as before, and other ones.
  await compactBody(world.db, id, { minUpdates: 1 })
  await write(id, 'Fourth')
  expect(await content(id)).toBe('First\n\nSecond\n\nThird\n\nFourth\n')
  await world.db.query(`update document set title_heading = true where id = $1`, [id])
  expect(await content(id)).toMatch(/^# Of a program\n/)
})

test('an outline is read off a body once, and again when somebody wrote', async () => {
  const { id } = (
    await world.call('createDocument', ada, {
      body: { title: 'Opened often', templateKey: 'technical-design-document' },
    })
  ).body
  const sections = async () =>
    (await world.call('listSections', ada, { params: { id }, query: {} })).body.items.map(
      ({ title }: { title: string }) => title,
    )
  outlined.count = 0
  const first = await sections()
  expect(first.length).toBeGreaterThan(2)
  expect(await sections()).toEqual(first)
  expect(outlined.count).toBe(1)
  await write(id, 'A word')
  expect(await sections()).toEqual(first)
  expect(outlined.count).toBe(2)
})
