import { describe, expect, test } from 'vitest'
import { calendarDay, daysUntil, dueWords, endOfDay } from '../../../components/review/due-words'
import { mayStart, nextDue, nextStep } from '../../../components/review/my-part'
import {
  changedSectionWords,
  listedShort,
  missingWords,
  previewWords,
  standingWords,
} from '../../../components/review/review-words'
import { asked, dayOf, wantedOf } from '../../../components/review/wanted'
import type { Ability } from '../../../lib/access'
import { ada, aReview, aReviewer, aVerdict, grace, linus } from './a-review'

const commenter: ReadonlySet<Ability> = new Set(['read', 'comment', 'vote'])
const editor: ReadonlySet<Ability> = new Set([...commenter, 'write', 'ask_review'])

describe('until when an answer is wanted', () => {
  // Friday afternoon; days are counted by the calendar, not in 24 hours.
  const now = new Date(2026, 10, 27, 16, 30)
  const on = (day: number, month = 10, year = 2026) => new Date(year, month, day, 9)
  test.each([
    [on(27), 'today'],
    [on(28), 'tomorrow'],
    [on(26), 'yesterday'],
    [on(30), 'Monday'],
    [on(3, 11), 'Thursday'],
    [on(4, 11), '4 December'],
    [on(20), '20 November'],
    [on(12, 0, 2027), '12 January 2027'],
  ])('%s', (at, words) => expect(dueWords(at, now)).toBe(words))

  test('a day ends with its last second on this device, and comes back as the same day', () => {
    const end = endOfDay('2026-11-27')
    expect(end && calendarDay(end)).toBe('2026-11-27')
    expect(end && daysUntil(end, now)).toBe(0)
    expect(end && end > now).toBe(true)
    expect(endOfDay('')).toBeNull()
  })
})

describe('what falls to whom', () => {
  test('whoever was asked and has not answered begins a review; who was not asked has nothing to do', () => {
    const review = aReview({ reviewers: [aReviewer(grace)] })
    expect(nextStep(review, grace.id, commenter)).toBe('start')
    expect(nextStep(review, linus.id, commenter)).toBeNull()
    expect(nextStep(review, ada.id, editor)).toBeNull()
  })

  test('while a review is being written, no other is offered', () => {
    const draft = {
      id: 'd',
      version: aVerdict(grace, 'approve').version,
      startedAt: '',
      comments: 0,
      changes: [],
    }
    const review = aReview({
      reviewers: [aReviewer(grace)],
      mine: { draft, base: null, changes: [], read: [] },
    })
    expect(nextStep(review, grace.id, commenter)).toBeNull()
    expect(mayStart(review, grace.id, commenter)).toBe(false)
  })

  test('after a request for changes it is the authors’ turn, and then the reviewers’ again', () => {
    const reviewers = [
      aReviewer(grace, { standing: 'changes_requested', verdict: aVerdict(grace, 'request_changes') }),
    ]
    const theirs = aReview({ turn: 'authors', reviewers })
    expect(nextStep(theirs, ada.id, editor)).toBe('ask_again')
    expect(nextStep(theirs, grace.id, commenter)).toBeNull()
    expect(nextStep(aReview({ turn: 'reviewers', reviewers }), grace.id, commenter)).toBe('start')
  })

  test('an approval that edits overtook is looked at, whoever’s turn it is', () => {
    const mine = aReviewer(grace, { standing: 'approved_changed', verdict: aVerdict(grace, 'approve') })
    expect(nextStep(aReview({ turn: 'authors', reviewers: [mine] }), grace.id, commenter)).toBe('look')
  })

  test('one who may vote no more is offered nothing, nor one who stepped aside', () => {
    const review = aReview({ reviewers: [aReviewer(grace, { state: 'stepped_aside' })] })
    expect(nextStep(review, grace.id, commenter)).toBeNull()
    expect(nextStep(aReview({ reviewers: [aReviewer(grace)] }), grace.id, new Set(['read']))).toBeNull()
  })

  test('an editor decides where everything is there and the text has gone on', () => {
    const version = aVerdict(grace, 'approve').version
    const review = aReview({ turn: 'reviewers', readyToApprove: { version, changes: [] } })
    expect(nextStep(review, ada.id, editor)).toBe('decide')
    expect(nextStep(review, grace.id, commenter)).toBeNull()
  })

  test('the date on the status line is the first of those who have not answered', () => {
    const reviewers = [
      aReviewer(grace, { dueAt: '2026-11-20T00:00:00.000Z', standing: 'approved' }),
      aReviewer(linus, { dueAt: '2026-11-28T00:00:00.000Z' }),
      aReviewer(ada, { dueAt: '2026-11-27T00:00:00.000Z', state: 'released' }),
    ]
    expect(nextDue(aReview({ reviewers }))).toBe('2026-11-28T00:00:00.000Z')
  })
})

