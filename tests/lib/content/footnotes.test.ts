import { expect, test } from 'vitest'
import { isFootnoteLabel } from '../../../lib/content/attribute'
import type { DocumentJson } from '../../../lib/content/document-json'
import { footnotesOf, hasFootnotes, isGivenLabel, newFootnoteLabel } from '../../../lib/content/footnotes'
import { block, body } from './world'

const noted = (label: string): DocumentJson => ({ type: 'footnoteReference', attrs: { label } })
const line = (...content: DocumentJson[]): DocumentJson => ({ type: 'paragraph', content })
const footnote = (label: string, ...content: DocumentJson[]): DocumentJson => ({
  type: 'footnote',
  attrs: { label },
  content,
})

test('footnotes are numbered by their first references, wherever their texts stand', () => {
  const doc = body(
    footnote('late', block(0, 'said before it is asked for')),
    line({ type: 'text', text: 'a' }, noted('early')),
    { type: 'blockquote', content: [line(noted('nowhere'), noted('late'), noted('early'))] },
    footnote('early', line(noted('inner'))),
    footnote('inner', block(0, 'of a footnote')),
    footnote('unasked', block(0, 'for')),
  )
  const { numbers, definitions, references, duplicates } = footnotesOf(doc)
  expect([...numbers]).toEqual([
    ['early', 1],
    ['late', 2],
    ['inner', 3],
  ])
  expect([...references.keys()]).toEqual(['early', 'nowhere', 'late', 'inner'])
  for (const [label, places] of references) {
    for (const at of places) expect(doc.nodeAt(at)?.attrs).toEqual({ label })
  }
  for (const [label, at] of definitions) expect(doc.nodeAt(at)?.attrs.label).toBe(label)
  expect(references.get('early')).toHaveLength(2)
  expect(duplicates).toEqual([])
})

test('of two with one label the first is referred to, and the other one is told apart', () => {
  const doc = body(line(noted('a')), footnote('a', block(0, 'one')), {
    type: 'blockquote',
    content: [footnote('a', block(0, 'two'))],
  })
  const { definitions, duplicates } = footnotesOf(doc)
  expect(doc.nodeAt(definitions.get('a') ?? 0)?.textContent).toBe('one')
  expect(duplicates.map((at) => doc.nodeAt(at)?.textContent)).toEqual(['two'])
})

test('a block without footnotes is told apart from one that holds them somewhere', () => {
  const doc = body(
    block(0, 'text'),
    { type: 'blockquote', content: [line(noted('a'))] },
    line({ type: 'hardBreak' }),
  )
  expect(doc.children.map(hasFootnotes)).toEqual([false, true, false])
})

test('a label that is made up is legal, and known as such', () => {
  const label = newFootnoteLabel(() => 'Zk_3-9')
  expect(isFootnoteLabel(label) && isGivenLabel(label)).toBe(true)
  expect(isGivenLabel('outage')).toBe(false)
})
