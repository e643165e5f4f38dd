import { describe, expect, test } from 'vitest'
import type { DocumentJson } from '../../../lib/content/document-json'
import { exportMarkdown } from '../../../lib/content/markdown/markdown-export'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { adaId, pictureAt, reportAt, sayableBlocks, unsayableBlocks } from './every-block'
import { block, checkedNode, counting } from './world'

const read = (text: string) => importMarkdown(text, { newId: counting() })
const write = (json: DocumentJson) =>
  exportMarkdown(checkedNode(json), {
    title: 'T',
    status: 'draft',
    templateKey: 'blank',
    titleHeading: false,
  })
const markdown = (...content: DocumentJson[]) => write({ type: 'doc', content })

/** A body as its kinds, attributes and text: `callout note(paragraph "a")`. */
function shape(node: DocumentJson): string {
  if (node.type === 'text') {
    const marks = (node.marks ?? [])
      .map(({ type }) => type)
      .sort()
      .join(' ')
    return `${marks ? `${marks} ` : ''}${JSON.stringify(node.text)}`
  }
  const attrs = Object.entries(node.attrs ?? {}).filter(
    ([key, value]) => key !== 'id' && value !== null && !(key.endsWith('span') && value === 1),
  )
  const said = [node.type, ...attrs.map(([, value]) => String(value))].join(' ')
  return node.content ? `${said}(${node.content.map(shape).join(', ')})` : said
}
const shapes = (text: string) => (read(text).content.content ?? []).map(shape)
const losses = (text: string) => read(text).losses.map(({ line, what }) => `${line}: ${what}`)

describe('the body of every block', () => {
  test('is written and read back whole, as far as Markdown has a form for it', () => {
    const [title, ...blocks] = sayableBlocks
    const text = markdown(...sayableBlocks)
    const back = read(text)
    // Its first heading, the only one of level 1, is the title of the file.
    expect({ ...back, content: null, sections: null }).toMatchObject({
      title: title?.content?.[0]?.text,
      titleHeading: true,
    })
    const expected = checkedNode({ type: 'doc', content: [...blocks] }).toJSON() as DocumentJson
    expect(back.content.content?.map(shape)).toEqual(expected.content?.map(shape))
    expect(markdown(title as DocumentJson, ...(back.content.content ?? []))).toBe(text)
  })

  test('loses what Markdown has none for: letters as numbers, spans, widths, blocks in cells; never a word', () => {
    const text = markdown(...unsayableBlocks)
    expect(text).toBe(
      '1. lettered\n\n| Both | | Down |\n| - | - | :-: |\n' +
        '| a<br>b<br>• in a cell | `SELECT 1`<br>☑ ticked | |\n| | 2. second | |\n',
    )
    expect(markdown(...(read(text).content.content ?? []))).toBe(text)
  })
})

describe('an alert', () => {
  test.each([
    ['> [!NOTE]\n> a', ['callout note(paragraph("a"))']],
    [
      '> [!warning]  \n> a\n>\n> - b',
      ['callout warning(paragraph("a"), bulletList(listItem(paragraph("b"))))'],
    ],
    ['> [!TIP]', ['callout tip(paragraph)']],
    [
      '- a\n\n  > [!CAUTION]\n  > b',
      ['bulletList(listItem(paragraph("a"), callout caution(paragraph("b"))))'],
    ],
    [
      '> [!DECISION] accepted · 2026-11-26 · Ada, *Grace*\n> a',
      ['decision accepted 2026-11-26 Ada, Grace(paragraph("a"))'],
    ],
    ['> [!DECISION] rejected · Ada\n> a', ['decision rejected Ada(paragraph("a"))']],
  ])('is read from %j', (text, expected) => {
    expect(shapes(text)).toEqual(expected)
    expect(losses(text)).toEqual([])
  })

  test.each([
    ['a line that says more', '> [!NOTE] a title\n> b'],
    ['brackets that are escaped', '> \\[!NOTE]\n> a'],
    ['a name that is none', '> [!DANGER]\n> a'],
    ['a state that is none', '> [!DECISION] perhaps\n> a'],
    ['a day that is none', '> a\n> [!NOTE]'],
    ['no quote around it', '[!NOTE]\na'],
  ])('is not read from %s', (_, text) => {
    expect(shapes(text)[0]).toMatch(/^(blockquote|paragraph)/)
    expect(write(read(write(read(text).content)).content)).toBe(write(read(text).content))
  })

  test('keeps people that look like a day', () => {
    const attrs = { state: 'proposed', day: null, deciders: '2026-11-26 · the board' }
    const text = markdown({ type: 'decision', attrs, content: [block(0, 'a')] })
    expect(text).toBe('> [!DECISION] proposed · – · 2026-11-26 · the board\n> a\n')
    expect(read(text).content.content?.[0]?.attrs).toMatchObject(attrs)
  })
})

