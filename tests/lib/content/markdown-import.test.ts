import { describe, expect, test } from 'vitest'
import type { DocumentJson } from '../../../lib/content/document-json'
import { maxLosses } from '../../../lib/content/markdown/losses'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { outlineOf } from '../../../lib/content/outline'
import { PublicError } from '../../../lib/errors'
import { checkedNode, corpusFile, corpusIsMissing, counting, idsOf } from './world'

const read = (text: string) => {
  const imported = importMarkdown(text, { newId: counting() })
  const doc = checkedNode(imported.content)
  expect(new Set(idsOf(doc)).size).toBe(idsOf(doc).length)
  expect(idsOf(doc)).not.toContain(null)
  return { ...imported, doc }
}
const text = (source: string) => {
  const { doc } = read(source)
  return doc.textBetween(0, doc.content.size, '\n', '⏎')
}
const lossesOf = (source: string) => read(source).losses.map(({ line, what }) => `${line}: ${what}`)
const types = (source: string) => read(source).content.content?.map(({ type }) => type)
const first = (source: string): DocumentJson => read(source).content.content?.[0] as DocumentJson
/** Inline content as `text` or `text(mark mark)`. */
const inline = (source: string) =>
  first(source).content?.map(({ type, text: said, marks }) =>
    type === 'text' ? `${said}${marks ? `(${marks.map((mark) => mark.type).join(' ')})` : ''}` : type,
  )

describe('blocks', () => {
  test('of every kind', () => {
    const source =
      '## A\n\nb\nc\n\n- d\n\n3. e\n\n> f\n\n```rust,ignore x=1\ng\n```\n\n---\n\n| h |\n| - |\n| i |\n\n- [x] j'
    expect(types(source)).toEqual([
      'heading',
      'paragraph',
      'bulletList',
      'orderedList',
      'blockquote',
      'codeBlock',
      'horizontalRule',
      'table',
      'taskList',
    ])
    expect(text(source)).toBe('A\nb c\nd\ne\nf\ng\n⏎\nh\ni\nj')
    expect(read(source).losses).toEqual([])
    expect(first('3. e').attrs).toMatchObject({ start: 3 })
    expect(first('```rust,ignore x=1\ng\n```').attrs).toMatchObject({ language: 'rust,ignore x=1' })
  })

  test('keep tasks and plain items apart, in order', () => {
    expect(types('- [x] a\n- b\n- [ ] c')).toEqual(['taskList', 'bulletList', 'taskList'])
    expect(text('1. [x] a')).toBe('☑ a')
    expect(lossesOf('1. [x] a')).toEqual(['1: A box in a numbered list became the character ☐ or ☑.'])
  })

  test('fill tables to a rectangle', () => {
    const rows = first('| a | b |\n| :-: | - |\n| 1 |\n| 1 | 2 |').content ?? []
    expect(rows.map((row) => row.content?.map((cell) => `${cell.type} ${cell.attrs?.align}`))).toEqual([
      ['tableHeader center', 'tableHeader null'],
      ['tableCell center', 'tableCell null'],
      ['tableCell center', 'tableCell null'],
    ])
    const headless = first('|  |\n| - |\n| a |').content ?? []
    expect(headless.map((row) => row.content?.[0]?.type)).toEqual(['tableCell'])
  })

  test('are one empty paragraph when there are none', () => {
    expect(read('').doc.toJSON().content).toEqual([{ type: 'paragraph', attrs: { id: 'b1' } }])
    expect(types('<!-- nothing else -->')).toEqual(['paragraph'])
  })
})

describe('text', () => {
  test('has its marks, however deep they are nested', () => {
    expect(inline('a **b *c* ~~d~~** [`e`](https://example.com)')).toEqual([
      'a ',
      'b (bold)',
      'c(bold italic)',
      ' (bold)',
      'd(bold strike)',
      ' ',
      'e(link code)',
    ])
    expect(inline(`${'**'.repeat(300)}a${'**'.repeat(300)}`)).toEqual(['a(bold)'])
    expect(inline('a  \nb\\\nc<br>d')).toEqual(['a', 'hardBreak', 'b', 'hardBreak', 'c', 'hardBreak', 'd'])
  })

  test('keeps what only looks like HTML', () => {
    expect(text('A Vec<T> of <U>, not <b>bold</b>')).toBe('A Vec<T> of <U>, not bold')
    expect(lossesOf('A Vec<T> of <b>bold</b>')).toEqual([
      '1: The HTML tag <b> was left out; the text inside it was kept.',
    ])
  })

  test('has no NUL and no half characters; direction overrides stay', () => {
    expect(text('a\0b\uD800c &#0; \u202Edcba')).toBe('a\uFFFDb\uFFFDc \uFFFD \u202Edcba')
    expect(read('# \u202Eevil\u0007 name').title).toBe('evil name')
  })
})

