import { expect, test } from 'vitest'
import { dayOf } from '../../../components/inbox/notice-words'
import { snoozeTimes } from '../../../components/inbox/snooze-times'
import { type Notice, noticeKinds } from '../../../lib/inbox'
import { kindWords, noticeWords } from '../../../lib/inbox/words'

const local = (text: string) => new Date(text)

test('a day is said as people say it', () => {
  const now = local('2026-11-26T15:00:00').getTime()
  const said = (text: string) => dayOf(local(text).toISOString(), now)
  expect(said('2026-11-26T00:00:00')).toBe('today')
  expect(said('2026-11-27T23:59:00')).toBe('tomorrow')
  expect(said('2026-11-25T23:59:00')).toBe('yesterday')
  expect(said('2026-11-30T09:00:00')).toBe('Monday')
  expect(said('2026-12-24T09:00:00')).toMatch(/^Thu,? 24 December$/)
})

test('what is snoozed comes back at a time that is ahead, each once', () => {
  // A Thursday morning, a Thursday evening, a Sunday, a Monday.
  const texts = (now: string) => snoozeTimes(local(now)).map(({ text }) => text)
  expect(texts('2026-11-26T10:00:00')).toEqual(['This evening', 'Tomorrow', 'Monday', 'In two weeks'])
  expect(texts('2026-11-26T21:00:00')).toEqual(['Tomorrow', 'Monday', 'In two weeks'])
  expect(texts('2026-11-29T21:00:00')).toEqual(['Tomorrow', 'In two weeks'])
  for (const hour of [0, 9, 17, 23]) {
    for (let day = 1; day <= 14; day++) {
      const now = new Date(2026, 10, day, hour, 30)
      const times = snoozeTimes(now)
      expect(times.every(({ until }) => until > now)).toBe(true)
      expect(new Set(times.map(({ until }) => until.getTime())).size).toBe(times.length)
      const monday = times.find(({ text }) => text === 'Monday')
      if (monday) expect(monday.until.getDay()).toBe(1)
    }
  }
})

test('every kind says who, what and why', () => {
  const threadId = '00000000-0000-4000-8000-000000000001'
  const since = '2026-11-26T09:00:00.000Z'
  const spoken = { threadId, commentId: null, comments: 2 }
  const all: readonly Notice[] = [
    { kind: 'review_asked', dueAt: since, again: true },
    { kind: 'condition', threadId },
    { kind: 'unsent_review', since },
    { kind: 'mention', ...spoken },
    { kind: 'verdict', verdict: 'approve_if', comments: 4 },
    { kind: 'review_late', dueAt: since },
    { kind: 'reply', ...spoken },
    { kind: 'outcome', threadId, outcome: 'wont_fix' },
    { kind: 'comment', ...spoken },
    { kind: 'review_news', news: 'handed_over', reason: null },
    { kind: 'status', to: 'approved', reason: 'Ready' },
    { kind: 'stale', since },
  ]
  expect(all.map(({ kind }) => kind)).toEqual([...noticeKinds])
  const said = all.map((notice) => noticeWords({ notice, actor: 'Ada', other: 'Linus', day: () => 'Friday' }))
  expect(said).toEqual([
    'Ada asks you to review again, due Friday',
    'Ada marked a condition of your approval as met',
    'You began a review (Friday) and have not sent it',
    'Ada wrote 2 comments and mentioned you',
    'Ada approved on conditions, with 4 comments',
    'Linus has not reviewed it; it was due Friday',
    'Ada wrote 2 comments, in threads of yours among others',
    'Ada resolved a thread of yours: won’t fix',
    'Ada wrote 2 comments',
    'Ada handed the review over to Linus',
    'Ada moved it to approved: Ready',
    'Approved, and unchanged since Friday: does it still hold?',
  ])
  for (const kind of noticeKinds) expect(kindWords[kind].why).toMatch(/\.$/)
})

test('asked again, a reviewer is told what is new to them; how a thread ended is said with its reason', () => {
  const again = { kind: 'review_asked', dueAt: null, again: true } as const
  const ended = { kind: 'outcome', threadId: '1', outcome: 'wont_fix' } as const
  const words = (notice: Notice) => noticeWords({ notice, actor: 'Ada', other: null, day: () => 'Friday' })
  expect(words({ ...again, sections: 1, threads: 2 })).toBe(
    'Ada asks you to review again (a section changed, 2 threads of yours ended)',
  )
  expect(words({ ...again, sections: 0, threads: 1 })).toBe(
    'Ada asks you to review again (a thread of yours ended)',
  )
  expect(words({ ...again, sections: 0, threads: 0 })).toBe('Ada asks you to review again')
  expect(words({ ...ended, how: 'accepted' })).toBe('Ada accepted the suggestion in a thread of yours')
  expect(words({ ...ended, how: 'declined', reason: 'Too long' })).toBe(
    'Ada declined the suggestion in a thread of yours: Too long',
  )
  expect(words({ ...ended, how: 'overruled', reason: 'We take the risk' })).toBe(
    'Ada overruled a blocking thread of yours: We take the risk',
  )
})