describe('details', () => {
  test.each([
    [
      'with a summary of one line and blocks below',
      '<details>\n<summary>More &amp; more</summary>\n\ntext\n\n- list\n\n</details>\n\nafter',
      [
        'details(paragraph("More & more"), paragraph("text"), bulletList(listItem(paragraph("list"))))',
        'paragraph("after")',
      ],
    ],
    [
      'in one piece, with tags in the summary',
      '<details open><summary><b>A</b> <code>b</code></summary>\nwords\n</details>',
      ['details(paragraph(bold "A", " ", code "b"), paragraph("words"))'],
    ],
    [
      'with Markdown in the summary',
      '<details>\n<summary>\n\n## *A*\n\n</summary>\n\n</details>',
      ['details(heading 2(italic "A"))'],
    ],
    [
      'nested',
      '<details><summary>A</summary>\n\n<details><summary>B</summary>\n\nb\n\n</details>\n\na\n\n</details>',
      ['details(paragraph("A"), details(paragraph("B"), paragraph("b")), paragraph("a"))'],
    ],
    [
      'without a summary',
      '<details>\n\ntext\n\n</details>',
      ['details(paragraph("Details"), paragraph("text"))'],
    ],
    ['with an empty summary', '<details>\n<summary></summary>\n\n</details>', ['details(paragraph)']],
    [
      'in a list and a quote',
      '- a\n\n  > <details><summary>B</summary>\n  >\n  > b\n  >\n  > </details>',
      ['bulletList(listItem(paragraph("a"), blockquote(details(paragraph("B"), paragraph("b")))))'],
    ],
  ])('%s', (_, text, expected) => {
    expect(shapes(text)).toEqual(expected)
    expect(losses(text)).toEqual([])
    const first = write(read(text).content)
    expect(shapes(first)).toEqual(expected)
    expect(write(read(first).content)).toBe(first)
  })

  test('that never end, or never began, are told and their text kept', () => {
    expect(shapes('<details>\n<summary>A</summary>\n\ntext')).toEqual([
      'paragraph(bold "A")',
      'paragraph("text")',
    ])
    expect(losses('a\n\n</details>\n\n<details>\n\nb')).toEqual([
      '5: The HTML tag <details> was left out; the text inside it was kept.',
    ])
    expect(shapes('- <details>\n\n</details>')).toEqual(['bulletList(listItem(paragraph))'])
  })

  test('hold no sections: a heading in them is text of the section around', () => {
    const { content, title } = read('# One\n\n<details>\n<summary>S</summary>\n\n# Two\n\n</details>')
    expect(title).toBe('One')
    expect(content.content?.map(shape)).toEqual(['details(paragraph("S"), heading 1("Two"))'])
  })

  test('keep HTML that says more as code, and tell where', () => {
    expect(shapes('<details><summary>A</summary>\n<pre>x</pre>\n</details>')).toEqual([
      'details(paragraph("A"), codeBlock html("<pre>x</pre>\\n"))',
    ])
    expect(losses('<details><summary>A</summary>\n<pre>x</pre>\n</details>')).toEqual([
      '2: HTML was kept as a block of code.',
    ])
    expect(losses('<details><summary><u>A</u></summary>\n\n</details>')).toEqual([
      '1: The HTML tag <u> was left out; the text inside it was kept.',
    ])
  })

  test('thousands deep are refused, not looped over', () => {
    expect(() => read(`${'<details>\n\n'.repeat(5_000)}${'</details>\n\n'.repeat(5_000)}`)).toThrow(/64 deep/)
    expect(shapes('<details>'.repeat(5_000))).toEqual(['paragraph'])
  })
})

