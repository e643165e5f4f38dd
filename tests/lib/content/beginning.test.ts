import { expect, test } from 'vitest'
import { beginningOf } from '../../../lib/content/beginning'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { checkedNode, counting } from './world'

function read(markdown: string) {
  const { content } = importMarkdown(markdown, { newId: counting() })
  const { blocks, isWhole } = beginningOf(checkedNode(content))
  return { types: blocks.map(({ type }) => type), isWhole }
}

test('a short text begins with all of it', () => {
  const markdown =
    '## Why\n\nWords.\n\n- one\n  1. two\n- [x] done\n\n> said\n\n|a|b|\n|-|-|\n|1|2|\n\n> [!TIP]\n> Look.\n'
  expect(read(markdown)).toEqual({
    types: ['heading', 'paragraph', 'bulletList', 'taskList', 'blockquote', 'table', 'callout'],
    isWhole: true,
  })
})

test('a long one ends with a whole block, after so many characters or blocks', () => {
  const long = read(`${'word '.repeat(600)}\n\n`.repeat(20))
  expect(long).toEqual({ types: Array(7).fill('paragraph'), isWhole: false })
  expect(read('x\n\n'.repeat(100)).types).toHaveLength(60)
})

test.each([
  ['a diagram', '```mermaid\ngraph TD\n```'],
  ['a formula on its own', '$$\nx\n$$'],
  ['a formula in a line of a list', '- so $x$ is'],
  ['a picture', '![of it](https://elsewhere.example/a.png)'],
  ['what is folded', '<details><summary>More</summary>\n\ninside\n\n</details>'],
  ['a note in a line', 'As measured[^1].\n\n[^1]: Twice.'],
  ['a heading within a quote', '> ## Said'],
  [
    'more links than words',
    `${'[a](https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) '.repeat(500)}`,
  ],
  ['one block that is longer than all that is shown', 'word '.repeat(13_000)],
])('it ends before %s', (_, block) => {
  expect(read(`Words.\n\n${block}\n\nBehind.`)).toEqual({ types: ['paragraph'], isWhole: false })
})
