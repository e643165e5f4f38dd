import { expect, test } from 'vitest'
import { PasteExcess } from '../../../../lib/content/paste/limits'
import { readMarkdown } from '../../../../lib/content/paste/markdown'
import { kindOfText } from '../../../../lib/content/paste/plain-text'
import { type Clipboard, readPaste } from '../../../../lib/content/paste/read-paste'
import { htmlTree } from '../../../support/html-tree'
import { fitted, told } from './told'

const clipboard = (given: Partial<Clipboard>): Clipboard => ({
  markup: null,
  text: '',
  editorLanguage: null,
  base: null,
  ...given,
})

function pasted(given: Partial<Clipboard>): string {
  const { blocks } = readPaste(clipboard(given), readMarkdown)
  fitted(blocks)
  return told(blocks)
}

const kinds: Record<string, string[]> = {
  markdown: [
    '## Goals\nFewer pages.',
    '# Title\n\nWords.',
    'Steps:\n\n- one\n- two',
    '1. one\n2. two',
    '- [ ] decide',
    'See [the notes](https://example.com/a).',
    '| a | b |\n| --- | --- |\n| 1 | 2 |',
    'Before\n```go\nfunc main() {}\n```\nAfter',
    'It is **important** to wait.',
    'Call `get()` first.\n> quoted',
  ],
  plain: [
    'One line.',
    'One line.\nAnother line.\n\nA third one.',
    'A price of $5, or $6.\nNothing else.',
    'a * b * c = d',
    'snake_case_name and other_name',
    '- a single dash',
    'On Friday Ada wrote:\n> quoted\n> again',
    'Call `get()` first.',
    'Dear all,\nthe list is [here] (see below).\nGreetings',
  ],
  code: [
    '$ npm test\n> vitest run\n2 passed',
    'ada@engine:~/work$ ls\na.txt',
    'PS C:\\work> dir\na.txt',
    '\u001b[32mok\u001b[0m 12 tests',
    '┌──────┐\n│ load │\n└──────┘',
    '#!/bin/sh\n# install\nnpm ci',
    'function wait(n) {\n  return 2 ** n;\n}',
    '# retries\nconst a = 1;\nconst b = 2;\nrun(a, b);',
    '>>> 1 + 1\n2',
  ],
  table: ['a\tb\n1\t2', 'name\tcount\nx\t1\ny\t2\n'],
  address: ['https://example.com/a?b=c'],
}
for (const [kind, texts] of Object.entries(kinds)) {
  for (const text of texts)
    test(`${JSON.stringify(text)} is ${kind}`, () => expect(kindOfText(text)).toBe(kind))
}

test('text is a paragraph for each line, with nothing in it that a text cannot hold', () => {
  expect(pasted({ text: 'One\u0000 \u0007line\ud800.\r\n\r\n\r\nTwo  spaces\u2028three' })).toBe(
    '\nparagraph: One line\ufffd.\nparagraph: Two  spaces\nparagraph: three\n',
  )
})

test('a terminal’s colours and places are left out of its text', () => {
  expect(pasted({ text: '\u001b]0;title\u0007\u001b[1;32m$ make\u001b[0m\r\n\u001b[2Kok\r\n' })).toBe(
    '\ncodeBlock: $ make\nok\n',
  )
})

test('rows of a spreadsheet are a table, with a head where the others hold numbers', () => {
  expect(pasted({ text: 'Region\tp95\neu\t41\nus\t' })).toBe(
    '\ntable\n  tableRow\n    tableHeader\n      paragraph: Region\n    tableHeader\n      paragraph: p95\n' +
      '  tableRow\n    tableCell\n      paragraph: eu\n    tableCell\n      paragraph: 41\n' +
      '  tableRow\n    tableCell\n      paragraph: us\n    tableCell\n      paragraph\n',
  )
})

test('code of an editor keeps its language; one line of it stands within a line', () => {
  expect(pasted({ text: 'let a = 1\nlet b = 2\n', editorLanguage: 'typescriptreact' })).toBe(
    '\ncodeBlock language=typescript: let a = 1\nlet b = 2\n',
  )
  expect(pasted({ text: '  a.b()', editorLanguage: 'go' })).toBe('\nparagraph: <code>a.b()</>\n')
  expect(pasted({ text: '# One\n\ntwo', editorLanguage: 'markdown' })).toBe(
    '\nheading level=1: One\nparagraph: two\n',
  )
})

