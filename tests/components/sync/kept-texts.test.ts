import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetText, keepText, keptTexts } from '../../../components/sync/kept-texts'
import { freshDevice, fullDisk, inStore, textOfAda } from './device'
import { ada, documentOf } from './session-world'

beforeEach(freshDevice)
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const kept = () => keptTexts(ada.id, documentOf().id)

test('words are found again by their author and document, oldest first, until they are thrown away', async () => {
  const first = textOfAda({ id: '7-1', atMs: 1 })
  const second = textOfAda({ id: '8-2', atMs: 2 })
  await keepText(second)
  await keepText(first)
  await keepText(textOfAda({ id: '9-3', personId: 'grace' }))
  await keepText(textOfAda({ id: '9-4', documentId: 'another' }))
  expect(await kept()).toEqual([first, second])
  await forgetText(first.id)
  expect(await kept()).toEqual([second])
})

test('the whole body that an earlier release kept with them is deleted, of whatever document', async () => {
  await keepText(textOfAda())
  const withBody = (id: string, documentId: string) => ({
    ...textOfAda({ id, documentId }),
    update: Uint8Array.of(1, 2, 3),
  })
  await inStore('rationale-kept', 'texts', (texts) => texts.put(withBody('7-1000000', documentOf().id)))
  await inStore('rationale-kept', 'texts', (texts) => texts.put(withBody('7-2', 'another')))
  expect(await kept()).toEqual([textOfAda()])
  expect(await inStore('rationale-kept', 'texts', (texts) => texts.getAll())).toEqual([
    textOfAda(),
    textOfAda({ id: '7-2', documentId: 'another' }),
  ])
})

test('words count as kept once they are on disk: a disk that takes them and is full says no', async () => {
  expect(await keepText(textOfAda())).toBe(true)
  fullDisk('texts')
  expect(await keepText(textOfAda({ id: '8-2' }))).toBe(false)
  vi.restoreAllMocks()
  expect(await kept()).toEqual([textOfAda()])
})

test('a browser without stores keeps nothing and says so', async () => {
  vi.stubGlobal('indexedDB', undefined)
  expect(await keepText(textOfAda())).toBe(false)
  expect(await kept()).toEqual([])
  await forgetText('7-1000000')
})

test('a store that never answers is waited for four seconds: a page must open without it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('indexedDB', { open: () => ({}) })
  const answers = Promise.all([keepText(textOfAda()), kept()])
  vi.advanceTimersByTime(4_000)
  expect(await answers).toEqual([false, []])
  expect(vi.getTimerCount()).toBe(0)
})
