import { expect, test } from 'vitest'
import { type Draft, Drafts, nothingTyped, strandedDrafts } from '../../../components/thread/drafts'

/** What a browser keeps. */
class Store implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly kept = new Map<string, string>()
  full = false
  getItem = (key: string) => this.kept.get(key) ?? null
  removeItem = (key: string) => void this.kept.delete(key)
  setItem = (key: string, value: string) => {
    if (this.full) throw new Error('QuotaExceededError')
    this.kept.set(key, value)
  }
}
const storage = (store: Store) => store as unknown as Storage
const said = (text: string): Draft => ({ ...nothingTyped, text, mustResolve: false, target: null })

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

test('two tabs that are open at once keep what is typed in either', () => {
  const store = storage(new Store())
  const [one, two] = [new Drafts(store, 'linus', 'one'), new Drafts(store, 'linus', 'one')]
  one.put('reply:a', said('In one tab'))
  two.put('reply:b', said('In the other'))
  const texts = () => [...new Drafts(store, 'linus', 'one').all().values()].map(({ text }) => text)
  expect(texts().sort()).toEqual(['In one tab', 'In the other'])
  one.put('reply:a', null)
  expect(texts()).toEqual(['In the other'])
})

test('whom a draft names is kept with it; a composer that was left without a word is not', () => {
  const store = storage(new Store())
  const drafts = new Drafts(store, 'linus', 'one')
  const named = { ...said('Ask @Grace'), mentioned: { Grace: '1' }, admit: ['1'] }
  drafts.put('edit:c', named)
  drafts.put('reply:a', said(' '))
  drafts.put('new', { ...said(''), target: { kind: 'document' } })
  expect([...new Drafts(store, 'linus', 'one').all()]).toEqual([['edit:c', named]])
})

test('what has no field any more is found: a thread that is gone, a right that was taken', () => {
  const drafts = new Map([
    ['new', { ...said('On it'), target: { kind: 'document' } }],
    ['reply:a', said('To a')],
    ['reply:gone', said('To nobody')],
    ['reply:empty', said('  ')],
    ['edit:c', said('Said better')],
  ] as const)
  const texts = (threadIds: Set<string> | null, mayComment: boolean) =>
    strandedDrafts(drafts, { there: threadIds, mayComment }).map(([, { text }]) => text)
  expect(texts(new Set(['a']), true)).toEqual(['To nobody', 'Said better'])
  expect(texts(new Set(['a', 'c']), true)).toEqual(['To nobody'])
  expect(texts(null, true)).toEqual([])
  expect(texts(new Set(['a']), false)).toEqual(['On it', 'To a', 'To nobody', 'Said better'])
})
