import { describe, expect, test } from 'vitest'
import { type Status, statuses, transitions } from '../../lib/document'
import {
  type ApprovalFacts,
  correctionMax,
  correctionRefusal,
  decisive,
  mayApprove,
  moveRefusal,
  type ReviewerFacts,
  type ReviewInBrief,
  sentenceOfReview,
  standingOf,
  turnAfter,
} from '../../lib/review'

const reviewer = (personId: string, given: Partial<ReviewerFacts> = {}): ReviewerFacts => ({
  personId,
  required: true,
  state: 'asked',
  standing: 'approved',
  isAuthor: false,
  ...given,
})
const missing = (given: Partial<ApprovalFacts>) =>
  mayApprove({ reviewers: [reviewer('grace')], threads: [], ...given }).map(
    ({ reason, personId, threadId }) => [reason, personId ?? threadId].filter(Boolean).join(' '),
  )

test('what a verdict amounts to for the text as it is', () => {
  expect(standingOf(null, true)).toBe('waiting')
  const said = (kind: 'approve' | 'approve_if' | 'request_changes' | 'comment', conditionsMet = true) =>
    [false, true].map((changed) => standingOf({ kind, conditionsMet }, changed))
  expect(said('approve')).toEqual(['approved', 'approved_changed'])
  expect(said('approve_if')).toEqual(['approved', 'approved_changed'])
  expect(said('approve_if', false)).toEqual(['conditional', 'conditional'])
  expect(said('request_changes')).toEqual(['changes_requested', 'changes_requested'])
  expect(said('comment')).toEqual(['commented', 'commented'])
})

test('a remark takes no approval back, and another verdict does', () => {
  const of = (...kinds: ('approve' | 'request_changes' | 'comment')[]) =>
    decisive(kinds.map((kind) => ({ kind })))?.kind
  expect(of('comment', 'comment', 'approve')).toBe('approve')
  expect(of('request_changes', 'approve')).toBe('request_changes')
  expect(of('comment')).toBe('comment')
  expect(of()).toBeUndefined()
})

describe('what is missing before a text is approved', () => {
  test('nothing, where every required reviewer approves it', () => {
    expect(missing({})).toEqual([])
    expect(
      missing({
        reviewers: [reviewer('grace'), reviewer('linus', { required: false, standing: 'waiting' })],
      }),
    ).toEqual([])
  })

  test('each required approval that does not stand, and nobody is waited for who is not asked any more', () => {
    for (const standing of [
      'waiting',
      'approved_changed',
      'conditional',
      'changes_requested',
      'commented',
    ] as const) {
      expect(missing({ reviewers: [reviewer('grace'), reviewer('linus', { standing })] })).toEqual([
        'approval linus',
      ])
    }
    for (const state of ['stepped_aside', 'handed_over', 'released'] as const) {
      const gone = reviewer('linus', { standing: 'changes_requested', state })
      expect(missing({ reviewers: [reviewer('grace'), gone] })).toEqual([])
      expect(missing({ reviewers: [gone] })).toEqual(['no_reviewer'])
    }
  })

  test('an approval by somebody who is not an author', () => {
    const author = reviewer('ada', { isAuthor: true })
    expect(missing({ reviewers: [author] })).toEqual(['not_an_author'])
    expect(missing({ reviewers: [author, reviewer('linus', { required: false })] })).toEqual([])
    expect(
      missing({ reviewers: [author, reviewer('linus', { required: false, standing: 'commented' })] }),
    ).toEqual(['not_an_author'])
    // Said by what is missing already.
    expect(missing({ reviewers: [reviewer('grace', { standing: 'waiting' })] })).toEqual(['approval grace'])
    // All are invited: one of them has to approve.
    expect(missing({ reviewers: [reviewer('grace', { required: false, standing: 'waiting' })] })).toEqual([
      'not_an_author',
    ])
  })

  test('each open thread that has to be resolved, and no other', () => {
    const threads = ['blocking', 'concern', 'nit', 'comment', 'question', 'suggestion'].map((kind) => ({
      id: kind,
      kind,
    }))
    expect(missing({ threads })).toEqual(['blocking_thread blocking', 'concern concern'])
    expect(missing({ reviewers: [] })).toEqual(['no_reviewer'])
  })
})

test('whose turn it is after a verdict', () => {
  const [waiting, approved] = [reviewer('grace', { standing: 'waiting' }), reviewer('linus')]
  expect(turnAfter('approve', 'reviewers', [waiting, approved])).toBe('reviewers')
  expect(turnAfter('request_changes', 'reviewers', [waiting, approved])).toBe('authors')
  expect(turnAfter('approve_if', 'reviewers', [waiting, approved])).toBe('authors')
  expect(turnAfter('approve', 'reviewers', [approved])).toBe('authors')
  expect(turnAfter('comment', 'reviewers', [reviewer('grace', { standing: 'commented' })])).toBe('authors')
  expect(turnAfter('comment', 'reviewers', [reviewer('grace', { standing: 'approved_changed' })])).toBe(
    'reviewers',
  )
  expect(turnAfter('comment', 'authors', [waiting])).toBe('authors')
  expect(turnAfter('approve', 'reviewers', [{ ...waiting, required: false }, approved])).toBe('authors')
})

