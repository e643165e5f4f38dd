import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DocumentJson } from '../../../lib/content/document-json'
import { type ExportOptions, exportMarkdown } from '../../../lib/content/markdown/markdown-export'
import { type ImportedMarkdown, importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { templateDocument } from '../../../lib/content/template/template'
import { anyBlocks, hardBreak, link, type Marked, said } from './any-body'
import { block, body, checkedNode, corpusFile, corpusFiles, corpusIsMissing, counting } from './world'

const design = 'technical-design-document'
const write = (json: DocumentJson, given: Partial<ExportOptions> = {}) =>
  exportMarkdown(checkedNode(json), {
    title: 'T',
    status: 'draft',
    templateKey: 'blank',
    titleHeading: false,
    ...given,
  })
const markdown = (...content: DocumentJson[]) => write({ type: 'doc', content })
const read = (text: string) => importMarkdown(text, { newId: counting() })
/** As the product writes what it has read. */
const rewrite = (read: ImportedMarkdown) => write(read.content, { ...read, title: read.title ?? 'T' })
const again = (text: string) => rewrite(read(text))

const paragraph = (...runs: (Marked | DocumentJson)[]): DocumentJson => ({
  type: 'paragraph',
  content: runs.map((run) => (Array.isArray(run) ? said(run) : run)),
})
describe('a body as Markdown', () => {
  test('has marks that open and close as Markdown needs it', () => {
    expect(
      markdown(paragraph(['a '], ['b ', 'bold'], ['c', 'bold', 'italic'], [' d', 'italic'], ['.'])),
    ).toBe('a **b _c_** *d*.\n')
    expect(
      markdown(paragraph(['see', 'bold'], [' ', 'bold'], ['here', 'bold', link('https://a.example/b')])),
    ).toBe('**see [here](https://a.example/b)**\n')
    expect(markdown(paragraph(['get ', link('#x')], ['a|b', 'code', link('#x')]))).toBe('[get `a|b`](#x)\n')
  })

  test('has no white space at the ends of lines, and no breaks at the ends of paragraphs', () => {
    expect(markdown(paragraph(hardBreak, ['  a  '], hardBreak, [' b '], hardBreak))).toBe('a\\\nb\n')
    expect(markdown(paragraph(['   ']), paragraph(hardBreak), block(0, 'x'))).toBe('x\n')
    expect(markdown(block(2, ''), block(1, 'A\nB'))).toBe('##\n\n# A B\n')
  })

  test('escapes what would become something else, and nothing more', () => {
    expect(markdown(block(0, '# a * b [c] <d> snake_case_name 1. x'))).toBe(
      '\\# a \\* b \\[c] \\<d> snake_case_name 1. x\n',
    )
    expect(markdown(block(0, '- a'), block(0, '1. b'), block(0, '> c'), block(0, '+++'))).toBe(
      '\\- a\n\n1\\. b\n\n\\> c\n\n+++\n',
    )
  })

  test('drops a link that must not be, and keeps its text', () => {
    expect(markdown(paragraph(['a', link('../b.md')]))).toBe('[a](../b.md)\n')
  })

  test('has tables of one line a cell', () => {
    const cell = (type: string, attrs: Record<string, number | string>, ...content: DocumentJson[]) => ({
      type,
      attrs,
      content,
    })
    const row = (...content: DocumentJson[]) => ({ type: 'tableRow', content })
    const list = { type: 'bulletList', content: [{ type: 'listItem', content: [block(0, 'x')] }] }
    const code = { type: 'codeBlock', content: [{ type: 'text', text: 'y\nz' }] }
    expect(
      markdown({
        type: 'table',
        content: [
          row(
            cell('tableHeader', { colspan: 2, align: 'right' }, block(0, 'h|')),
            cell('tableHeader', {}, block(0, 'i')),
          ),
          row(
            cell('tableCell', { rowspan: 2 }, block(0, 'a'), block(0, 'b')),
            cell('tableCell', {}, list),
            cell('tableCell', {}, code),
          ),
          row(cell('tableCell', {}, block(0, 'c')), cell('tableCell', {}, block(0, ''))),
        ],
      }),
    ).toBe('| h\\| | | i |\n| -: | - | - |\n| a<br>b | • x | `y`<br>`z` |\n| | c | |\n')
    const headless = markdown({ type: 'table', content: [row(cell('tableCell', {}, block(0, 'a')))] })
    expect(headless).toBe('| |\n| - |\n| a |\n')
    expect(again(headless)).toBe(headless)
  })

  test('keeps an unwritten task', () => {
    const task = {
      type: 'taskList',
      content: [{ type: 'taskItem', attrs: { checked: true }, content: [block(0, '')] }],
    }
    expect(read(markdown(task)).content.content?.[0]?.content?.[0]?.attrs).toMatchObject({ checked: true })
  })
})

describe('front matter', () => {
  test('stands above a document on the template, and only there', () => {
    const content = templateDocument(design, counting())?.content ?? { type: 'doc' }
    const text = write(content, { templateKey: design, title: 'Payment *retries*' })
    expect(text.split('\n').slice(0, 7)).toEqual([
      '# Payment \\*retries\\*',
      'status: draft',
      '',
      '### Table of contents',
      '- [Introduction](#introduction)',
      '    - [Rationale](#rationale)',
      '    - [Background](#background)',
    ])
    expect(read(text)).toMatchObject({ title: 'Payment *retries*', templateKey: design, losses: [] })
    expect(write(content).startsWith('# Introduction')).toBe(true)
  })

  test('is not continued by a list below it', () => {
    const doc = body(
      { type: 'bulletList', content: [{ type: 'listItem', content: [block(0, 'x')] }] },
      ...(templateDocument(design, counting())?.content.content ?? []),
    )
    const inReview = { status: 'in_review', templateKey: design } as const
    const text = write(doc.toJSON() as DocumentJson, inReview)
    expect(text).toContain('status: in review\n')
    const back = read(text)
    expect(back.content.content?.slice(0, 2).map(({ type }) => type)).toEqual(['bulletList', 'heading'])
    expect(write(back.content, inReview)).toBe(text)
  })

  test('stands alone over an empty body', () => {
    const empty = write({ type: 'doc', content: [block(0, '')] }, { templateKey: design })
    expect(empty).toBe('# T\nstatus: draft\n\n### Table of contents\n')
    expect(read(empty).content.content).toHaveLength(1)
  })
})

describe.skipIf(corpusIsMissing)('the corpus', () => {
  const landmarks = (text: string, only: RegExp) => text.split('\n').filter((line) => only.test(line))

  test('template file comes back line for line, and so does an untouched document', () => {
    const source = corpusFile('technical-design-document.md')
    // Our one departure: Risks stands under Impact, as the file's own contents have it.
    const expected = source.replace('\n# Risks\n', '\n### Risks\n')
    const imported = read(source)
    const exported = rewrite(imported)
    const untouched = templateDocument(design, counting())?.content ?? { type: 'doc' }
    expect(write(untouched, { templateKey: design, title: 'Technical Design Document' })).toBe(exported)
    const top = expected.indexOf('\n# Introduction')
    expect(exported.slice(0, top)).toBe(expected.slice(0, top))
    expect(landmarks(exported, /^(#|status:|\s*- \[)/)).toEqual(landmarks(expected, /^(#|status:|\s*- \[)/))
  })

  test.each(corpusFiles)('%s is written the same the second time', (name) => {
    const source = corpusFile(name)
    const once = read(source)
    const first = rewrite(once)
    const twice = read(first)
    expect(rewrite(twice)).toBe(first)
    expect(twice.templateKey).toBe(once.templateKey)
    // Headings survive in order and level.
    const headingsOf = (json: DocumentJson) => json.content?.filter(({ type }) => type === 'heading').length
    expect(headingsOf(twice.content)).toBe(headingsOf(once.content))
  })
})

/** Words of a body without white space: what no round trip may lose or move. */
const letters = (json: DocumentJson): string =>
  checkedNode(json).textBetween(0, checkedNode(json).content.size, '', '').replace(/\s+/gu, '')

test('a first heading with a tab is no title: it is written with its tab the second time too', () => {
  const back = read('# a\tb\n')
  expect(back.titleHeading).toBe(false)
  expect(rewrite(back)).toBe('# a\tb\n')
})

test('any body comes back with its text, and is written the same the second time', () => {
  fc.assert(
    fc.property(anyBlocks, (content) => {
      const json = checkedNode({ type: 'doc', content }).toJSON() as DocumentJson
      const first = write(json)
      const back = read(first)
      const titleLetters = back.titleHeading ? (back.title ?? '').replace(/\s+/gu, '') : ''
      expect(titleLetters + letters(back.content)).toBe(letters(json))
      expect(rewrite(back)).toBe(first)
    }),
    { numRuns: 40 },
  )
})
