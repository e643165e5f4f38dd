import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Section } from '../../../components/version/redline-section'
import type { DocumentJson } from '../../../lib/content/document-json'
import { redlineOf } from '../../../lib/content/redline/redline-build'
import { said } from '../../lib/content/any-body'
import { anyChange } from '../../lib/content/any-change'
import { everyBlock, pictureAt } from '../../lib/content/every-block'
import { block, body, checkedNode } from '../../lib/content/world'

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

test('code is drawn in the order in which it is run, whatever stands in it', () => {
  const code = (text: string): DocumentJson => ({
    type: 'codeBlock',
    attrs: { id: 'c', language: null },
    content: [{ type: 'text', text }],
  })
  const html = drawn(body(code('if (admin) {')), body(code('if (admin \u202e) {')))
    .map((one) => one.html)
    .join('')
  expect(html).toContain('<span class="turning" data-name="RLO">\u202e</span>')
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

test('every block is drawn as the document draws it; a picture from elsewhere is never asked for', () => {
  const doc = checkedNode(everyBlock)
  const html = drawn(body(block(0, 'x', 'q')), doc)
    .map((one) => one.html)
    .join('')
  for (const part of [
    'data-callout="warning"',
    'class="decision-state">Accepted<',
    'Ada, Grace · 26 November 2026',
    'class="details is-open"',
    'data-footnote="outage"',
    `<img src="${pictureAt}" alt="Small"`,
    '<b>report [final].pdf</b>',
    '<span class="mention">@<bdi>Ada Lovelace</bdi></span>',
    '<sup class="footnote-reference">[outage]</sup>',
    '<code>d_n = 2^n',
  ])
    expect(html).toContain(part)
  expect(html).not.toMatch(/src="(?!\/api\/v1\/attachments\/)/)
})

test('what became of a decision, a callout, a picture and a file is said in words', () => {
  const alike = (
    attrs: Record<string, string | null>,
    type: string,
    content?: DocumentJson[],
  ): DocumentJson => ({
    type,
    attrs: { id: type, ...attrs },
    ...(content ? { content } : {}),
  })
  const words = [block(0, 'w', 'w')]
  const before = body(
    alike({ state: 'proposed', day: null, deciders: null }, 'decision', words),
    alike({ src: pictureAt, alt: null }, 'image'),
    alike({ src: pictureAt, name: 'a.pdf' }, 'file'),
    alike({ kind: 'note' }, 'callout', [block(0, 'v', 'v')]),
  )
  const after = body(
    alike({ state: 'accepted', day: '2026-11-26', deciders: 'Ada' }, 'decision', words),
    alike({ src: pictureAt, alt: 'A queue' }, 'image'),
    alike({ src: pictureAt, name: 'b.pdf' }, 'file'),
    alike({ kind: 'tip' }, 'callout', [block(0, 'v', 'v')]),
  )
  const [{ html } = { html: '' }] = drawn(before, after)
  for (const said of ['Was proposed, by nobody named', 'Was not described', 'Was named a.pdf', 'Was note'])
    expect(html).toContain(`<span class="redline-note">${said}</span>`)
})