test('markup that says no more than its text gives way to it', () => {
  const text = '## Goals\n\n- one\n- two'
  const raw = `<meta charset="utf-8"><pre style="white-space: pre-wrap">${text}</pre>`
  const read =
    '\nheading level=2: Goals\nbulletList\n  listItem\n    paragraph: one\n  listItem\n    paragraph: two\n'
  expect(pasted({ markup: htmlTree(raw), text })).toBe(read)
  expect(pasted({ markup: htmlTree(`<div><span style="color: red">${text}</span></div>`), text })).toBe(read)
  // Whoever sets a word bold means what they see.
  expect(pasted({ markup: htmlTree('<p><b>## Goals</b></p>'), text: '## Goals' })).toBe(
    '\nparagraph: <bold>## Goals</>\n',
  )
  expect(pasted({ markup: htmlTree('<pre>a\n  b</pre>'), text: 'a\n  b' })).toBe('\ncodeBlock: a\n  b\n')
})

const excess = (given: Partial<Clipboard>) => {
  try {
    readPaste(clipboard(given), readMarkdown)
    return 'accepted'
  } catch (error) {
    if (!(error instanceof PasteExcess)) throw error
    return `${error.excess} ${error.amount}`
  }
}

test('what goes beyond a limit is refused as a whole', () => {
  expect(excess({ text: 'a'.repeat(10_000_000) })).toBe('textLength 10000000')
  expect(excess({ text: 'a'.repeat(1_000_000) })).toBe('lineLength 1000000')
  expect(excess({ text: 'a\n'.repeat(100_000) })).toBe('blocks 10001')
  const empty = { tag: 'p', attributes: {}, children: [' '] }
  const said = { tag: 'p', attributes: {}, children: ['a'] }
  const of = (child: typeof empty) => ({ tag: 'body', attributes: {}, children: Array(100_000).fill(child) })
  // Room between paragraphs, of which pasted text gets its own.
  expect(excess({ markup: of(empty), text: '\n' })).toBe('accepted')
  expect(
    excess({ markup: { ...of(said), children: [{ ...said, tag: 'b' }, ...of(said).children] }, text: 'a' }),
  ).toMatch(/^blocks/)
  const row = `<tr>${'<td>1</td>'.repeat(200)}</tr>`
  expect(excess({ markup: htmlTree(`<table>${row.repeat(200)}</table>`), text: '1' })).toBe('cells 40000')
  expect(excess({ text: `${'1\t'.repeat(199)}1\n`.repeat(200) })).toBe('cells 40000')
})

test('a table of one wide and many short rows is counted as it would be filled', () => {
  const wide = `<tr><td colspan="100">1</td>${'<td colspan="100">1</td>'.repeat(20)}</tr>`
  expect(
    excess({ markup: htmlTree(`<table>${wide}${'<tr><td>1</td></tr>'.repeat(50)}</table>`), text: '1' }),
  ).toMatch(/^cells/)
})

test('what is nested too deep stands less deep, whatever it is', () => {
  const deep = (tag: string, times: number) => `${`<${tag}>`.repeat(times)}word${`</${tag}>`.repeat(times)}`
  for (const tag of ['blockquote', 'details']) {
    expect(pasted({ markup: htmlTree(`<i>a</i>${deep(tag, 150)}`), text: 'word' })).toContain('word')
  }
  const list = `${'<ul><li>a'.repeat(90)}${'</li></ul>'.repeat(90)}`
  expect(pasted({ markup: htmlTree(list), text: 'a' })).toContain('listItem')
})

test('unusual attributes cost no more than themselves', () => {
  const html =
    '<table><tr><td colspan="5000">a</td><td rowspan="-2">b</td></tr><tr><td align="__proto__">c</td></tr></table>' +
    '<ol start="99999999999"><li>d</li></ol><h1 class="constructor">e</h1>' +
    '<a href="java\nscript:alert(1)">f</a><a href="//evil.example/">g</a><a href="data:text/html,x">h</a>' +
    '<img src="javascript:alert(1)" alt="i"><code class="language-__proto__">j</code>'
  expect(pasted({ markup: htmlTree(html), text: 'a' })).not.toMatch(/href|src=/)
})
