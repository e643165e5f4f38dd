import { expect, test } from 'vitest'
import { ChangeNews } from '../../../components/presence/change-news'

function story() {
  let nowMs = 0
  const news = new ChangeNews({ now: () => nowMs })
  return {
    news,
    pass: (ms: number) => {
      nowMs += ms
    },
    say: () => news.say((section) => (section === 'gone' ? null : section)),
  }
}

test('who writes in my section is told once, and again only after a minute without a word', () => {
  const { news, pass, say } = story()
  news.wrote('Grace', 'Risks')
  expect(say()).toBe('Grace is writing in Risks.')
  for (let n = 0; n < 30; n += 1) {
    pass(5_000)
    news.wrote('Grace', 'Risks')
    expect(say()).toBeNull()
  }
  pass(60_000)
  news.wrote('Grace', 'Risks')
  expect(say()).toBe('Grace is writing in Risks.')
})

test('nothing is said while I type, and at most one sentence in ten seconds', () => {
  const { news, pass, say } = story()
  news.typed()
  news.wrote('Grace', 'Risks')
  expect(say()).toBeNull()
  expect(news.dueInMs).toBe(3_000)
  pass(2_000)
  news.typed()
  pass(2_000)
  expect(say()).toBeNull()
  pass(1_000)
  expect(say()).toBe('Grace is writing in Risks.')
  news.wrote('Linus', 'Risks')
  news.wrote('Ada', 'Risks')
  expect(say()).toBeNull()
  pass(10_000)
  expect(say()).toBe('Linus and Ada are writing in Risks.')
  expect(news.dueInMs).toBeNull()
})

test('what was heard in a section that I have left, or that is gone, is not told', () => {
  const { news, say } = story()
  news.wrote('Grace', 'Risks')
  news.wrote('Linus', 'Background')
  expect(say()).toBe('Linus is writing in Background.')
  news.wrote('Ada', 'gone')
  expect(say()).toBeNull()
})
