import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readBody, readBodyWithCount } from '../../../lib/content/read-body'
import { seedUpdate } from '../../../lib/content/seed'
import { fragmentName } from '../../../lib/content/shape'
import { sampleDocument } from '../../../lib/content/template/sample'
import { block, checkedNode, counting, idsOf } from './world'

const sample = () => sampleDocument(counting())

/** A Y.Doc with a body written by hand, as a program or a hostile client would. */
function written(write: (fragment: Y.XmlFragment) => void): Y.Doc {
  const doc = new Y.Doc()
  write(doc.getXmlFragment(fragmentName))
  return doc
}

function element(
  name: string,
  attributes: Record<string, any> = {},
  ...children: (Y.XmlElement | Y.XmlText)[]
) {
  const made = new Y.XmlElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.insert(0, children)
  return made
}

function text(value: string, marks: object = {}): Y.XmlText {
  const made = new Y.XmlText()
  made.insert(0, value, marks)
  return made
}

describe('a seed', () => {
  test('holds the whole body, ids and all, and is the same every time', () => {
    const { content } = sample()
    const update = seedUpdate(content, 77)
    expect(readBody(update).toJSON()).toEqual(checkedNode(content).toJSON())
    expect(seedUpdate(content, 77)).toEqual(update)
    const { from } = Y.parseUpdateMeta(update)
    expect([...from.keys()]).toEqual([77])
  })

  test('is refused when it does not fit the schema', () => {
    expect(() =>
      seedUpdate({ type: 'doc', content: [{ type: 'listItem', content: [block(0, 'x')] }] }, 1),
    ).toThrow(RangeError)
  })
})

describe('reading a body', () => {
  test('never changes the Y.Doc, not even one that the editor would repair', () => {
    const doc = written((fragment) => {
      fragment.push([
        element('bulletList'),
        element('widget', {}, text('?')),
        element('paragraph', {}, text('kept')),
      ])
    })
    const before = Y.encodeStateAsUpdate(doc)
    let changes = 0
    doc.on('update', () => changes++)
    const { doc: body, dropped } = readBodyWithCount(doc)
    expect(body.textContent).toBe('kept')
    expect(dropped).toBe(2)
    expect(changes).toBe(0)
    expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
  })

  test('leaves out what the schema cannot build, and says how much', () => {
    const doc = written((fragment) => {
      fragment.push([
        element(
          'heading',
          { level: 2, onclick: 'x', id: ['a'] },
          text('A', { bold: {}, comment: { id: 1 } }),
        ),
        element('heading', { level: 99 }, text('B', { link: { href: 'javascript:x' } })),
        element('codeBlock', {}, text('code', { bold: {} })),
        element('__proto__'),
        element('doc'),
        element('listItem', {}, element('paragraph')),
        text('loose'),
      ])
    })
    const { doc: body, dropped } = readBodyWithCount(doc)
    body.check()
    expect(body.content.toJSON()).toEqual([
      {
        type: 'heading',
        attrs: { id: null, level: 2 },
        content: [{ type: 'text', text: 'A', marks: [{ type: 'bold' }] }],
      },
      { type: 'heading', attrs: { id: null, level: 1 }, content: [{ type: 'text', text: 'B' }] },
      { type: 'codeBlock', attrs: { id: null, language: null }, content: [{ type: 'text', text: 'code' }] },
    ])
    expect(dropped).toBe(10)
  })

  test('stops at the depth limit', () => {
    const doc = written((fragment) => {
      const top = element('blockquote')
      fragment.push([top])
      let at = top
      for (let depth = 0; depth < 300; depth++) {
        const next = element('blockquote')
        at.insert(0, [next])
        at = next
      }
      fragment.push([element('paragraph', {}, text('beside'))])
    })
    const { doc: body, dropped } = readBodyWithCount(doc)
    expect(body.textContent).toBe('beside')
    expect(dropped).toBeGreaterThan(0)
  })

  test('of nothing is one empty paragraph', () => {
    expect(readBody(new Y.Doc()).toJSON()).toEqual({
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { id: null } }],
    })
  })
})

test('the sample fits the schema, shows everything, and leaves one section empty', () => {
  const { title, templateKey, content, sections } = sample()
  const doc = checkedNode(content)
  expect(title).toBe('Fair limits for the public API')
  expect(templateKey).toBe('technical-design-document')
  expect(Object.keys(sections)).toHaveLength(13)
  expect(new Set(idsOf(doc)).size).toBe(idsOf(doc).length)
  const used = new Set<string>()
  doc.descendants((node) => {
    used.add(node.type.name)
    for (const mark of node.marks) used.add(mark.type.name)
  })
  for (const name of [
    'bulletList',
    'orderedList',
    'taskList',
    'table',
    'codeBlock',
    'blockquote',
    'link',
    'strike',
  ]) {
    expect(used).toContain(name)
  }
})