describe('the list of whom to ask', () => {
  test('one who has spoken stays on it; one who was released is off it; all get the same day', () => {
    const review = aReview({
      reviewers: [
        aReviewer(grace, { verdict: aVerdict(grace, 'comment'), dueAt: '2026-11-27T12:00:00.000Z' }),
        aReviewer(linus, { state: 'released' }),
      ],
    })
    const list = wantedOf(review)
    expect(list.map(({ person, stays }) => [person.name, stays])).toEqual([[grace.name, true]])
    expect(dayOf(review)).toBe('2026-11-27')
    const [one] = asked(list, '2026-11-30')
    expect(one).toMatchObject({ personId: grace.id, required: true, sectionIds: null })
    expect(one?.dueAt && new Date(one.dueAt).getDate()).toBe(30)
  })

  test('no sections chosen is the whole document, as the API has it', () => {
    const one = { person: linus, required: false, sectionIds: [], stays: false, asked: false }
    expect(asked([one], '')).toEqual([{ personId: linus.id, required: false, sectionIds: null, dueAt: null }])
  })
})

describe('words', () => {
  test('a standing is said of the person, and how far the text went on', () => {
    const changes = [{ sectionId: 'a', title: 'Data Model', change: 'changed' as const }]
    expect(standingWords(aReviewer(grace))).toBe('has not answered yet')
    expect(standingWords(aReviewer(grace, { standing: 'approved_changed', changes }))).toBe(
      'approved, 1 section changed since',
    )
    expect(standingWords(aReviewer(grace, { state: 'handed_over', passedTo: linus }))).toBe(
      'handed over to Linus Torvalds',
    )
  })

  test('what is missing names who it waits for', () => {
    expect(missingWords({ reason: 'approval', person: grace, threadId: null })).toBe(
      'Grace Hopper has not approved this text.',
    )
  })

  test('how each would hear of it is said beforehand, and who is asked in whose place', () => {
    const preview = (person: typeof grace, told: 'mail' | 'inbox', standIn: typeof grace | null = null) => ({
      person,
      standIn,
      told,
      getsAccess: false,
    })
    const all = [preview(grace, 'mail'), preview(linus, 'mail', ada)]
    expect(previewWords(all, [grace.id, linus.id])).toEqual([
      'Linus Torvalds is away: Ada Lovelace is asked instead.',
      'Grace Hopper and Ada Lovelace get a mail at once.',
    ])
    expect(previewWords([preview(grace, 'inbox')], [grace.id])).toEqual([
      'Grace Hopper finds it in the inbox, without a mail.',
    ])
    expect(previewWords(all, [])).toEqual([])
  })

  test('many names become a few and a number', () => {
    expect(listedShort(['a', 'b', 'c'])).toBe('a, b and c')
    expect(listedShort(['a', 'b', 'c', 'd'])).toBe('a, b and 2 more')
    expect(changedSectionWords({ sectionId: 'x', title: '', change: 'removed' })).toBe(
      'Untitled section (removed)',
    )
  })
})
