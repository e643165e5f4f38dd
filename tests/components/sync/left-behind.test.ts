import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { keptTexts } from '../../../components/sync/kept-texts'
import { leftBehind } from '../../../components/sync/left-behind'
import { localStoreName, openLocalStore } from '../../../components/sync/local-store'
import { Unsaved } from '../../../components/sync/unsaved'
import { deadStore, freshDevice, fullDisk, inStore } from './device'
import { ada, documentOf, serverHolding, typeInto } from './session-world'

beforeEach(freshDevice)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const documentId = documentOf().id
const name = localStoreName(ada.id, documentId)

const found = async () => (await leftBehind(ada.id, documentId)).map((text) => text.words)
const stored = () => inStore(name, 'updates', (updates) => updates.count())
const isKept = async () => (await keptTexts(ada.id, documentId)).map((text) => text.words)

/** A page of Ada that had the server's text and went, with `words` typed and never sent. */
async function pageThatLeft(server: Y.Doc, words: string): Promise<void> {
  const doc = new Y.Doc()
  const store = openLocalStore(name, doc, () => {})
  const memory = await store.loaded
  if (memory === false) throw new Error('the device has no store')
  const unsaved = new Unsaved(doc, memory)
  doc.on('update', (_, origin, __, transaction: Y.Transaction) => {
    if (origin === 'server') unsaved.cameFromServer(transaction)
    else unsaved.changedHere()
    store.remember(unsaved.pending, () => unsaved.memory())
  })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), 'server')
  if (words !== '') typeInto(doc, words)
  store.close()
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
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name)
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
