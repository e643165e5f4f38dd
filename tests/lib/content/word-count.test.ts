import { expect, it } from 'vitest'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { readingMinutes, wordsIn, wordsOfBlock } from '../../../lib/content/word-count'
import { checkedNode, counting } from './world'

it('counts words as people do', () => {
  expect(wordsIn('It’s at-least-once, in 4.2 seconds - or never.')).toBe(7)
  expect(wordsIn('')).toBe(0)
  expect(wordsIn('\u{1f600} — …')).toBe(0)
})

it('parts languages that write no spaces by their words', () => {
  expect(wordsIn('我们重试请求')).toBeGreaterThan(1)
  expect(wordsIn('我们重试请求')).toBeLessThan(6)
  expect(wordsIn('retry 再試行 twice')).toBeGreaterThanOrEqual(3)
})

it('counts no code', () => {
  const { content } = importMarkdown(
    'Two words.\n\n```\nnot these at all\n```\n\n- one\n  ```\n  nor this\n  ```',
    { newId: counting() },
  )
  const count = checkedNode(content).children.reduce((sum, block) => sum + wordsOfBlock(block), 0)
  expect(count).toBe(3)
})

it('says how long reading takes, at least a minute', () => {
  expect([readingMinutes(10), readingMinutes(2_380)]).toEqual([1, 10])
})
