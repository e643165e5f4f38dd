import { expect, test } from 'vitest'
import { type Draft, Drafts, strandedDrafts } from '../../../components/thread/drafts'

/** What a browser keeps for one tab. */
class Store implements Pick<Storage, 'getItem' | 'setItem'> {
  readonly kept = new Map<string, string>()
  full = false
  getItem = (key: string) => this.kept.get(key) ?? null
  setItem = (key: string, value: string) => {
    if (this.full) throw new Error('QuotaExceededError')
    this.kept.set(key, value)
  }
}
const storage = (store: Store) => store as unknown as Storage
const said = (text: string): Draft => ({ text, mustResolve: false, target: null })

test('a draft outlives a reload, for its author and its document alone', () => {
  const store = new Store()
  new Drafts(storage(store), 'linus', 'one').put('reply:a', said('I was about to'))
  const places = (person: string, document: string) => [
    ...new Drafts(storage(store), person, document).all().keys(),
  ]
  expect(places('linus', 'one')).toEqual(['reply:a'])
  expect(places('grace', 'one')).toEqual([])
  expect(places('linus', 'two')).toEqual([])
})

test('a full store, and what another release has written there, loses nothing of this page', () => {
  const store = new Store()
  store.full = true
  const drafts = new Drafts(storage(store), 'linus', 'one')
  drafts.put('reply:a', said('Still here'))
  expect(drafts.all().get('reply:a')?.text).toBe('Still here')
  for (const odd of ['no JSON', '{}', 'null', '[1]', '[["reply:a",null]]', '[["reply:a",{"text":7}]]']) {
    store.kept.set('rationale-drafts:linus:one', odd)
    expect([odd, new Drafts(storage(store), 'linus', 'one').all().size]).toEqual([odd, 0])
  }
})

test('what has no field any more is found: a thread that is gone, a right that was taken', () => {
  const drafts = new Map([
    ['new', { ...said('On it'), target: { kind: 'document' } }],
    ['reply:a', said('To a')],
    ['reply:gone', said('To nobody')],
    ['reply:empty', said('  ')],
  ] as const)
  const texts = (threadIds: Set<string> | null, mayComment: boolean) =>
    strandedDrafts(drafts, { threadIds, mayComment }).map(([, { text }]) => text)
  expect(texts(new Set(['a']), true)).toEqual(['To nobody'])
  expect(texts(null, true)).toEqual([])
  expect(texts(new Set(['a']), false)).toEqual(['On it', 'To a', 'To nobody'])
})
