import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetText, keepText, keptTexts } from '../../../components/sync/kept-texts'
import { freshDevice, inStore, textOfAda } from './device'
import { ada, documentOf } from './session-world'

beforeEach(freshDevice)
afterEach(() => {
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