describe('formulas', () => {
  test.each([
    ['a $x$ b', 'paragraph("a ", formula "x", " b")'],
    ['$a_b*c*\\{d\\}$', 'paragraph(formula "a_b*c*\\\\{d\\\\}")'],
    ['($x$), **$y$**', 'paragraph("(", formula "x", "), ", bold formula "y")'],
    ['$\\$5$', 'paragraph(formula "\\\\$5")'],
    ['a$`x $ y`$2', 'paragraph("a", formula "x $ y", "2")'],
    ['$$x$$', 'codeBlock math("x")'],
    [
      'where\n$$\nx\n+ y\n\\\\\n> z\n$$\nand',
      'paragraph("where"), codeBlock math("x\\n+ y\\n\\\\\\\\\\n> z"), paragraph("and")',
    ],
    ['see\n$$ x\n= y $$\nnow', 'paragraph("see"), codeBlock math("x\\n= y"), paragraph("now")'],
    [
      '> - a\n>\n>   $$\n>   x\n>   $$',
      'blockquote(bulletList(listItem(paragraph("a"), codeBlock math("x"))))',
    ],
    ['```math\nx\n```', 'codeBlock math("x")'],
    [
      '| a |\n| - |\n| $\\|x\\|$ |',
      'table(tableRow(tableHeader(paragraph("a"))), tableRow(tableCell(paragraph(formula "|x|"))))',
    ],
    ['## On $x$', 'heading 2("On ", formula "x")'],
  ])('are read from %j', (text, expected) => {
    expect(shapes(`t\n\n${text}`).slice(1).join(', ')).toBe(expected)
    const first = write(read(`t\n\n${text}`).content)
    expect(shapes(first).slice(1).join(', ')).toBe(expected)
    expect(write(read(first).content)).toBe(first)
  })

  test.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a shell has it.
    'set $HOME/$PATH and ${A}-${B}, or $(a)/$(b)',
    'from $5 to $10, or US$5/US$6',
    'a $ b $ c',
    'echo $$; wait $$',
    '$x $y',
    '"$FOO"/"$BAR"',
    '$1,000/$2,000',
    '**$HOME**/**$PATH**',
    '| $a | b$ |\n| - | - |\n| $c | d$ |',
  ])('are not made of %j, which needs no escapes', (text) => {
    const { content } = read(text)
    expect(JSON.stringify(content)).not.toMatch(/formula|math/)
    expect(write(content)).toBe(`${text}\n`)
  })

  test('are told from text that only looks like one', () => {
    const said = ['$x$', 'a $b$', '$$', '$$x$$', '$`x`$', '($5-$)'].map((text) => block(0, text))
    const text = markdown(...said)
    expect(text).toBe('\\$x\\$\n\na \\$b\\$\n\n\\$\\$\n\n\\$\\$x\\$\\$\n\n\\$\\`x\\`\\$\n\n(\\$5-\\$)\n')
    expect(read(text).content.content?.map(shape)).toEqual(said.map(shape))
    expect(read('# Cost \\$x\\$\n\ntext').title).toBe('Cost $x$')
  })

  test('end at a blank line where nobody closed them, and a line of dollars holds none', () => {
    expect(shapes('$$\nx\n\n- a')).toEqual(['paragraph("$$ x")', 'bulletList(listItem(paragraph("a")))'])
    expect(shapes('$$')).toEqual(['paragraph("$$")'])
    expect(shapes('$$\n$$')).toEqual(['codeBlock math'])
    for (const line of ['$a '.repeat(5_000), '$$a\n'.repeat(2_000), '$ `'.repeat(5_000), '$'.repeat(20_000)])
      expect(JSON.stringify(read(line).content).includes('"formula"')).toBe(false)
  })
})

describe('footnotes', () => {
  test('keep their labels and their places', () => {
    const text = 'a[^n] b[^N]\n\n> [^n]: note\n>\n>     more\n\nc[^2] [^none]\n\n[^2]: two'
    expect(shapes(text)).toEqual([
      'paragraph("a", footnoteReference n, " b", footnoteReference n)',
      'blockquote(footnote n(paragraph("note"), paragraph("more")))',
      'paragraph("c", footnoteReference 2, " [^none]")',
      'footnote 2(paragraph("two"))',
    ])
    expect(losses(text)).toEqual([])
    expect(write(read(write(read(text).content)).content)).toBe(write(read(text).content))
  })

  test('whose labels we gave, or that differ in case alone, become the next free numbers', () => {
    const noted = (label: string) => ({ type: 'footnoteReference', attrs: { label } })
    const footnote = (label: string) => ({ type: 'footnote', attrs: { label }, content: [block(0, 'x')] })
    const line = ['~zz', 'a', 'A', '~yy', '2', 'gone'].map(noted)
    expect(
      markdown(
        { type: 'paragraph', content: line },
        ...['A', 'a', '~yy', '2', '~zz', '~unasked'].map(footnote),
      ),
    ).toBe(
      '[^1][^3][^A][^4][^2]\\[^gone]\n\n[^A]: x\n\n[^3]: x\n\n[^4]: x\n\n[^2]: x\n\n[^1]: x\n\n[^5]: x\n',
    )
  })

  test('may be empty, and may hold others', () => {
    expect(shapes('a[^1]\n\n[^1]:')).toEqual(['paragraph("a", footnoteReference 1)', 'footnote 1(paragraph)'])
    const text = 'a[^1]\n\n[^1]: b[^2]\n\n    [^2]: c\n'
    expect(shapes(text)[1]).toBe(
      'footnote 1(paragraph("b", footnoteReference 2), footnote 2(paragraph("c")))',
    )
    expect(write(read(text).content)).toBe(text)
  })

  test('whose names no label can have get one that it can', () => {
    const long = 'x'.repeat(300)
    const text = `a[^${long}]b[^p^q]\n\n[^${long}]: one\n\n[^p^q]: two`
    expect(shapes(text)).toEqual([
      `paragraph("a", footnoteReference ${'x'.repeat(100)}, "b", footnoteReference p-q)`,
      `footnote ${'x'.repeat(100)}(paragraph("one"))`,
      'footnote p-q(paragraph("two"))',
    ])
  })
})

