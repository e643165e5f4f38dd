import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Section } from '../../../components/version/redline-section'
import { redlineOf } from '../../../lib/content/redline-build'
import { said } from '../../lib/content/any-body'
import { anyChange } from '../../lib/content/any-change'
import { block, body } from '../../lib/content/world'

const ada = '00000000-0000-4000-8000-000000000001'
const names = new Map([[ada, 'Ada Lovelace']])
const drawn = (before: ProseMirrorNode, after: ProseMirrorNode, authors = new Map()) =>
  redlineOf({ doc: before, authors: new Map() }, { doc: after, authors }).sections.map((section) => ({
    section,
    html: renderToStaticMarkup(<Section section={section} names={names} />),
  }))
const count = (html: string, part: string) => html.split(part).length - 1

test('every place that differs is one stop, whatever became what', () => {
  fc.assert(
    fc.property(anyChange, ([before, after]) => {
      for (const { section, html } of drawn(before, after)) {
        expect(`${section.id}: ${count(html, 'data-stop')}`).toBe(`${section.id}: ${section.changes}`)
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  )
})

test('who wrote what was added is said on hover and in words', () => {
  const before = body(block(1, 'Why', 'h'), block(0, 'Retries cost.', 'p'))
  const after = body(block(1, 'Why', 'h'), block(0, 'Retries often cost.', 'p'))
  const [{ html } = { html: '' }] = drawn(before, after, new Map([['p', [{ author: ada, length: 19 }]]]))
  expect(html).toContain('<ins title="Added by Ada Lovelace">often </ins>')
  expect(html).toContain('data-said="Added by Ada Lovelace: often"')
})

test('what an address must not be is drawn without one', () => {
  const link = { type: 'link', attrs: { href: '../a.md', title: null } }
  const text = { type: 'paragraph', attrs: { id: 'p' }, content: [said(['a path', link]), said([' and '])] }
  const html = drawn(body(block(0, 'x', 'q')), body(text))
    .map((one) => one.html)
    .join('')
  expect(html).toContain('<u>a path</u>')
  expect(html).not.toContain('href')
})

test('a moved block and a heading of another level say so', () => {
  const before = body(
    block(1, 'A', 'a'),
    block(0, 'first', 'p'),
    block(0, 'second', 'q'),
    block(0, 'third', 'r'),
  )
  const after = body(
    block(2, 'A', 'a'),
    block(0, 'second', 'q'),
    block(0, 'third', 'r'),
    block(0, 'first', 'p'),
  )
  const [{ html } = { html: '' }] = drawn(before, after)
  expect(html).toContain('Was a heading of level 1')
  expect(html).toMatch(/Moved here<\/span>first/)
})
