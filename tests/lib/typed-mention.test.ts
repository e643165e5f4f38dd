import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commentParts, mentionOf, mentionsIn, namedInFull, parseReaction } from '../../lib/comment'
import { insertMention, mentionAt, sentText, typedText } from '../../lib/typed-mention'

const grace = { id: '11111111-1111-4111-8111-111111111111', name: 'Grace Hopper', email: 'grace@example.com' }
const other = { id: '22222222-2222-4222-8222-222222222222', name: 'Grace Hopper', email: 'g2@example.com' }
const short = { id: '33333333-3333-4333-8333-333333333333', name: 'Grace', email: null }

describe('what is being typed', () => {
  test.each([
    ['@', 1, { from: 0, query: '' }],
    ['Ask @gra', 8, { from: 4, query: 'gra' }],
    ['Ask @Grace Ho', 13, { from: 4, query: 'Grace Ho' }],
    ['(@gr', 4, { from: 1, query: 'gr' }],
    ['mail grace@example', 18, null],
    ['@ not', 5, null],
    ['@grace is one of us', 19, null],
    ['@a\nb', 4, null],
    ['@@', 2, null],
  ])('%j at %i', (text, caret, expected) => {
    expect(mentionAt(text, caret)).toEqual(expected)
  })
})

test('a name is put where it was begun, and is sent as who it stands for', () => {
  const typed = insertMention({ text: 'Ask @gr today', mentioned: {} }, { from: 4, to: 7 }, grace)
  expect(typed.text).toBe('Ask @Grace Hopper today')
  expect(typed.text.slice(0, typed.caret)).toBe('Ask @Grace Hopper ')
  expect(sentText(typed.text, typed.mentioned)).toBe(`Ask ${mentionOf(grace.id)} today`)
})

test('two of one name, and one whose name begins another, are three people', () => {
  let typed = { text: '@g', mentioned: {} as Record<string, string> }
  for (const person of [grace, other, short]) {
    const { text, mentioned } = insertMention(
      typed,
      { from: typed.text.length - 2, to: typed.text.length },
      person,
    )
    typed = { text: `${text}@g`, mentioned: { ...mentioned } }
  }
  expect(typed.text).toBe('@Grace Hopper @Grace Hopper (g2@example.com) @Grace @g')
  expect(mentionsIn(sentText(typed.text, typed.mentioned))).toEqual([grace.id, other.id, short.id])
})

test('a name that was changed in the field names nobody, and a longer word is another word', () => {
  const { text, mentioned } = insertMention({ text: '@', mentioned: {} }, { from: 0, to: 1 }, short)
  expect(sentText(text.replace('Grace', 'Gracé'), mentioned)).toBe('@Gracé ')
  expect(sentText('@Graceful and @Grace.', mentioned)).toBe(`@Graceful and ${mentionOf(short.id)}.`)
})

test.each([
  'A\u202Edmin',
  'Ad\u200Bmin',
  'Admin (x)*+?[1]',
  '\u2067Admin\u2069',
  '__proto__',
  'constructor',
  '$&',
  '',
])('a name of hostile signs is written without what cannot be seen, and found again: %j', (name) => {
  const person = { id: grace.id, name, email: null }
  const typed = insertMention({ text: 'Hi @', mentioned: {} }, { from: 3, to: 4 }, person)
  expect(typed.text).not.toMatch(/\p{Cf}/u)
  expect(sentText(typed.text, typed.mentioned).trim()).toBe(`Hi ${mentionOf(grace.id)}`)
})

test('a comment that is opened to be changed and sent again as it is says the same', () => {
  const people = [grace, other, short]
  const part = fc.oneof(
    fc.constantFrom(...people).map(({ id }) => mentionOf(id)),
    fc.constantFrom(' ', ', ', 'and ', '. ', '\n', 'Graceful '),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const body = parts.join(' ')
      const { text, mentioned } = typedText(body, people)
      expect(sentText(text, mentioned)).toBe(body)
      expect(text).not.toContain('@[')
    }),
  )
})

test('a comment comes apart into words and people, and back', () => {
  const body = `${mentionOf(grace.id)}, see @[nobody] and ${mentionOf(other.id)}`
  expect(commentParts(body)).toEqual([
    { personId: grace.id },
    { text: ', see @[nobody] and ' },
    { personId: other.id },
  ])
  expect(namedInFull(body, [grace])).toBe('@Grace Hopper, see @[nobody] and @somebody')
  expect(mentionsIn(`${body} ${mentionOf(grace.id)}`)).toEqual([grace.id, other.id])
})

test('reactions are a closed set', () => {
  expect(parseReaction('👍')).toBe('👍')
  for (const none of ['', '👍👍', '👍🏽', '❤', 'like', '<b>', '__proto__'])
    expect(parseReaction(none)).toBeNull()
})
