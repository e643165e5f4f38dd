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
  address: 'https://example.com/d/d',
  linkedComment: null,
}

const drawn = (words: string, look: ThreadCardProps['look']): string =>
  renderToStaticMarkup(
    createElement(ThreadCard, {
      thread: thread(words),
      around,
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
