import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { outlineOf } from '../../../lib/content/outline'
import { shiftedOutline } from '../../../lib/content/outline-shift'
import { contentSchema } from '../../../lib/content/schema'
import { type Random, random } from '../../support/random'
import { block, body } from './world'

const document = () =>
  body(
    block(0, 'Before all', 'a'),
    block(1, 'One', 'b'),
    block(0, 'Words', 'c'),
    block(2, 'Within', 'd'),
    block(0, '', 'e'),
    block(1, 'Two', 'f'),
    block(0, 'More', 'g'),
    block(0, 'And more', 'h'),
  )
const edited = (doc: ProseMirrorNode, edit: (tr: Transaction) => Transaction): ProseMirrorNode =>
  edit(EditorState.create({ doc }).tr).doc

test('words that are typed in a section move the sections behind it', () => {
  const before = document()
  const after = edited(before, (tr) => tr.insertText('many ', 20).insertText('x', 3))
  const shifted = shiftedOutline(outlineOf(before), before, after)
  expect(shifted).toEqual(outlineOf(after))
})

test('what makes, names, fills or empties a section is more than that', () => {
  const before = document()
  const outline = outlineOf(before)
  const heading = outline[1]?.from ?? 0
  const empty = outline[2]?.ownFrom ?? 0
  const edits: ((tr: Transaction) => Transaction)[] = [
    (tr) => tr.insertText('x', heading + 1),
    (tr) => tr.insertText('first words', empty + 1),
    (tr) => tr.insertText(' ', empty + 1),
    (tr) => tr.delete(heading + 5, heading + 12),
    (tr) => tr.split(4),
    (tr) => tr.setNodeAttribute(heading, 'level', 3),
    (tr) => tr.delete(1, 11),
  ]
  for (const edit of edits) expect(shiftedOutline(outline, before, edited(before, edit))).toBeNull()
})

test('whatever is edited, what is shifted is what would be read', () => {
  const { seed, between } = random()
  console.log(`outline: seed ${seed}`)
  let shifts = 0
  for (let story = 0; story < 100; story += 1) {
    const chance = random(between(0, 2 ** 31))
    let doc = document()
    let outline = outlineOf(doc)
    for (let step = 0; step < 30; step += 1) {
      const next = edited(doc, (tr) => change(tr, chance))
      const shifted = shiftedOutline(outline, doc, next)
      if (shifted) {
        shifts += 1
        expect(shifted).toEqual(outlineOf(next))
      }
      outline = outlineOf(next)
      doc = next
    }
  }
  expect(shifts).toBeGreaterThan(500)
})

function change(tr: Transaction, chance: Random): Transaction {
  const places: number[] = []
  tr.doc.descendants((node, position) => {
    if (node.inlineContent) for (let n = 0; n <= node.content.size; n += 1) places.push(position + 1 + n)
    return !node.inlineContent
  })
  const at = chance.pick(places)
  const dice = chance.between(1, 10)
  const { heading, paragraph, bulletList, listItem } = contentSchema.nodes
  if (!heading || !paragraph || !bulletList || !listItem) throw new Error('another schema')
  if (dice <= 5) return tr.insertText(chance.pick(['x', ' ', 'words ']), at)
  if (dice <= 7) return tr.delete(at, Math.min(at + 4, chance.pick(places.filter((place) => place >= at))))
  if (dice === 8) return tr.split(at)
  if (dice === 9) return tr.setBlockType(at, at, chance.between(0, 1) ? heading : paragraph)
  const item = listItem.create(null, paragraph.create(null, contentSchema.text('item')))
  return tr.insert(tr.doc.resolve(at).before(1), bulletList.create(null, item))
}
