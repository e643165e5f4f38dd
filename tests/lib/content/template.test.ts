import { describe, expect, test } from 'vitest'
import { recogniseTemplate } from '../../../lib/content/markdown/recognise'
import { outlineOf } from '../../../lib/content/outline'
import { guidanceLength, isGuidance } from '../../../lib/content/template/guidance'
import { templateByKey, templateDocument, templates } from '../../../lib/content/template/template'
import type { TemplateSection } from '../../../lib/content/template/template-shape'
import { checkedNode, corpusFile, corpusIsMissing, counting, idsOf } from './world'

const design = templateByKey('technical-design-document')
const sections = design?.sections ?? []
const headings = sections.map(({ title, level }) => ({ title, level }))
const keysOf = (given: { title: string; level: number }[]) =>
  [...(recogniseTemplate(given)?.sections ?? [])]
    .sort(([left], [right]) => left - right)
    .map(([index, section]) => `${index} ${section.key}`)

test('the design document has thirteen sections, numbered as in its contents', () => {
  const made = templateDocument('technical-design-document', counting())
  const doc = checkedNode(made?.content ?? { type: 'doc' })
  expect(outlineOf(doc).map(({ number, title, level }) => `${number} ${title} ${level}`)).toEqual([
    '1 Introduction 1',
    '1.1 Rationale 3',
    '1.2 Background 3',
    '1.3 Terminology 3',
    '1.4 Non-Goals 3',
    '2 Proposed Design 1',
    '2.1 System Architecture 3',
    '2.2 Data Model 3',
    '2.3 Interface/API Definitions 3',
    '2.4 Business Logic 3',
    '3 Impact 1',
    '3.1 Risks 3',
    '4 Alternatives 1',
  ])
  expect(outlineOf(doc).every((section) => section.empty)).toBe(true)
  expect(outlineOf(doc).map((section) => made?.sections[section.id])).toEqual(sections.map(({ key }) => key))
  expect(new Set(idsOf(doc)).size).toBe(idsOf(doc).length)
  expect(sections.filter(({ guidance }) => guidance === null).map(({ key }) => key)).toEqual(['introduction'])
})

test('blank is one empty paragraph, and there is no third template', () => {
  expect(templateDocument('blank', counting())).toEqual({
    content: { type: 'doc', content: [{ type: 'paragraph', attrs: { id: 'b1' }, content: [] }] },
    sections: {},
  })
  expect(templateDocument('constructor', counting())).toBeNull()
  expect(templates.map(({ key, prefix }) => `${prefix} ${key}`)).toEqual([
    'TDD technical-design-document',
    'DOC blank',
  ])
})

describe('a file is recognised', () => {
  test('by its headings, in order, with Risks at level 1 or 3', () => {
    expect(keysOf(headings)).toHaveLength(13)
    const flat = headings.map((each) => (each.title === 'Risks' ? { ...each, level: 1 } : each))
    expect(keysOf(flat)).toContain('11 risks')
    const lower = headings.map((each) => ({ ...each, title: `1.2 ${each.title.toUpperCase()}:` }))
    expect(keysOf(lower)).toHaveLength(13)
  })

  test('with 60 % of them, whatever the author added in between', () => {
    const own = { title: 'My own', level: 2 }
    expect(keysOf(headings.slice(0, 8).flatMap((each) => [own, each]))).toHaveLength(8)
    expect(keysOf(headings.slice(0, 7))).toEqual([])
  })

  test('not by headings of other levels or in another order', () => {
    expect(keysOf(headings.map((each) => ({ ...each, level: 2 })))).toEqual([])
    expect(keysOf(headings.toReversed())).toEqual([])
  })

  test('with the first of two equal headings as the section', () => {
    const twice = headings.flatMap((each) => (each.title === 'Rationale' ? [each, each] : [each]))
    expect(keysOf(twice).slice(0, 3)).toEqual(['0 introduction', '1 rationale', '3 background'])
  })
})

describe('guidance', () => {
  const rationale = sections.find(({ key }) => key === 'rationale') as TemplateSection
  const ours = rationale.guidance ?? ''

  test('is known however it is typeset, and no more once a word is changed', () => {
    expect(isGuidance(`  ${ours.replaceAll(' ', '\n')}`, rationale)).toBe(true)
    expect(isGuidance(ours.replace('today', 'now'), rationale)).toBe(false)
    expect(isGuidance('', rationale)).toBe(false)
    expect(isGuidance(ours, sections.find(({ key }) => key === 'risks') as TemplateSection)).toBe(false)
  })

  test('is taken by whole lines', () => {
    expect(guidanceLength(ours, rationale)).toBe(ours.length)
    expect(guidanceLength(`${ours}\nMine.`, rationale)).toBe(ours.length)
    expect(guidanceLength(`${ours} Mine.`, rationale)).toBe(0)
    expect(guidanceLength(`Mine.\n${ours}`, rationale)).toBe(0)
    expect(guidanceLength('x\n'.repeat(100_000), rationale)).toBe(0)
  })

  test.skipIf(corpusIsMissing)('of the corpus file is known, and is none of our words', () => {
    const source = corpusFile('technical-design-document.md')
    let title = ''
    let known = 0
    for (const line of source.split('\n').slice(20)) {
      const heading = /^#+ (.*)$/.exec(line)?.[1]
      if (heading) title = heading
      else if (line.trim() !== '') {
        const section = sections.find((each) => each.title === title) as TemplateSection
        expect(isGuidance(line, section)).toBe(true)
        expect(isGuidance(`${line} And more.`, section)).toBe(false)
        expect(section.guidance).not.toBe(line)
        known += 1
      }
    }
    expect(known).toBe(12)
  })
})
