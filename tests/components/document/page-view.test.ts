import { expect, test } from 'vitest'
import { pageView } from '../../../components/document/page-view'
import type { SessionView } from '../../../components/sync/document-session'

const view = (given: Partial<SessionView>): SessionView => ({
  state: live,
  saved: { kind: 'saved' },
  body: null,
  document,
  condition: null,
  kept: [],
  late,
  ...given,
})
const late: SessionView['late'] = []
const live: SessionView['state'] = { kind: 'live' }
const document = { title: 'Queues' } as SessionView['document']

test('a page is not drawn anew because words are on their way, or on disk', () => {
  const kept: SessionView['kept'] = []
  const first = pageView(view({ kept }), null)
  expect(pageView(view({ kept, saved: { kind: 'saving' } }), first)).toBe(first)
  expect(pageView(view({ kept, saved: { kind: 'saved' } }), first)).toBe(first)
})

test('it is drawn anew for whatever else changed', () => {
  const kept: SessionView['kept'] = []
  const first = pageView(view({ kept }), null)
  const next = pageView(view({ kept, state: { kind: 'connecting' } }), first)
  expect(next).toEqual({ state: { kind: 'connecting' }, body: null, document, condition: null, kept, late })
})
