import { getSchema } from '@tiptap/core'
import UniqueID from '@tiptap/extension-unique-id'
import { describe, expect, test } from 'vitest'
import { markAttributes, nodeAttributes } from '../../../lib/content/attribute'
import { isFollowable, isKeepable } from '../../../lib/content/link-address'
import { blockTypes, contentExtensions, contentSchema } from '../../../lib/content/schema'
import {
  elementNames,
  isLegalAttribute,
  isLegalMarkValue,
  markNameOf,
  mayContain,
  mayContainText,
} from '../../../lib/content/shape'
import { block, body } from './world'

describe('the schema', () => {
  test('has a rule for each attribute, and an id on each block', () => {
    for (const [name, type] of Object.entries(contentSchema.nodes)) {
      expect(Object.keys(type.spec.attrs ?? {}).sort()).toEqual(
        Object.keys(nodeAttributes[name] ?? {}).sort(),
      )
      for (const attribute of Object.values(type.spec.attrs ?? {}))
        expect(attribute.validate).toBeTypeOf('function')
      if (type.isBlock && name !== 'doc') expect(blockTypes).toContain(name)
    }
    for (const [name, type] of Object.entries(contentSchema.marks)) {
      expect(Object.keys(type.spec.attrs ?? {}).sort()).toEqual(
        Object.keys(markAttributes[name] ?? {}).sort(),
      )
      // So that y-tiptap never stores a hashed name.
      expect(type.excludes(type)).toBe(true)
    }
    expect(Object.keys(contentSchema.marks).sort()).toEqual([
      'bold',
      'code',
      'formula',
      'italic',
      'link',
      'strike',
    ])
  })

  test('is the same with the extension that gives ids in the browser', () => {
    const schema = getSchema([...contentExtensions, UniqueID.configure({ types: [...blockTypes] })])
    const attributes = (of: typeof schema) =>
      Object.entries(of.nodes).map(([name, type]) => [
        name,
        type.spec.content,
        Object.entries(type.spec.attrs ?? {}).map(([key, spec]) => [key, spec.default]),
      ])
    expect(attributes(schema)).toEqual(attributes(contentSchema))
  })

  test('refuses values that the table does not allow', () => {
    expect(() => body({ ...block(1, 'A'), attrs: { id: null, level: 7 } })).toThrow(/heading.level/)
    expect(() => body({ ...block(0, 'A'), attrs: { id: 'two words' } })).toThrow(/paragraph.id/)
    const linked = (href: unknown) =>
      body({
        type: 'paragraph',
        content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: href as string } }] }],
      })
    expect(() => linked('https://example.com')).not.toThrow()
    expect(() => linked('javascript:alert(1)')).toThrow(/link.href/)
    expect(() => linked(['https://example.com'])).toThrow(/link.href/)
  })

  test('draws a link only with an address that may be followed', () => {
    const draw = (href: string) => {
      const type = contentSchema.marks.link
      return JSON.stringify(type?.spec.toDOM?.(type.create({ href }), true))
    }
    expect(draw('https://example.com/')).toContain('"rel":"noopener noreferrer nofollow"')
    expect(draw('#risks')).toBe('["a",{"href":"#risks"},0]')
    expect(draw('../other.md')).toBe('["a",{"data-kept-href":"../other.md"},0]')
    // Nothing else gets as far as being drawn.
    expect(() => draw('javascript:alert(1)')).toThrow(/link.href/)
  })

  test('reads from pasted HTML what is legal, and leaves out the rest', () => {
    /** As much of an element as the parse rules ask for. */
    const pasted = (attributes: Record<string, string>) =>
      ({
        getAttribute: (name: string) => attributes[name] ?? null,
        style: {},
        children: [],
      }) as unknown as HTMLElement
    const read = (
      type: { spec: { parseDOM?: readonly any[] } } | undefined,
      attributes: Record<string, string>,
    ) => type?.spec.parseDOM?.at(-1)?.getAttrs(pasted(attributes))
    const { tableCell, heading } = contentSchema.nodes
    expect(read(tableCell, { colspan: '2', rowspan: '5000', align: 'justify', 'data-id': 'c1' })).toEqual({
      colspan: 2,
      id: 'c1',
    })
    expect(read(heading, { level: '9', 'data-id': 'two words' })).toEqual({ level: 6 })
    const { link } = contentSchema.marks
    expect(read(link, { href: 'https://example.com', title: '12' })).toEqual({
      href: 'https://example.com',
      title: '12',
    })
    expect(read(link, { href: 'javascript:alert(1)' })).toBe(false)
    expect(read(link, { href: '../beside.md' })).toBe(false)
  })
})

