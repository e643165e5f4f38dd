import { expect, test } from 'vitest'
import type { Happening } from '../../../lib/happening'
import type { PersonId } from '../../../lib/id'
import { together, toldHow, usualChannel } from '../../../lib/inbox'
import { type Around, nothingSent, settledBy, toTell } from '../../../lib/inbox/told'

const [ada, grace, linus, margaret, edsger] = [
  'ada',
  'grace',
  'linus',
  'margaret',
  'edsger',
] as PersonId[] as [PersonId, PersonId, PersonId, PersonId, PersonId]
const around: Around = {
  authorIds: [ada],
  reviewerIds: [grace, linus],
  watcherIds: [edsger],
  speakerIds: [],
  sent: nothingSent,
}
const told = (what: Happening, actor: PersonId | null, other: Partial<Around> = {}) =>
  Object.fromEntries(
    toTell(what, actor, { ...around, ...other }).map(({ personId, notice }) => [personId, notice.kind]),
  )

test('who is asked is told, and nobody else', () => {
  const asked: Happening = { type: 'review.asked', personIds: [grace, linus], dueAt: null }
  expect(told(asked, ada)).toEqual({ grace: 'review_asked', linus: 'review_asked' })
})

test('nobody is told of what they did themselves, in whatever part they stand', () => {
  const comment: Happening = {
    type: 'comment.added',
    threadId: 't',
    commentId: 'c',
    mentions: [ada, margaret],
    isFirst: false,
  }
  expect(told(comment, ada, { speakerIds: [ada], watcherIds: [ada] })).toEqual({ margaret: 'mention' })
})

test('a person is told once, in the most urgent form', () => {
  const comment: Happening = {
    type: 'comment.added',
    threadId: 't',
    commentId: 'c',
    mentions: [linus],
    isFirst: false,
  }
  expect(told(comment, grace, { speakerIds: [linus, ada], watcherIds: [linus, ada, edsger] })).toEqual({
    linus: 'mention',
    ada: 'reply',
    edsger: 'comment',
  })
})

test('a verdict tells its authors with all its comments, and those whom it names, once each', () => {
  const verdict: Happening = {
    type: 'verdict.given',
    verdictId: 'v',
    verdict: 'approve_if',
    comments: 4,
  }
  const sent = { threadIds: ['t'], mentions: [margaret] }
  expect(told(verdict, grace, { speakerIds: [linus], sent })).toEqual({
    ada: 'verdict',
    margaret: 'mention',
    linus: 'reply',
    edsger: 'review_news',
  })
  expect(toTell(verdict, grace, around).find((one) => one.personId === ada)?.notice).toEqual({
    kind: 'verdict',
    verdict: 'approve_if',
    comments: 4,
  })
})

test('a review that is given, released or handed over waits no longer', () => {
  const verdict: Happening = { type: 'verdict.given', verdictId: 'v', verdict: 'approve', comments: 0 }
  expect(settledBy(verdict, grace)).toContainEqual({ by: 'subject', personId: grace, subject: 'review' })
  const released: Happening = { type: 'reviewer.released', personId: linus, reason: 'away' }
  expect(settledBy(released, ada)).toContainEqual({ by: 'subject', personId: linus, subject: 'review' })
  const approved: Happening = { type: 'status.moved', from: 'in_review', to: 'approved', reason: null }
  expect(settledBy(approved, null)).toContainEqual({ by: 'subject', personId: null, subject: 'review' })
  const asked: Happening = { type: 'status.moved', from: 'draft', to: 'in_review', reason: null }
  expect(settledBy(asked, ada)).not.toContainEqual({ by: 'subject', personId: null, subject: 'review' })
})

test('comments that come together are counted, under the louder kind and at its place', () => {
  const reply = { kind: 'reply', threadId: 'a', commentId: '1', comments: 2 } as const
  const mention = { kind: 'mention', threadId: 'b', commentId: '2', comments: 1 } as const
  const both = { kind: 'mention', threadId: 'b', commentId: '2', comments: 3 }
  expect(together(reply, mention)).toEqual(both)
  expect(together(mention, reply)).toEqual(both)
})

test('three kinds are mailed at once, everything else once a day, unless somebody chose otherwise', () => {
  const now = Object.entries(usualChannel).filter(([, channel]) => channel === 'now')
  expect(now.map(([kind]) => kind).sort()).toEqual(['mention', 'review_asked', 'verdict'])
  expect(toldHow('review_asked', { chosen: {}, mail: true })).toBe('mail')
  expect(toldHow('review_asked', { chosen: {}, mail: false })).toBe('inbox')
  expect(toldHow('review_asked', { chosen: { review_asked: 'digest' }, mail: true })).toBe('digest')
  expect(toldHow('review_asked', { chosen: { review_asked: 'off' }, mail: true })).toBe('nothing')
})
