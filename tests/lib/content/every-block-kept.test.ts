import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'
import { Transform } from '@tiptap/pm/transform'
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { placeOf } from '../../../lib/content/anchor/anchor'
import { canonicalJson } from '../../../lib/content/canonical'
import type { DocumentJson } from '../../../lib/content/document-json'
import { giveTexts } from '../../../lib/content/empty-text'
import { readBodyWithCount } from '../../../lib/content/read-body'
import { contentSchema } from '../../../lib/content/schema'
import { seedUpdate } from '../../../lib/content/seed'
import * as shape from '../../../lib/content/shape'
import { applySuggestion } from '../../../lib/content/suggestion/suggestion'
import { type Made, suggestBlocks, suggestInText } from '../../../lib/content/suggestion/suggestion-make'
import { buildNodes, withoutIds } from '../../../lib/content/suggestion/suggestion-nodes'
import { redlineOfSuggestion } from '../../../lib/content/suggestion/suggestion-redline'
import { exactDoc } from '../../../lib/sync/exact-doc'
import { guardUpdate } from '../../../lib/sync/guard'
import { random } from '../../support/random'
import { mention, noted, said } from './any-body'
import { everyBlock, graceId } from './every-block'
import { body, checkedNode, counting } from './world'

const every = checkedNode(everyBlock)
const placed = (doc: ProseMirrorNode) => {
  const ydoc = new Y.Doc()
  prosemirrorToYXmlFragment(doc, ydoc.getXmlFragment('content'))
  giveTexts(ydoc.getXmlFragment('content'))
  return placeOf(ydoc.getXmlFragment('content'))
}
const accept = (at: ReturnType<typeof placed>, made: Made | null) => {
  if (!made) throw new Error('nothing was made')
  // As it comes back from the database.
  const { anchor, suggestion } = JSON.parse(JSON.stringify(made)) as Made
  return applySuggestion(at, anchor, suggestion, counting())
}

test('every block goes through the guard into the log, and is read out of it as it was', () => {
  const update = seedUpdate(everyBlock, 1)
  expect(guardUpdate({ doc: exactDoc(), update, shape })).toMatchObject({ kind: 'take' })
  const { doc, dropped } = readBodyWithCount(update)
  expect(dropped).toBe(0)
  expect(doc.toJSON()).toEqual(every.toJSON())
  expect(canonicalJson(doc)).toBe(canonicalJson(every))
  expect(canonicalJson(doc)).toMatch(/"schemaVersion":2}$/)
})

test('every block can be suggested away, anew, and in another one’s place', () => {
  const at = placed(every)
  every.forEach((block, position) => {
    expect(buildNodes([block.toJSON()])).toEqual([block])
    const range = { from: position, to: position + block.nodeSize }
    const gone = accept(at, suggestBlocks(at, range, []))
    expect(gone).toMatchObject({ childCount: every.childCount - 1 })
    const twice = accept(at, suggestBlocks(at, { from: range.to, to: range.to }, [withoutIds(block)]))
    if (typeof twice === 'string') throw new Error(`${block.type.name}: ${twice}`)
    twice.check()
    expect(canonicalJson(twice)).toBe(
      canonicalJson(
        every.copy(every.content.cut(0, range.to).addToEnd(block).append(every.content.cut(range.to))),
      ),
    )
  })
})

test('words are suggested anew anywhere: within containers, over who is named, footnotes and formulas', () => {
  const { seed, between } = random()
  console.log(`suggestions in every block: seed ${seed}`)
  const at = placed(every)
  const instead = Fragment.from(contentSchema.text('anew'))
  let tried = 0
  every.descendants((node, position) => {
    if (!node.inlineContent || node.content.size === 0) return
    for (let n = 0; n < 6; n++) {
      const from = position + 1 + between(0, node.content.size)
      const range = { from, to: between(from, position + 1 + node.content.size) }
      const made = suggestInText(at, range, instead)
      const now = accept(at, made)
      const wanted = new Transform(every).replace(range.from, range.to, new Slice(instead, 0, 0)).doc
      if (typeof now === 'string') throw new Error(`${now}: ${JSON.stringify(made)}`)
      expect(canonicalJson(now)).toBe(canonicalJson(wanted))
      tried += 1
    }
  })
  expect(tried).toBeGreaterThan(200)
})

test('a suggestion that takes somebody out who is named is stale when somebody else is named there', () => {
  const line = (person: DocumentJson) =>
    body({
      type: 'paragraph',
      attrs: { id: 'p' },
      content: [said(['ask ']), person, said([' today']), noted('a')],
    })
  const [ada, grace] = [
    line(mention('Ada')),
    line({ ...mention('Grace'), attrs: { person: graceId, name: 'Grace' } }),
  ]
  const made = suggestInText(placed(ada), { from: 1, to: 9 }, Fragment.empty)
  expect(accept(placed(ada), made)).toMatchObject({ textContent: 'day' })
  expect(accept(placed(grace), made)).toBe('stale')
  if (made) {
    expect(redlineOfSuggestion(made.suggestion)).toEqual([{ kind: 'removed', text: 'ask @Ada to' }])
  }
})
