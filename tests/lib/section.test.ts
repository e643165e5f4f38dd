import { expect, test } from 'vitest'
import { outlineOf } from '../../lib/content/outline'
import { digestOfSection } from '../../lib/content/section-digest'
import { completenessOf, normaliseReason, reasonMax, type SaidOfSection, statesOf } from '../../lib/section'
import { block, body } from './content/world'

const page = (said: Record<string, SaidOfSection>, words: Partial<Record<'b' | 'c' | 'd', string>> = {}) => {
  const doc = body(
    block(1, 'Introduction', 'a'),
    block(3, 'Rationale', 'b'),
    block(0, words.b ?? 'Why.', 'pb'),
    block(3, 'Background', 'c'),
    block(0, words.c ?? 'Since when.', 'pc'),
    block(1, 'Own', 'd'),
    block(0, words.d ?? 'More.', 'pd'),
  )
  const states = statesOf({
    sections: outlineOf(doc),
    isAsked: ({ id }) => id === 'b' || id === 'c',
    isOfTemplate: ({ id }) => id !== 'd',
    said: ({ id }) => said[id] ?? null,
    digest: (section) => digestOfSection(doc, section),
  })
  const digest = (id: string) => {
    const section = outlineOf(doc).find((one) => one.id === id)
    return section ? digestOfSection(doc, section) : ''
  }
  return { states, digest, state: (id: string) => states.get(id)?.state }
}
const ready = (digest: string): SaidOfSection => ({ state: 'ready', digest })
const out: SaidOfSection = { state: 'not_applicable', digest: null }

test('a heading that only holds others says what they say together', () => {
  const { digest } = page({})
  const [b, c] = [ready(digest('b')), ready(digest('c'))]
  const introduction = (said: Record<string, SaidOfSection>, words = {}) => page(said, words).state('a')
  expect(introduction({})).toBe('writing')
  expect(introduction({}, { b: '', c: '' })).toBe('empty')
  expect(introduction({ b })).toBe('writing')
  expect(introduction({ b, c })).toBe('ready')
  expect(introduction({ b, c: out })).toBe('ready')
  expect(introduction({ b: out, c: out })).toBe('not_applicable')
  expect(introduction({ b, c }, { c: 'Since then.' })).toBe('changed_since_ready')
  // One that was said of it itself, when it held nothing yet, does not count.
  expect(introduction({ a: out })).toBe('writing')
})

test('what the template has and asks for counts, a section of the author’s own does not', () => {
  const { digest } = page({})
  const { states } = page({ b: ready(digest('b')), d: ready(digest('d')) })
  expect(states.get('d')).toEqual({ state: 'ready', holds: false, counts: false })
  expect(completenessOf(states.values())).toEqual({ ready: 1, of: 2 })
})

test('the digest is of what is said, not of how it is typed', () => {
  const of = (words: string) => page({}, { b: words }).digest('b')
  expect(of('“Why” – because.')).toBe(of('"Why"  - because. '))
  expect(of('Why')).not.toBe(of('why'))
  expect(page({}, { c: 'Another.' }).digest('b')).toBe(page({}).digest('b'))
  expect(of('Why.')).toMatch(/^[0-9a-f]{32}$/)
})

test('a reason is one line of what can be read', () => {
  expect(normaliseReason('  Not\n stored ')).toBe('Not stored')
  for (const wrong of ['', ' \n', 'a\u0000b', '\ud800', 'x'.repeat(reasonMax + 1)]) {
    expect(normaliseReason(wrong)).toBeNull()
  }
})
