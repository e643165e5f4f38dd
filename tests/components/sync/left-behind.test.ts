import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { keptTexts } from '../../../components/sync/kept-texts'
import { leftBehind } from '../../../components/sync/left-behind'
import { DevicePage, deadStore, freshDevice, fullDisk, inStore, storeName } from './device'
import { ada, documentOf, serverHolding, typeInto } from './session-world'

beforeEach(freshDevice)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const documentId = documentOf().id

const found = async () => (await leftBehind(ada.id, documentId)).map((text) => text.words)
const stored = () => inStore(storeName, 'updates', (updates) => updates.count())
const isKept = async () => (await keptTexts(ada.id, documentId)).map((text) => text.words)

/** A page of Ada that had the server's text and went, with `words` typed and never sent. */
async function pageThatLeft(server: Y.Doc, words: string): Promise<void> {
  const page = await DevicePage.open()
  page.receive(server)
  if (words !== '') page.type(words)
  page.leave()
}

test('own unsent words are put aside, and nothing of the document stays', async () => {
  await pageThatLeft(serverHolding('Secret of others. '), 'My own words.')
  expect(await stored()).toBeGreaterThan(0)
  expect(await found()).toEqual(['My own words.'])
  expect(await isKept()).toEqual(['My own words.'])
  expect(await stored()).toBe(0)
  expect(await found(), 'a second visit').toEqual(['My own words.'])
})

test('where nothing was written, nothing is put aside and nothing stays', async () => {
  await pageThatLeft(serverHolding('Secret of others.'), '')
  expect(await found()).toEqual([])
  expect(await stored()).toBe(0)
})

test('a document that was never opened on this device leaves no store behind', async () => {
  expect(await found()).toEqual([])
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(storeName)
})

test('words for which there is no room are shown, and their store stays until there is', async () => {
  await pageThatLeft(serverHolding('Shared. '), 'My own words.')
  fullDisk('texts')
  expect(await found()).toEqual(['My own words.'])
  expect(await isKept()).toEqual([])
  vi.restoreAllMocks()
  expect(await found()).toEqual(['My own words.'])
  expect(await isKept()).toEqual(['My own words.'])
  expect(await stored()).toBe(0)
})

test('a store that opens and is not read in time is no empty store: it stays for the next visit', async () => {
  await pageThatLeft(serverHolding('Shared. '), 'My own words.')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = deadStore('updates')
  const first = found()
  await asked
  vi.advanceTimersByTime(4_000)
  expect(await first).toEqual([])
  vi.restoreAllMocks()
  expect(await found()).toEqual(['My own words.'])
})

test('a second page where everything is saved does not take away the words of the first', async () => {
  const server = serverHolding('Secret of others. ')
  const first = await DevicePage.open()
  const second = await DevicePage.open()
  first.receive(server)
  first.type('Never sent.')
  second.receive(server)
  second.save(server)
  first.leave()
  second.leave()
  expect(await found()).toEqual(['Never sent.'])
  expect(await stored()).toBe(0)
})

test('of a page that went before it had noted anything, the text of others is nobody’s own words', async () => {
  await pageThatLeft(serverHolding('Secret of others.'), '')
  expect(await stored()).toBeGreaterThan(0)
  expect(await found()).toEqual([])
  expect(await stored()).toBe(0)
})

test('nor is what others wrote after the last note', async () => {
  const server = serverHolding('Secret of others. ')
  const page = await DevicePage.open()
  page.receive(server)
  page.type('Mine. ')
  page.leave()
  typeInto(server, 'And one more secret.')
  const later = await DevicePage.open()
  later.receive(server)
  later.leave()
  expect(await found()).toEqual(['Mine. '])
})

test('the one note of an earlier release: words count by what it knew to be saved, not by its count', async () => {
  const server = serverHolding('Secret of others. ')
  const page = await DevicePage.open()
  page.receive(server)
  const saved = Y.encodeStateVector(page.doc)
  page.type('Mine.')
  page.leave()
  await inStore(storeName, 'custom', (custom) => custom.clear())
  await inStore(storeName, 'custom', (custom) => custom.put({ changes: 0, saved }, 'rationale.memory'))
  expect(await found()).toEqual(['Mine.'])
  expect(await stored()).toBe(0)
})