test.each([
  ['https://example.com', true, true],
  ['HTTP://EXAMPLE.COM', true, true],
  ['mailto:ada@example.com', true, true],
  ['#risks', true, true],
  ['../kep.md', false, true],
  ['/docs/a b', false, true],
  ['javascript:alert(1)', false, false],
  ['java\nscript:alert(1)', false, false],
  ['\u0001javascript:alert(1)', false, false],
  ['jav\u200Bascript:alert(1)', false, false],
  [' data:text/html,x', false, false],
  ['vbscript:x', false, false],
  ['file:///etc/passwd', false, false],
  ['//example.com', false, false],
  ['\\\\example.com', false, false],
  ['/\t/example.com', false, false],
  ['', false, false],
  [`https://example.com/${'a'.repeat(3000)}`, false, false],
  [null, false, false],
])('address %.60j: followed %s, kept %s', (address, followed, kept) => {
  expect(isFollowable(address)).toBe(followed)
  expect(isKeepable(address)).toBe(kept)
})

describe('the shape that Yjs updates are judged by', () => {
  test('knows elements, places and attributes, and nothing that tables inherit', () => {
    expect(elementNames.has('paragraph')).toBe(true)
    for (const name of ['doc', 'text', 'constructor', '__proto__']) expect(elementNames.has(name)).toBe(false)
    expect(mayContain(null, 'heading')).toBe(true)
    expect(mayContain(null, 'listItem')).toBe(false)
    expect(mayContain('table', 'tableRow')).toBe(true)
    expect(mayContain('tableCell', 'heading')).toBe(false)
    expect(mayContain('listItem', 'blockquote')).toBe(true)
    expect(mayContain('paragraph', 'hardBreak')).toBe(true)
    expect(mayContain('constructor', 'paragraph')).toBe(false)
    expect(mayContainText('codeBlock')).toBe(true)
    expect(mayContainText('bulletList')).toBe(false)
    expect(isLegalAttribute('heading', 'level', 3)).toBe(true)
    for (const value of [0, 7, 1.5, '1', Number.NaN, [1], { a: 1 }, null]) {
      expect(isLegalAttribute('heading', 'level', value)).toBe(false)
    }
    expect(isLegalAttribute('tableCell', 'colspan', 1_000_000_000)).toBe(false)
    expect(isLegalAttribute('heading', 'constructor', 'x')).toBe(false)
    expect(isLegalAttribute('__proto__', 'id', 'x')).toBe(false)
  })

  test('knows marks and what they may carry', () => {
    expect(markNameOf('bold')).toBe('bold')
    expect(markNameOf('link--aBcD1234')).toBeNull()
    expect(markNameOf('comment')).toBeNull()
    expect(markNameOf('__proto__')).toBeNull()
    expect(isLegalMarkValue('bold', {})).toBe(true)
    expect(isLegalMarkValue('bold', null)).toBe(true)
    expect(isLegalMarkValue('bold', { onclick: 'x' })).toBe(false)
    expect(isLegalMarkValue('bold', true)).toBe(false)
    expect(isLegalMarkValue('link', { href: 'https://example.com', title: null })).toBe(true)
    expect(isLegalMarkValue('link', { href: 'javascript:x', title: null })).toBe(false)
    expect(isLegalMarkValue('link', [])).toBe(false)
  })
})
