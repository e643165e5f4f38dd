import { expect, test } from 'vitest'
import { entriesOf } from '../../../lib/content/glossary'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { comparableTitle } from '../../../lib/content/markdown/recognise'
import { kindOfText } from '../../../lib/content/paste/plain-text'
import { checkedNode, counting } from './world'

/** As many as make rules that look at each of them from each of them take longer than a test may. */
const many = 1_000_000
const blank = ' '.repeat(many)

test('a million blanks in a line are read once: by the glossary, and in a title', () => {
  const item = {
    type: 'bulletList',
    attrs: { id: 'l' },
    content: [
      {
        type: 'listItem',
        attrs: { id: 'i' },
        content: [
          {
            type: 'paragraph',
            attrs: { id: 'p' },
            content: [
              { type: 'text', text: `lease${blank}x: `, marks: [{ type: 'bold' }] },
              { type: 'text', text: 'a lock' },
            ],
          },
        ],
      },
    ],
  }
  expect(entriesOf([...checkedNode({ type: 'doc', content: [item] }).children])).toMatchObject([
    { term: 'lease x', meaning: 'a lock' },
  ])
  expect(comparableTitle(`Terms${blank}of use${blank}:${blank}`)).toBe('terms of use')
})

test('a line of Markdown with blanks in it, too', () => {
  const read = (markdown: string) => importMarkdown(markdown, { newId: counting() }).content.content?.[0]
  expect(read(`a${' '.repeat(200_000)}x`)?.type).toBe('paragraph')
  expect(read(`> [!DECISION] accepted${' '.repeat(200_000)}x\n>\n> Yes.\n`)?.type).not.toBe('decision')
  expect(read('some \t\n  words\t\r\nand more')?.content).toEqual([
    { type: 'text', text: 'some words and more' },
  ])
})

test('nor does a pasted line of blanks or brackets take long to be told from a table or a link', () => {
  expect(kindOfText(`a|b\n${' '.repeat(49_000)}x\ny`)).toBe('plain')
  expect(kindOfText(`${'['.repeat(49_000)}\ny`)).toBe('plain')
  expect(kindOfText('a|b\n  | --- | --- |  \nc|d')).toBe('markdown')
  expect(kindOfText('see ![it](https://x.example)\nand so on')).toBe('markdown')
})
