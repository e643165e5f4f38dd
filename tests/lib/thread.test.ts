import { describe, expect, test } from 'vitest'
import type { Ability } from '../../lib/access'
import {
  commentLimits,
  derivedOutcome,
  kindRefusal,
  normaliseComment,
  readComposer,
  resolveRefusal,
  type ThreadKind,
} from '../../lib/thread'

const commenter = new Set<Ability>(['read', 'comment'])
const editor = new Set<Ability>([...commenter, 'resolve', 'write'])
const owner = new Set<Ability>([...editor, 'overrule'])

describe('the composer', () => {
  test.each([
    ['Plain words', false, commenter, 'comment', 'Plain words'],
    ['? Why so', false, commenter, 'question', 'Why so'],
    ['??Why', false, commenter, 'question', 'Why'],
    ['nit: a comma', false, commenter, 'nit', 'a comma'],
    [' NIT:  a comma ', false, commenter, 'nit', 'a comma'],
    ['nitpick: no sign', false, commenter, 'comment', 'nitpick: no sign'],
    ['?', false, commenter, 'comment', '?'],
    ['nit:', false, commenter, 'comment', 'nit:'],
    ['Why?', false, commenter, 'comment', 'Why?'],
    ['Stop', true, commenter, 'concern', 'Stop'],
    ['Stop', true, editor, 'blocking', 'Stop'],
    ['? Is it safe', true, commenter, 'concern', 'Is it safe'],
  ] as const)('reads %j (must be resolved: %s)', (typed, mustResolve, abilities, kind, body) => {
    expect(readComposer(typed, { mustResolve, mayBlock: abilities.has('resolve') })).toEqual({ kind, body })
  })
})

describe('a comment', () => {
  test('is composed, trimmed, and has line ends of one kind', () => {
    expect(normaliseComment('  e\u0301\r\nb\rc\n')).toBe('\u00E9\nb\nc')
  })
  test.each([
    ['nothing', ' \n'],
    ['NUL', 'a\0'],
    ['an escape', 'a\u001B'],
    ['half a character', '\uDC00'],
  ])('of %s is none', (_, text) => {
    expect(normaliseComment(text)).toBeNull()
  })
  test('has a limit, and overrides of direction are content', () => {
    expect(normaliseComment('x'.repeat(commentLimits.max))).not.toBeNull()
    expect(normaliseComment('x'.repeat(commentLimits.max + 1))).toBeNull()
    expect(normaliseComment('\u202Ea\tb')).toBe('\u202Ea\tb')
  })
})

describe('who resolves', () => {
  const thread = (kind: ThreadKind) => ({ kind, authorId: 'linus' })
  const by = (personId: string, abilities: ReadonlySet<Ability>) => ({ personId, abilities })
  const fixed = { outcome: 'fixed', reason: null } as const
  const declined = { outcome: 'wont_fix', reason: null } as const
  test.each([
    ['its author, a commenter', 'comment', by('linus', commenter), declined, null],
    ['its author, of a blocking one', 'blocking', by('linus', commenter), fixed, null],
    ['another commenter', 'comment', by('grace', commenter), fixed, 'not_yours'],
    ['an editor', 'question', by('grace', editor), fixed, null],
    ['an editor who declines', 'question', by('grace', editor), declined, null],
    ['an editor, of a concern', 'concern', by('grace', editor), fixed, null],
    [
      'an editor who declines a concern without a word',
      'concern',
      by('grace', editor),
      declined,
      'reason_missing',
    ],
    ['an editor who says why', 'concern', by('grace', editor), { ...declined, reason: 'r' }, null],
    ['an editor, of a blocking one', 'blocking', by('grace', editor), { ...fixed, reason: 'r' }, 'blocking'],
    ['the owner, without a word', 'blocking', by('ada', owner), fixed, 'reason_missing'],
    ['the owner, with a reason', 'blocking', by('ada', owner), { ...fixed, reason: 'r' }, null],
  ] as const)('%s', (_, kind, who, given, refusal) => {
    expect(resolveRefusal(thread(kind), who, given)).toBe(refusal)
  })
})

test('to call a concern answered takes an answer: a reply or a reason', () => {
  const concern = { kind: 'concern', authorId: 'linus' } as const
  const grace = { personId: 'grace', abilities: editor }
  const answered = { outcome: 'answered', reason: null } as const
  expect(resolveRefusal({ ...concern, answered: true }, grace, answered)).toBeNull()
  expect(resolveRefusal({ ...concern, answered: false }, grace, answered)).toBe('reason_missing')
  expect(resolveRefusal({ ...concern, answered: false }, grace, { ...answered, reason: 'r' })).toBeNull()
  expect(resolveRefusal({ ...concern, kind: 'comment', answered: false }, grace, answered)).toBeNull()
  const linus = { personId: 'linus', abilities: commenter }
  expect(resolveRefusal({ ...concern, answered: false }, linus, answered)).toBeNull()
})

test('one click stands for what happened', () => {
  expect(derivedOutcome({ kind: 'comment', changed: true, answered: true })).toBe('fixed')
  expect(derivedOutcome({ kind: 'comment', changed: false, answered: true })).toBe('answered')
  expect(derivedOutcome({ kind: 'question', changed: false, answered: false })).toBe('answered')
  expect(derivedOutcome({ kind: 'nit', changed: false, answered: false })).toBe('fixed')
})

test('a kind is its author’s to change; a concern the owner’s to promote', () => {
  const concern = { kind: 'concern', authorId: 'linus' } as const
  expect(kindRefusal(concern, { personId: 'linus', abilities: commenter }, 'nit')).toBeNull()
  expect(kindRefusal(concern, { personId: 'linus', abilities: commenter }, 'blocking')).toBe('blocking')
  const asked = { personId: 'linus', abilities: commenter, mayBlock: true }
  expect(kindRefusal(concern, asked, 'blocking')).toBeNull()
  expect(kindRefusal(concern, { ...asked, personId: 'edsger' }, 'blocking')).toBe('not_yours')
  expect(kindRefusal(concern, { personId: 'grace', abilities: editor }, 'blocking')).toBe('not_yours')
  expect(kindRefusal(concern, { personId: 'ada', abilities: owner }, 'blocking')).toBeNull()
  expect(kindRefusal(concern, { personId: 'ada', abilities: owner }, 'nit')).toBe('not_yours')
})
