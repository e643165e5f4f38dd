import { Fragment } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { contentSchema } from '../../../lib/content/schema'
import { textOf } from '../../../lib/content/suggestion/suggestion'
import { retext, retextBlocks } from '../../../lib/content/suggestion/suggestion-retext'
import { random } from '../../support/random'
import { block, body } from './world'

const text = (said: string, ...marks: string[]) =>
  contentSchema.text(
    said,
    marks.map((mark) => contentSchema.mark(mark)),
  )
const look = (content: Fragment) =>
  content.content.map((node) => [node.text ?? '/', ...node.marks.map((mark) => mark.type.name)].join(' '))

test('what stays keeps its look, what comes takes the look of what it replaces or stands behind', () => {
  const content = Fragment.fromArray([text('We retry '), text('five', 'bold'), text(' times.')])
  expect(look(retext(content, 'We often retry five times.', false))).toEqual([
    'We often retry ',
    'five bold',
    ' times.',
  ])
  expect(look(retext(content, 'We retry six times.', false))).toEqual(['We retry ', 'six bold', ' times.'])
  expect(look(retext(content, 'We retry five\ntimes.', false)).join('|')).toMatch(/^We retry \|five bold\|/)
})

test('a line break is one in a paragraph, and a character in code', () => {
  const content = Fragment.from(text('a'))
  expect(look(retext(content, 'a\nb', false))).toEqual(['a', '/', 'b'])
  expect(look(retext(content, 'a\nb', true))).toEqual(['a\nb'])
})

test('whatever is typed reads as it was typed', () => {
  const { seed, between, pick } = random()
  const pieces = ['retry', ' ', 'five', '\n', ', ', 'é', '😀', 'a']
  const some = (least: number) => Array.from({ length: between(least, 8) }, () => pick(pieces)).join('')
  for (let story = 0; story < 500; story += 1) {
    const [old, fresh] = [some(1), some(0)]
    const content = retext(Fragment.from(text('x', 'bold')), old, false)
    expect(textOf(retext(content, fresh, false)), `seed ${seed}, story ${story}`).toBe(fresh)
  }
})

test('of several blocks those that read the same stay, the others keep their kind', () => {
  const doc = body(block(2, 'Why', 'h'), block(0, 'One.', 'a'), block(0, 'Two.', 'b'))
  const blocks = [...doc.content.content]
  const now = retextBlocks(blocks, 'Why not\n\nOne.\n\nTwo.\n\nThree.')
  expect(now.map((node) => [node.type.name, node.attrs.id, node.textContent])).toEqual([
    ['heading', 'h', 'Why not'],
    ['paragraph', 'a', 'One.'],
    ['paragraph', 'b', 'Two.'],
    ['paragraph', null, 'Three.'],
  ])
  expect(retextBlocks(blocks, '')).toEqual([])
  const less = retextBlocks(blocks, 'Why\n\nTwo.')
  expect(less.map((node) => node.attrs.id)).toEqual(['h', 'b'])
})