describe('images, files and people', () => {
  test.each([
    [`![A *b*](${pictureAt})`, `image ${pictureAt} A b`],
    ['![][x]\n\n[x]: https://e.example/a.png', 'image https://e.example/a.png'],
    [`<img src="${pictureAt}" alt='a &quot;b&quot;' width="40%">`, `image ${pictureAt} a "b" 40`],
    ['<p align="center"><img src="a.png" width="200"></p>', 'image a.png'],
    [
      `| a |\n| - |\n| b<br>![c](${pictureAt})<br>d |`,
      `tableCell(paragraph("b"), image ${pictureAt} c, paragraph("d"))`,
    ],
    [`[r.pdf](${reportAt} "file, 12 bytes")`, `file ${reportAt} r.pdf 12`],
    [`[r.pdf](${reportAt})`, `file ${reportAt} r.pdf`],
    [`see [@Ada](#person:${adaId})`, `paragraph("see ", mention ${adaId} Ada)`],
  ])('are read from %j', (text, expected) => {
    expect(shapes(text).join()).toContain(expected)
    const first = write(read(text).content)
    expect(shapes(first)).toEqual(shapes(text))
    expect(write(read(first).content)).toBe(first)
  })

  test('in a line, in a heading or within a link stay links', () => {
    expect(shapes('![a](b.png) and')).toEqual(['paragraph(link "a", " and")'])
    expect(shapes('t\n\n# ![a](b.png)')[1]).toBe('heading 1(link "a")')
    expect(shapes('[![a](b.png)](https://e.example)')).toEqual(['paragraph(link "a")'])
    expect(shapes('[r.pdf](https://e.example/r.pdf)')).toEqual(['paragraph(link "r.pdf")'])
    expect(shapes(`[**r**](${reportAt})`)).toEqual(['paragraph(bold link "r")'])
    expect(shapes('[@Ada](#person:nobody)')).toEqual(['paragraph(link "@Ada")'])
  })

  test('that lie elsewhere are counted, and what cannot be kept is told', () => {
    expect(losses('![a](https://e.example/a.png "t")\n\n![b](b.png)')).toEqual([
      '1: 2 images lie elsewhere. Their addresses were kept, and placeholders are shown for them.',
      '1: The title of an image was left out.',
    ])
    expect(shapes('<img src="javascript:x" alt="no">')).toEqual(['paragraph("no")'])
  })

  test('are written where a quote, a bar or a sign of HTML is in their words', () => {
    const alt = 'a "b" | width=1 <c> & ]'
    const image = (width: number | null) => ({ type: 'image', attrs: { src: pictureAt, alt, width } })
    const cell = { type: 'tableCell', content: [image(50)] }
    const text = markdown(image(null), image(30), {
      type: 'table',
      content: [{ type: 'tableRow', content: [cell] }],
    })
    expect(JSON.stringify(read(text).content).split(JSON.stringify(alt))).toHaveLength(4)
  })
})

test('code in a footnote keeps its blank lines, however often it is written', () => {
  const code = { type: 'codeBlock', content: [{ type: 'text', text: 'a\n \t\n  b' }] }
  const item = { type: 'listItem', content: [block(0, 'x'), code] }
  const text = markdown(
    { type: 'paragraph', content: [{ type: 'footnoteReference', attrs: { label: '1' } }] },
    { type: 'footnote', attrs: { label: '1' }, content: [{ type: 'bulletList', content: [item] }, code] },
  )
  expect(JSON.stringify(read(text).content).split(JSON.stringify('a\n \t\n  b'))).toHaveLength(3)
  expect(write(read(text).content)).toBe(text)
})