test('a status moves along its arrows alone, and says what has to be said', () => {
  const given = { reason: 'x', successorId: 'x', link: 'x', noLinkBecause: 'x' }
  for (const from of statuses) {
    for (const to of statuses) {
      expect(`${from} ${to} ${moveRefusal(from, to, given, 1)}`).toBe(
        `${from} ${to} ${transitions[from].includes(to) ? null : 'transition'}`,
      )
    }
  }
  const nothing = { reason: null, successorId: null, link: null, noLinkBecause: null }
  const refusal = (from: Status, to: Status, said = {}, reviewers = 1) =>
    moveRefusal(from, to, { ...nothing, ...said }, reviewers)
  expect(refusal('draft', 'in_review')).toBeNull()
  expect(refusal('draft', 'in_review', {}, 0)).toBe('no_reviewer')
  expect(refusal('in_review', 'draft')).toBeNull()
  expect(refusal('in_review', 'approved')).toBeNull()
  expect(refusal('approved', 'in_review')).toBe('reason_missing')
  expect(refusal('implemented', 'in_review')).toBe('reason_missing')
  expect(refusal('draft', 'abandoned')).toBe('reason_missing')
  expect(refusal('abandoned', 'draft')).toBe('reason_missing')
  expect(refusal('approved', 'superseded')).toBe('successor_missing')
  expect(refusal('approved', 'implemented')).toBe('link_missing')
  expect(refusal('approved', 'implemented', { link: 'x' })).toBeNull()
  expect(refusal('approved', 'implemented', { noLinkBecause: 'x' })).toBeNull()
})

test('a correction is small, on approved text, by somebody else, and confirmed by an approver', () => {
  const suggestion = { isOwn: false, blocks: 1, characters: 12 }
  const refusal = (change: object, of: object = {}) =>
    correctionRefusal({
      status: 'approved',
      isApprover: true,
      suggestion: { ...suggestion, ...of },
      ...change,
    })
  expect(refusal({})).toBeNull()
  expect(refusal({ status: 'implemented' })).toBeNull()
  for (const status of ['draft', 'in_review', 'abandoned', 'superseded']) {
    expect(refusal({ status })).toBe('not_approved')
  }
  expect(refusal({ isApprover: false })).toBe('not_an_approver')
  expect(refusal({ suggestion: null })).toBe('no_suggestion')
  expect(refusal({}, { isOwn: true })).toBe('own')
  expect(refusal({}, { blocks: 2 })).toBe('not_small')
  expect(refusal({}, { characters: correctionMax })).toBeNull()
  expect(refusal({}, { characters: correctionMax + 1 })).toBe('not_small')
})

describe('one sentence says where a review stands', () => {
  const one = (name: string, given: object = {}): ReviewInBrief['reviewers'][number] => ({
    person: { name },
    required: true,
    state: 'asked',
    standing: 'waiting',
    changes: [],
    ...given,
  })
  const sentence = (
    reviewers: ReviewInBrief['reviewers'],
    ...reasons: ReviewInBrief['missing'][number]['reason'][]
  ) => sentenceOfReview({ reviewers, missing: reasons.map((reason) => ({ reason })) })

  test('who is waited for, who approved, who asked for changes, and what is open', () => {
    expect(sentence([one('Grace Hopper'), one('Linus Torvalds', { required: false })])).toBe(
      'Waiting for Grace',
    )
    const three = [
      one('Grace Hopper', { standing: 'approved' }),
      one('Margaret Hamilton', { standing: 'approved' }),
      one('Linus Torvalds', { standing: 'changes_requested' }),
    ]
    expect(sentence(three, 'approval', 'blocking_thread')).toBe(
      '2 of 3 approved, Linus requested changes, 1 blocking thread',
    )
    expect(sentence([one('Grace Hopper', { standing: 'conditional' })], 'approval', 'blocking_thread')).toBe(
      '0 of 1 approved, Grace approved on conditions, 1 blocking thread',
    )
    expect(
      sentence(
        [one('Grace Hopper', { standing: 'approved_changed', changes: [{}, {}] })],
        'approval',
        'concern',
        'concern',
      ),
    ).toBe('0 of 1 approved, 2 sections changed since Grace approved, 2 open concerns')
    expect(sentence([one('Grace Hopper', { state: 'released' })])).toBe('Nobody is asked to review this')
  })
})
