import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockIdsOf, unwrittenIdsOf } from '../../../lib/content/block-id'
import { slugsOf } from '../../../lib/content/markdown/slug'
import { outlineOf, preambleId, sectionAt } from '../../../lib/content/outline'
import { block, body } from './world'

const numbers = (...levels: number[]) =>
  outlineOf(body(...levels.map((level, index) => block(level, `H${index}`)))).map((section) => section.number)

describe('sections', () => {
  test('are numbered by rank, not by level', () => {
    expect(numbers(1, 3, 3, 1, 3)).toEqual(['1', '1.1', '1.2', '2', '2.1'])
    expect(numbers(3, 1, 2, 6, 4)).toEqual(['1', '2', '2.1', '2.1.1', '2.1.2'])
    expect(numbers(1, 3, 2, 3)).toEqual(['1', '1.1', '1.2', '1.2.1'])
  })

  test('have content of their own up to the next heading, and a scope up to the next of their rank', () => {
    const doc = body(block(1, 'A'), block(0, 'own'), block(3, 'B'), block(0, 'in b'), block(1, 'C'))
    const [a, b, c] = outlineOf(doc)
    expect(doc.textBetween(a?.ownFrom ?? 0, a?.ownEnd ?? 0)).toBe('own')
    expect(doc.textBetween(a?.from ?? 0, a?.to ?? 0, ' ')).toBe('A own B in b')
    expect(b).toMatchObject({ parent: 0, depth: 2, to: c?.from })
    expect(c).toMatchObject({ empty: true, hasSubsections: false, to: doc.content.size })
    expect(a?.hasSubsections).toBe(true)
    expect(
      sectionAt(
        [a, b, c].filter((each) => each !== undefined),
        (b?.from ?? 0) + 1,
      )?.id,
    ).toBe(b?.id)
  })

  test('are empty while there is nothing but white space in them', () => {
    const rule = { type: 'horizontalRule' }
    const list = (text: string) => ({
      type: 'bulletList',
      content: [{ type: 'listItem', content: [block(0, text)] }],
    })
    const empties = (...own: Parameters<typeof body>) => outlineOf(body(block(1, 'A'), ...own))[0]?.empty
    expect(empties()).toBe(true)
    expect(empties(block(0, ' \u00A0\t'), list(''))).toBe(true)
    expect(empties(block(0, ''), list('x'))).toBe(false)
    expect(empties(rule)).toBe(false)
    const [parent] = outlineOf(body(block(1, 'A'), block(3, 'B'), block(0, 'text')))
    expect(parent).toMatchObject({ empty: true, scopeEmpty: false })
  })

  test('before the first heading are the preamble, once something stands there', () => {
    expect(outlineOf(body(block(0, ''), block(1, 'A'))).map((section) => section.id)).not.toContain(
      preambleId,
    )
    const doc = body(block(0, 'Hello'), block(1, 'A', preambleId))
    const [preamble, stolen] = outlineOf(doc)
    expect(preamble).toMatchObject({ id: preambleId, level: 0, number: '', from: 0, to: 7, empty: false })
    expect(stolen?.id).toBe('preamble-2')
    expect(outlineOf(body(block(0, 'No heading at all')))).toHaveLength(1)
  })

  test('do not come from headings inside quotes', () => {
    expect(outlineOf(body({ type: 'blockquote', content: [block(1, 'A')] }))).toMatchObject([
      { id: preambleId },
    ])
  })
})

describe('ids', () => {
  test('belong to their first holder; later ones have a derived id that nobody else has', () => {
    const doc = body(
      block(1, 'A', 'x'),
      block(0, 'B', 'x'),
      block(1, 'C', 'x'),
      block(1, 'D', 'x-2'),
      block(0, 'E'),
    )
    expect([...blockIdsOf(doc).values()]).toEqual(['x', 'x-3', 'x-4', 'x-2', 'block-2'])
    expect(outlineOf(doc).map((section) => section.id)).toEqual(['x', 'x-4', 'x-2'])
    expect(unwrittenIdsOf(doc).map(({ position, id }) => [doc.nodeAt(position)?.textContent, id])).toEqual([
      ['B', 'x-3'],
      ['C', 'x-4'],
      ['E', 'block-2'],
    ])
  })

  test('of a thousand twins are derived in one pass', () => {
    const doc = body(...Array.from({ length: 2_000 }, () => block(1, 'same', 'twin')))
    expect(new Set(outlineOf(doc).map((section) => section.id)).size).toBe(2_000)
  })
})

const blocks = fc.array(
  fc.record({
    level: fc.integer({ min: 0, max: 6 }),
    text: fc.constantFrom('', ' ', 'Some text', 'Risks'),
    id: fc.constantFrom(null, 'a', 'b', 'a-2', 'preamble', 'block'),
  }),
  { minLength: 1, maxLength: 60 },
)

test('an outline partitions the document, whatever stands in it', () => {
  fc.assert(
    fc.property(blocks, (given) => {
      const doc = body(...given.map(({ level, text, id }) => block(level, text, id)))
      const sections = outlineOf(doc)
      const headings = given.filter(({ level }) => level > 0)
      expect(sections.filter((section) => section.level > 0).map((section) => section.level)).toEqual(
        headings.map(({ level }) => level),
      )
      expect(new Set(sections.map((section) => section.id)).size).toBe(sections.length)
      const numbered = sections.filter((section) => section.level > 0)
      expect(new Set(numbered.map((section) => section.number)).size).toBe(numbered.length)
      for (const [index, section] of sections.entries()) {
        // Own contents touch: nothing is in two sections or in none.
        expect(section.ownEnd).toBe(sections[index + 1]?.from ?? doc.content.size)
        expect(section.from).toBeLessThanOrEqual(section.ownFrom)
        expect(section.depth).toBe(section.number === '' ? 0 : section.number.split('.').length)
        const within = sections.filter((other, at) => at > index && other.from < section.to)
        expect(within.every((other) => section.level > 0 && other.level > section.level)).toBe(true)
        expect(section.scopeEmpty).toBe([section, ...within].every((each) => each.empty))
        const after = sections.find((other) => other.from >= section.to && other.from > section.from)
        if (after && section.level > 0) expect(after.level).toBeLessThanOrEqual(section.level)
      }
    }),
    { numRuns: 150 },
  )
})

test('slugs are those of GitHub', () => {
  expect(
    slugsOf(['Interface/API Definitions', 'Non-Goals', 'Über uns: 2', 'A', 'A', 'a 1', 'A-1'], ['A']),
  ).toEqual(['interfaceapi-definitions', 'non-goals', 'über-uns-2', 'a-1', 'a-2', 'a-1-1', 'a-1-2'])
})