describe('links and images', () => {
  test('lead nowhere but to the web, to mail, and into the document', () => {
    const hrefs = (source: string) =>
      first(source).content?.flatMap(({ marks }) => marks?.map((mark) => mark.attrs?.href) ?? [])
    expect(hrefs('[a](https://example.com "t") <mailto:a@b.example> [c][x]\n\n[x]: #c')).toEqual([
      'https://example.com',
      'mailto:a@b.example',
      '#c',
    ])
    expect(
      hrefs('[a](javascript:alert(1)) [b](data:text/html,x) [c](java&#10;script:x) [d](//e.example)'),
    ).toEqual([])
    expect(text('see [a](ftp://example.com/x)')).toBe('see a (ftp://example.com/x)')
    expect(lossesOf('x\n\n[a](vbscript:x)')).toEqual([
      '3: A link with vbscript: became text; links here are http, https or mailto.',
    ])
  })

  test('to files beside this one are kept, and told once', () => {
    const { losses, content } = read('[a](../a.md)\n\n[b](b.md#c)')
    expect(content.content?.[1]?.content?.[0]?.marks?.[0]?.attrs?.href).toBe('b.md#c')
    expect(losses).toEqual([
      {
        line: 1,
        what: '2 links lead to files beside this one. They were kept as they are, but cannot be followed here.',
      },
    ])
  })

  test('images become links', () => {
    expect(text('![Flow](https://example.com/flow.svg) ![](a/b.png) <img src="c.png" alt="C">')).toBe(
      'Flow b.png C',
    )
    expect(inline('[![badge](https://example.com/b.svg)](https://example.com)')).toEqual(['badge(link)'])
    expect(text('![x](data:image/png;base64,AAAA)')).toBe('x')
    expect(lossesOf('![x](data:image/png;base64,AAAA)')).toEqual(['1: An image became its description.'])
  })
})

describe('what a body cannot hold is told with its line', () => {
  test.each([
    ['a\n\n<!-- hidden -->', ['3: A comment (<!-- … -->) was left out.']],
    ['[x]: https://example.com', ['1: The link definition “x” is used nowhere and was left out.']],
    ['[x]: #place', []],
    ['<div>\n<p>text</p>\n</div>', ['1: HTML was kept as a block of code.']],
    [
      '---\ntitle: T\n---\n',
      ['1: The properties at the top of the file (YAML) were kept as a block of code.'],
    ],
  ])('%j', (source, expected) => {
    expect(lossesOf(source)).toEqual(expected)
  })

  test('and its text is kept', () => {
    expect(text('<details>\n<summary>More</summary>\n\ninside\n\n</details>')).toBe('More\ninside')
    expect(types('<div>\n<p>text</p>\n</div>')).toEqual(['codeBlock'])
    expect(text('---\ntitle: "T"\n---\nbody')).toBe('title: "T"\nbody')
    expect(read('---\ntitle: "T"\n---\nbody').title).toBe('T')
    expect(text('<!-- a --> and on')).toBe('and on')
  })

  test('in a list that does not grow without end', () => {
    const { losses } = read('<sub>x</sub>\n\n'.repeat(maxLosses + 7))
    expect(losses).toHaveLength(maxLosses + 1)
    expect(losses.at(-1)).toEqual({ line: 0, what: '7 more of the same kinds.' })
  })
})

describe('the title', () => {
  test.each([
    ['# A *b* `c`\n\ntext', 'A b c'],
    ['## A\n\ntext', 'A'],
    ['intro\n\n# A\n\n## B', 'A'],
    ['- name: x\n\n# Summary\n\n# Motivation', null],
    ['text', null],
    [`# ${'😀'.repeat(150)}`, '😀'.repeat(100)],
  ])('%j', (source, title) => {
    expect(read(source).title).toBe(title)
  })

  test('is taken out of the text where the file begins with it', () => {
    const { title, titleHeading, content } = read('<!-- toc -->\n\n# Retry payments\n\n## Why\n\ntext')
    expect({ title, titleHeading }).toEqual({ title: 'Retry payments', titleHeading: true })
    expect(content.content?.map((node) => node.content?.[0]?.text)).not.toContain('Retry payments')
    expect(read('# Only a title').content.content).toHaveLength(1)
  })

  test.each([
    ['it is one of several headings of its level', '# A\n\ntext\n\n# B'],
    ['it has marks, which a title has not', '# A *b*\n\n## C'],
    ['it is longer than a title can be', `# ${'a'.repeat(300)}\n\n## C`],
    ['something stands above it', 'text\n\n# A\n\n## B'],
    ['it is of a lower level', '## A\n\ntext'],
    ['the properties of the file give another', '---\ntitle: T\n---\n# A\n\n## B'],
  ])('stays in the text where %s', (_, source) => {
    expect(read(source).titleHeading).toBe(false)
    expect(types(source)).toContain('heading')
  })
})

