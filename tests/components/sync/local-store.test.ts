import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { localStoreName, openLocalStore } from '../../../components/sync/local-store'
import { DevicePage, deadStore, freshDevice, fullDisk, inStore, notes, storeName } from './device'
import { serverHolding, textOf } from './session-world'

beforeEach(freshDevice)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const stored = () => inStore(storeName, 'updates', (updates) => updates.count())
const fakeTimers = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

test('a later page finds the text, how much of it was not saved, and who wrote it', async () => {
  const page = await DevicePage.open()
  expect(page.memory).toEqual({ changes: 0, saved: null, clients: [] })
  page.type('One. ')
  page.type('Two.')
  page.leave()
  const later = await DevicePage.open()
  expect(textOf(later.doc)).toBe('One. Two.')
  expect(later.memory).toMatchObject({ changes: 2, clients: [page.doc.clientID] })
  later.leave()
})

test('two people on one device, and two documents, have a store each', () => {
  const names = [localStoreName('ada', 'd1'), localStoreName('grace', 'd1'), localStoreName('ada', 'd2')]
  expect(new Set(names).size).toBe(3)
})

test('the first unsaved change is noted at once, those after it every half second, and leaving notes the rest', async () => {
  fakeTimers()
  const changes = async () => (await notes()).map((note) => note.changes)
  const page = await DevicePage.open()
  page.type('a')
  expect(await changes()).toEqual([1])
  page.type('b')
  page.type('c')
  expect(await changes()).toEqual([1])
  vi.advanceTimersByTime(500)
  expect(await changes()).toEqual([3])
  page.type('d')
  page.leave()
  expect(await changes()).toEqual([4])
})

test('pages that are open together note apart: one that is saved says nothing of the other', async () => {
  const server = serverHolding('')
  const first = await DevicePage.open()
  const second = await DevicePage.open()
  first.type('a')
  first.type('b')
  second.save(server)
  first.leave()
  second.leave()
  expect((await notes()).map((note) => note.changes).sort()).toEqual([0, 2])
  const later = await DevicePage.open()
  expect(later.memory.changes).toBe(2)
  later.leave()
})

test('a page answers for the words of the pages before it, until they are saved', async () => {
  const server = serverHolding('')
  const first = await DevicePage.open()
  first.type('a')
  first.leave()
  const second = await DevicePage.open()
  const [note, ...more] = await notes()
  expect(more).toEqual([])
  expect(note).toMatchObject({ changes: 1, clients: [first.doc.clientID] })
  second.save(server)
  second.leave()
  const third = await DevicePage.open()
  expect(third.memory.changes).toBe(0)
  expect(Y.decodeStateVector(third.memory.saved ?? new Uint8Array()).get(first.doc.clientID)).toBe(
    Y.getState(first.doc.store, first.doc.clientID),
  )
  third.leave()
})

test('emptied is emptied: text and notes', async () => {
  const page = await DevicePage.open()
  page.type('a')
  expect(await page.clear()).toBe(true)
  expect([await stored(), await notes()]).toEqual([0, []])
})

test('a page does not delete what another has written and not sent; the last of them does', async () => {
  const first = await DevicePage.open()
  const second = await DevicePage.open()
  first.type('a')
  second.type('b')
  expect(await second.clear()).toBe(false)
  expect(await stored()).toBeGreaterThan(0)
  expect((await notes()).map((note) => note.clients)).toEqual([[first.doc.clientID]])
  expect(await first.clear()).toBe(true)
  expect([await stored(), await notes()]).toEqual([0, []])
})

test('a page whose words are all saved does not keep another from deleting', async () => {
  const first = await DevicePage.open()
  const second = await DevicePage.open()
  first.type('a')
  first.save(serverHolding(''))
  first.leave()
  expect(await second.clear()).toBe(true)
  expect(await stored()).toBe(0)
})

test('a full disk is said, and what stood there before is read all the same', async () => {
  const page = await DevicePage.open()
  page.type('a')
  page.leave()
  fullDisk('custom')
  const onFailed = vi.fn()
  const later = await DevicePage.open(onFailed)
  expect(onFailed).toHaveBeenCalled()
  expect([textOf(later.doc), later.memory.changes]).toEqual(['a', 1])
  vi.restoreAllMocks()
  later.leave()
  const [note] = await notes()
  expect(note?.key).toContain(String(page.doc.clientID))
})

test('a store that is not read within four seconds keeps nothing, and says that it was not emptied', async () => {
  fakeTimers()
  const asked = deadStore('updates')
  const store = openLocalStore(storeName, new Y.Doc(), () => {})
  await asked
  vi.advanceTimersByTime(4_000)
  expect(await store.loaded).toBe(false)
  store.close()
})

test('notes that nobody can read are no notes', async () => {
  const page = await DevicePage.open()
  page.type('a')
  page.leave()
  for (const odd of [
    'text',
    7,
    { changes: -1, saved: 'x', clients: 'y' },
    { changes: Number.POSITIVE_INFINITY, clients: [1.5, 'a', 3] },
  ]) {
    await inStore(storeName, 'custom', (custom) => custom.clear())
    await inStore(storeName, 'custom', (custom) => custom.put(odd, 'rationale.memory'))
    const later = await DevicePage.open()
    const clients = typeof odd === 'object' && Array.isArray(odd.clients) ? [3] : []
    expect(later.memory).toEqual({ changes: 0, saved: null, clients })
    later.leave()
  }
})
