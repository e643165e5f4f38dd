import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ThreadCard, type ThreadCardProps } from '../../../components/thread/thread-card'
import type { ThreadAnswer } from '../../../lib/api-thread'

const ada = { id: '1', name: 'Ada', email: null, color: '#336699', picture: null }
const at = '2026-11-25T12:00:00.000Z'

const thread = (words: string): ThreadAnswer => ({
  id: 't',
  documentId: 'd',
  kind: 'comment',
  state: 'resolved',
  target: 'section',
  sectionId: 's',
  quote: words,
  detached: false,
  anchor: null,
  author: ada,
  comments: [
    {
      id: 'c',
      author: ada,
      body: words,
      mentions: [],
      reactions: [],
      wordings: 0,
      createdAt: at,
      editedAt: null,
      unsent: false,
    },
  ],
  unread: 0,
  outcome: 'wont_fix',
  reason: words,
  movedTo: null,
  resolvedBy: ada,
  resolvedAt: at,
  createdAt: at,
  updatedAt: at,
  unsent: false,
  suggestion: null,
})

const around: ThreadCardProps['around'] = {
  documentId: 'd',
  personId: '1',
  abilities: new Set(['read'] as const),
  actions: {} as ThreadCardProps['around']['actions'],
  drafts: new Map(),
  onDraft: () => {},
  outline: [],
  gathering: false,
  mayBlock: false,
  onSuggestAnew: () => {},
  correction: null,
  address: 'https://example.com/d/d',
  linkedComment: null,
}

const drawn = (words: string, look: ThreadCardProps['look']): string => drawnThread(thread(words), look)

const drawnThread = (given: ThreadCardProps['thread'], look: ThreadCardProps['look'], by = around): string =>
  renderToStaticMarkup(
    createElement(ThreadCard, {
      thread: given,
      around: by,
      detached: false,
      look,
      onOpen: () => {},
      onClose: () => {},
      onReattach: null,
      likely: null,
    }),
  ).replace(/aria-label="[^"]*"/g, '')

test.each(['line', 'short', 'open'] as const)(
  'an override of the writing direction is a sign wherever somebody’s words stand: %s',
  (look) => {
    const page = drawn('a\u202Eb', look)
    expect(page).not.toContain('\u202E')
    expect(page.split('U+202E').length - 1).toBe(look === 'line' ? 1 : 3)
  },
)

test.each(['line', 'short', 'open'] as const)('markup and addresses of scripts are words: %s', (look) => {
  const page = drawn('<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/"onclick=x', look)
  expect(page).not.toMatch(/<img|href="javascript|"onclick/)
  expect(page).toContain('&lt;img')
})

test('somebody who is named is drawn by name, and their name has no hold on what stands around it', () => {
  const id = '11111111-1111-4111-8111-111111111111'
  const named = thread(`Ask @[${id}] and @[22222222-2222-4222-8222-222222222222].`)
  const [first] = named.comments
  if (!first) throw new Error('no comment')
  const eve = { ...ada, id, name: 'E\u202Eve <b>' }
  const page = drawnThread(
    { ...named, quote: '', reason: null, comments: [{ ...first, mentions: [eve] }] },
    'short',
  )
  expect(page).toContain('@<bdi>E<span')
  expect(page).toContain('ve &lt;b&gt;</bdi>')
  expect(page).toContain('@<bdi>somebody</bdi>')
  expect(page).not.toContain('\u202E')
  expect(page).not.toContain('@[')
})

test('what is not sent yet says who sees it, and is not ended', () => {
  const page = drawnThread({ ...thread('Hm.'), outcome: null, state: 'open', unsent: true }, 'open')
  expect(page).toContain('Only you see this until you submit your review.')
  expect(page).not.toContain('data-resolve')
})

test('on approved text a suggestion is confirmed as a correction, or says why not', () => {
  const words = (text: string) => [{ type: 'text', text }]
  const proposes: ThreadAnswer = {
    ...thread('Slip.'),
    kind: 'suggestion',
    state: 'open',
    outcome: null,
    suggestion: {
      state: 'open',
      stale: false,
      change: 'replace',
      place: { kind: 'words' },
      base: words('are'),
      replacement: words('is now'),
    },
  }
  const asked: unknown[] = []
  const card = (why: string | null) => {
    const correction = {
      whyNot: (given: unknown) => {
        asked.push(given)
        return why
      },
      confirm: async () => {},
    }
    return drawnThread(proposes, 'open', {
      ...around,
      abilities: new Set(['read', 'comment'] as const),
      actions: { react: async () => {} } as unknown as (typeof around)['actions'],
      correction,
    })
  }
  expect(card(null)).toContain('Confirm as correction')
  expect(asked[0]).toEqual({ isOwn: true, blocks: 1, characters: 6 })
  const refused = card('Somebody else has to.')
  expect(refused).toContain('Somebody else has to.')
  expect(refused).not.toContain('Confirm as correction')
})