describe('front matter', () => {
  const front = '# My title\nstatus: draft\n\n### Table of contents\n- [A](#a)\n    - [B](#b)\n\n'

  test('gives the title, and is no part of the body', () => {
    const { title, content, losses } = read(`${front}# A\n\n### B\n\ntext`)
    expect(title).toBe('My title')
    expect(content.content?.map((node) => node.content?.[0]?.text)).toEqual(['A', 'B', 'text'])
    expect(losses).toEqual([])
  })

  test('says so when a status is not taken over, and keeps what stands below it', () => {
    const { losses, content } = read(front.replace('draft', 'approved\nauthors: Ada'))
    expect(losses).toEqual([
      { line: 2, what: 'The status in the file was not taken over: the document begins as a draft.' },
    ])
    expect(content.content?.[0]?.content?.[0]?.text).toBe('authors: Ada')
  })

  test.each([
    ['no status line', front.replace('status: draft\n', '')],
    ['no contents', front.replace('### Table of contents', '### Other')],
    ['contents that are more than links', front.replace('- [A](#a)', '- [A](#a) and more')],
    ['contents that lead elsewhere', front.replace('#a', 'https://example.com')],
    ['a title of level 2', `#${front}`],
    ['text before it', `text\n\n${front}`],
  ])('is not there with %s', (_, source) => {
    expect(types(source)).toContain('bulletList')
    expect(`${read(source).title}\n${text(source)}`).toContain('My title')
  })
})

describe.skipIf(corpusIsMissing)('the corpus template file', () => {
  const source = corpusIsMissing ? '' : corpusFile('technical-design-document.md')

  test('becomes a document on our template, every section known and no guidance in it', () => {
    const { title, templateKey, sections, losses, doc } = read(source)
    expect({ title, templateKey, losses }).toEqual({
      title: 'Technical Design Document',
      templateKey: 'technical-design-document',
      losses: [],
    })
    const outline = outlineOf(doc)
    expect(Object.keys(sections)).toEqual(outline.map(({ id }) => id))
    expect(outline.every(({ empty }) => empty)).toBe(true)
    expect(outline.find(({ title: name }) => name === 'Risks')).toMatchObject({ level: 3, number: '3.1' })
    // A paragraph to write in, in each section that asks for something.
    expect(doc.childCount).toBe(13 + 12)
  })

  test('keeps what an author changed, wrote beneath, or put in between', () => {
    const lines = source.split('\n')
    const at = (title: string) => lines.indexOf(`### ${title}`) + 1
    lines[at('Rationale')] += ' Because of the crawler.'
    lines[at('Background')] += '\nIt began in 2019.'
    lines[at('Terminology')] += '\n\n- **Bucket**: an allowance'
    lines[lines.indexOf('# Risks') + 1] += '\n\n### Known\n\nSome.'
    const { doc, sections } = read(lines.join('\n'))
    const outline = outlineOf(doc)
    const own = (title: string) => {
      const section = outline.find((each) => each.title === title)
      return doc.textBetween(section?.ownFrom ?? 0, section?.ownEnd ?? 0, '|')
    }
    expect(own('Rationale')).toMatch(/Because of the crawler\.$/)
    expect(own('Background')).toBe('It began in 2019.')
    expect(own('Terminology')).toBe('Bucket: an allowance')
    // What stands in a section that changes its level goes with it.
    expect(outline.find(({ title }) => title === 'Known')).toMatchObject({ level: 5, number: '3.1.1' })
    expect(Object.keys(sections)).toHaveLength(13)
  })
})

describe('a hostile file', () => {
  const refusal = (source: string) => {
    try {
      read(source)
    } catch (error) {
      return error instanceof PublicError ? `${error.code}: ${error.message}` : `unnamed: ${error}`
    }
    return 'taken'
  }

  test('that nests quotes or lists too deep is refused with the line', () => {
    expect(refusal(`x\n\n${'>'.repeat(80)}x`)).toBe(
      'schema: Quotes, lists or details in this file are nested more than 64 deep (line 3). Flatten them and import it again.',
    )
    expect(refusal(`${'- '.repeat(60)}x`)).toMatch(/^schema: .*64 deep/)
    expect(refusal('>'.repeat(20_000))).toMatch(/^schema: .*line 1/)
    expect(refusal('1. '.repeat(20_000))).toMatch(/^schema: .*line 1/)
    expect(refusal(`${'>'.repeat(60)}x`)).toBe('taken')
    // A long rule is no nesting.
    expect(refusal('- '.repeat(2_000))).toBe('taken')
  })

  test('of one line of a million characters is refused with what to do', () => {
    expect(refusal('a'.repeat(250_000))).toBe('taken')
    expect(refusal('a'.repeat(1_000_000))).toBe(
      'too_large: This file has a paragraph of 1,000,000 characters, and at most 250,000 can be shown. Break it into several, then import it again.',
    )
  })

  test('with a table that multiplies is kept as text', () => {
    const { losses, content } = read(`${'|a'.repeat(300)}|\n${'|-'.repeat(300)}|\n${'|b\n'.repeat(300)}`)
    expect(content.content?.map(({ type }) => type)).toEqual(['codeBlock'])
    expect(losses[0]?.what).toBe('A table of 301 rows and 300 columns is too large and was kept as text.')
  })

  test('of comments and tags that never end is read in one pass', () => {
    expect(refusal('<!--'.repeat(100_000))).toBe('taken')
    expect(refusal('<div '.repeat(45_000))).toBe('taken')
    expect(refusal(`<div>${'<a "'.repeat(50_000)}`)).toBe('taken')
  })
})
