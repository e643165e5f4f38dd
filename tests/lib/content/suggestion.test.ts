import { getSchema } from '@tiptap/core'
import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { placeOf } from '../../../lib/content/anchor/anchor'
import type { AnchorPlace } from '../../../lib/content/anchor/anchor-position'
import type { DocumentJson } from '../../../lib/content/document-json'
import { giveTexts } from '../../../lib/content/empty-text'
import { contentExtensions, contentSchema } from '../../../lib/content/schema'
import {
  applySuggestion,
  applySuggestions,
  rangeOfSuggestion,
} from '../../../lib/content/suggestion/suggestion'
import { suggestBody } from '../../../lib/content/suggestion/suggestion-diff'
import {
  inverseOf,
  type Made,
  suggestBlocks,
  suggestEdit,
  suggestInText,
} from '../../../lib/content/suggestion/suggestion-make'
import { buildNodes, withoutIds } from '../../../lib/content/suggestion/suggestion-nodes'
import { redlineOfSuggestion, sentenceOfSuggestion } from '../../../lib/content/suggestion/suggestion-redline'
import { changeOf, type Suggestion } from '../../../lib/content/suggestion/suggestion-shape'
import { random } from '../../support/random'
import { rangeOf } from './anchor-world'
import { block, body, counting, idsOf } from './world'

/** A place on a body of its own, as the server has it. */
function placed(doc: ProseMirrorNode): AnchorPlace {
  const ydoc = new Y.Doc()
  prosemirrorToYXmlFragment(doc, ydoc.getXmlFragment('content'))
  giveTexts(ydoc.getXmlFragment('content'))
  return placeOf(ydoc.getXmlFragment('content'))
}

const text = (said: string, ...marks: string[]) =>
  contentSchema.text(
    said,
    marks.map((mark) => contentSchema.mark(mark)),
  )
const words = (said: string) => (said === '' ? Fragment.empty : Fragment.from(text(said)))
const made = (given: Made | null): Made => {
  if (!given) throw new Error('nothing was made')
  return given
}
const accepted = (at: AnchorPlace, given: Made | null, newId = counting()): ProseMirrorNode => {
  const { anchor, suggestion } = made(given)
  // As it comes back from the database.
  const stored = JSON.parse(JSON.stringify(suggestion)) as Suggestion
  const doc = applySuggestion(at, anchor, stored, newId)
  if (typeof doc === 'string') throw new Error(doc)
  doc.check()
  return doc
}
const said = (doc: ProseMirrorNode) => doc.textBetween(0, doc.content.size, '|', '/')
const two = () =>
  placed(body(block(0, 'We retry five times, then stop.', 'a'), block(0, '', 'b'), block(0, 'End.', 'c')))

test('words are replaced, taken out and put in, each as what it is', () => {
  const at = two()
  const on = (what: string, instead: string) => suggestInText(at, rangeOf(at.doc, what), words(instead))
  const replace = on('five', 'six')
  expect(changeOf(made(replace).suggestion)).toBe('replace')
  expect(said(accepted(at, replace))).toBe('We retry six times, then stop.||End.')
  const remove = on('five ', '')
  expect(changeOf(made(remove).suggestion)).toBe('delete')
  expect(said(accepted(at, remove))).toBe('We retry times, then stop.||End.')
  const { from } = rangeOf(at.doc, ' times')
  const insert = suggestInText(at, { from, to: from }, words(' or six'))
  expect(changeOf(made(insert).suggestion)).toBe('insert')
  expect(made(insert).anchor?.quote).toBe('five')
  expect(said(accepted(at, insert))).toBe('We retry five or six times, then stop.||End.')
  const first = suggestInText(at, { from: 1, to: 1 }, words('Today: '))
  expect(made(first).suggestion.place.kind).toBe('before')
  expect(said(accepted(at, first))).toBe('Today: We retry five times, then stop.||End.')
  const blank = on('  '.slice(1), '')
  expect(said(accepted(at, blank))).toBe('Weretry five times, then stop.||End.')
})

test('an empty block is filled as a whole block, since it has no words to stand beside', () => {
  const at = two()
  const empty = rangeOf(at.doc, 'stop.').to + 2
  const filled = made(suggestInText(at, { from: empty, to: empty }, words('Middle.')))
  expect(filled).toMatchObject({ anchor: null, suggestion: { place: { kind: 'blocks', blockIds: ['b'] } } })
  expect(said(accepted(at, filled))).toBe('We retry five times, then stop.|Middle.|End.')
  expect(idsOf(accepted(at, filled))).toEqual(['a', 'b', 'c'])
})

test('it is stale as soon as what it takes away is another text, and not for what changes elsewhere', () => {
  const at = two()
  const { anchor, suggestion } = made(suggestInText(at, rangeOf(at.doc, 'five times'), words('for an hour')))
  const after = (from: string, to: string) => {
    const now = placed(accepted(at, suggestInText(at, rangeOf(at.doc, from), words(to))))
    return applySuggestion(now, anchor, suggestion, counting())
  }
  expect(after('five times', 'five  times')).toBe('stale')
  expect(after('five', 'six')).toBe('stale')
  expect(after('stop', 'give up')).not.toBeTypeOf('string')
  const insert = made(suggestInText(at, { from: 9, to: 9 }, words('x')))
  const changed = placed(accepted(at, suggestInText(at, rangeOf(at.doc, 'retry'), words('repeat'))))
  expect(applySuggestion(changed, insert.anchor, insert.suggestion, counting())).toBe('stale')
})

test('what others made bold is not made plain behind their back, and may still be taken out', () => {
  const at = two()
  const bold = placed(
    accepted(at, suggestInText(at, rangeOf(at.doc, 'five'), Fragment.from(text('five', 'bold')))),
  )
  const replace = made(suggestInText(at, rangeOf(at.doc, 'five times'), words('often')))
  const remove = made(suggestInText(at, rangeOf(at.doc, 'five '), words('')))
  expect(applySuggestion(bold, replace.anchor, replace.suggestion, counting())).toBe('stale')
  expect(said(accepted(bold, remove))).toBe('We retry times, then stop.||End.')
})

test('whole blocks: replaced, added behind one, taken out; ids stay with what is still the same', () => {
  const at = two()
  const [a = 0, b = 0] = [0, at.doc.child(0).nodeSize]
  const split = body(block(1, 'Retries', 'a'), block(0, 'We stop.'), block(0, 'Again.')).content
  const replace = made(
    suggestBlocks(at, { from: a, to: b }, [split.child(0), split.child(1), split.child(2)]),
  )
  const now = accepted(at, replace)
  expect(said(now)).toBe('Retries|We stop.|Again.||End.')
  expect(idsOf(now)).toEqual(['a', 'b1', 'b2', 'b', 'c'])
  const add = made(suggestBlocks(at, { from: b, to: b }, [split.child(1)]))
  expect(add.suggestion.place).toEqual({ kind: 'blocks', blockIds: [], after: 'a' })
  expect(said(accepted(at, add))).toBe('We retry five times, then stop.|We stop.||End.')
  const remove = made(suggestBlocks(at, { from: 0, to: at.doc.content.size }, []))
  expect(said(accepted(at, remove))).toBe('')
  expect(applySuggestion(placed(now), replace.anchor, replace.suggestion, counting())).toBe('stale')
})

test('an id that another block has is not taken from it, and none is given twice', () => {
  const at = two()
  const steals = body(block(0, 'Mine.', 'c'), block(0, 'Twice.', 'a'), block(0, 'Twice.', 'a')).content
  const blocks = [steals.child(0), steals.child(1), steals.child(2)]
  const now = accepted(at, suggestBlocks(at, { from: 0, to: at.doc.child(0).nodeSize }, blocks))
  expect(new Set(idsOf(now)).size).toBe(5)
  expect(now.lastChild?.attrs.id).toBe('c')
})

test('what a body cannot hold is no suggestion', () => {
  const at = two()
  const deep = (levels: number): DocumentJson =>
    levels === 0 ? block(0, 'x') : { type: 'blockquote', content: [deep(levels - 1)] }
  const hostile: [string, unknown][] = [
    ['an unknown node', { type: 'script' }],
    ['a name of every object', { type: 'constructor' }],
    [
      'a script as an address',
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'java\nscript:alert(1)' } }] },
        ],
      },
    ],
    ['an attribute that is none', { type: 'paragraph', attrs: { style: 'x' } }],
    ['a value that is none', { type: 'heading', attrs: { level: 7 } }],
    ['an id that is a list', { type: 'paragraph', attrs: { id: ['a'] } }],
    ['a prototype', JSON.parse('{"type":"paragraph","__proto__":{"x":1}}')],
    ['a prototype among attributes', JSON.parse('{"type":"paragraph","attrs":{"__proto__":{"id":"x"}}}')],
    ['a field that is none', { type: 'paragraph', html: '<b>' }],
    ['an item outside of a list', { type: 'doc', content: [block(0, 'x')] }],
    ['empty text', { type: 'text', text: '' }],
    ['half a character', { type: 'text', text: '\ud800' }],
    ['NUL', { type: 'text', text: 'a\0b' }],
    ['a mark twice', { type: 'text', text: 'x', marks: [{ type: 'bold' }, { type: 'bold' }] }],
    ['bold code', { type: 'codeBlock', content: [{ type: 'text', text: 'x', marks: [{ type: 'bold' }] }] }],
    ['a text in a list', { type: 'bulletList', content: [{ type: 'text', text: 'x' }] }],
    ['500 in one another', deep(500)],
    ['nothing', null],
    ['a text', 'x'],
  ]
  for (const [name, node] of hostile) expect(buildNodes([node]), name).toBe('schema')
  expect(buildNodes([{ type: 'text', text: 'x'.repeat(1_000_000) }])).toBe('too_large')
  expect(buildNodes(Array.from({ length: 6_000 }, () => ({ type: 'paragraph' })))).toBe('too_large')
  const put = (nodes: DocumentJson[], kind: 'blocks' | 'words') => {
    const given = made(
      kind === 'blocks'
        ? suggestBlocks(at, { from: 0, to: at.doc.child(0).nodeSize }, [])
        : suggestInText(at, rangeOf(at.doc, 'five'), Fragment.empty),
    )
    return applySuggestion(at, given.anchor, { ...given.suggestion, replacement: nodes }, counting())
  }
  expect(put([block(0, 'A block in a sentence.')], 'words')).toBe('schema')
  expect(put([{ type: 'text', text: 'A sentence between blocks.' }], 'blocks')).toBe('schema')
  expect(put([{ type: 'listItem', content: [block(0, 'x')] }], 'blocks')).toBe('schema')
  expect(put([deep(63)], 'blocks')).not.toBe('schema')
  expect(put([deep(64)], 'blocks')).toBe('schema')
})

test('of suggestions that meet one is applied, the others are left', () => {
  const at = two()
  const on = (id: string, what: string, instead: string) => ({
    id,
    ...made(suggestInText(at, rangeOf(at.doc, what), words(instead))),
  })
  const { doc, applied, stale, unfit } = applySuggestions(
    at,
    [
      on('stop', 'stop', 'give up'),
      on('one', 'five times', 'once'),
      on('two', 'times', 'tries'),
      on('end', 'End', 'Fin'),
    ],
    counting(),
  )
  expect(said(doc)).toBe('We retry once, then give up.||Fin.')
  expect(applied.map(({ id, range }) => [id, doc.textBetween(range.from, range.to)])).toEqual([
    ['one', 'once'],
    ['stop', 'give up'],
    ['end', 'Fin'],
  ])
  expect([stale, unfit]).toEqual([['two'], []])
})

test('it reads as words', () => {
  const at = two()
  const { suggestion } = made(suggestInText(at, rangeOf(at.doc, 'retry five'), words('retry six')))
  expect(redlineOfSuggestion(suggestion)).toEqual([
    { kind: 'same', text: 'retry ' },
    { kind: 'removed', text: 'five' },
    { kind: 'added', text: 'six' },
  ])
  expect(sentenceOfSuggestion(suggestion)).toBe('Replace “retry five” by “retry six”.')
  const side = made(suggestInText(at, rangeOf(at.doc, 'five times'), words('for an hour'))).suggestion
  expect(redlineOfSuggestion(side)).toEqual([
    { kind: 'removed', text: 'five times' },
    { kind: 'added', text: 'for an hour' },
  ])
})

test('whatever is made of a block is proposed, accepted and taken back; a thousand stories', () => {
  const { seed, between, pick } = random()
  const pieces = ['a', 'retry', ' ', '  ', 'é', '😀', '😁', ', ', 'five times', '\n', '.', 'aa', 'x x x']
  const some = (most: number) => Array.from({ length: between(0, most) }, () => pick(pieces)).join('')
  const inline = (said: string): DocumentJson[] =>
    said
      .split('\n')
      .flatMap((line, index) => [
        ...(index > 0 ? [{ type: 'hardBreak' }] : []),
        ...(line === ''
          ? []
          : [{ type: 'text', text: line, ...(between(0, 3) === 0 ? { marks: [{ type: 'bold' }] } : {}) }]),
      ])
  const paragraph = (id: string, content: DocumentJson[]): DocumentJson => ({
    type: 'paragraph',
    attrs: { id },
    content,
  })
  for (let story = 0; story < 1_000; story += 1) {
    const before = body(
      paragraph('a', inline(some(3))),
      paragraph('b', inline(some(8))),
      paragraph('c', inline(some(3))),
    )
    const at = placed(before)
    const block = before.child(1)
    const whole = (position: number) =>
      /[\udc00-\udfff]/.test(block.textBetween(position, Math.min(position + 1, block.content.size), '', '/'))
        ? position + 1
        : position
    const cut = whole(between(0, block.content.size))
    const until = whole(between(cut, block.content.size))
    const fresh = body(paragraph('b', inline(some(4)))).child(0).content
    const edited = block.copy(block.content.cut(0, cut).append(fresh).append(block.content.cut(until)))
    const given = suggestEdit(at, before.child(0).nodeSize, [edited])
    const context = `seed ${seed}, story ${story}: ${said(before)} -> ${edited.textContent}`
    if (given === null) {
      expect(edited.eq(block), context).toBe(true)
      continue
    }
    const wanted = {
      id: 'x',
      anchor: given.anchor,
      suggestion: JSON.parse(JSON.stringify(given.suggestion)) as Suggestion,
    }
    const { doc, applied } = applySuggestions(at, [wanted], counting())
    expect(applied.length, context).toBe(1)
    expect(withoutIds(doc.child(1)).eq(withoutIds(edited)), context).toBe(true)
    expect([doc.child(0).eq(before.child(0)), doc.child(2).eq(before.child(2))], context).toEqual([
      true,
      true,
    ])
    const later = placed(doc)
    const back = made(inverseOf(later, applied[0]?.range ?? { from: 0, to: 0 }, wanted.suggestion))
    expect(accepted(later, back).eq(before), context).toBe(true)
  }
})

test('whatever is made of a body is proposed in parts that together make it again', () => {
  const { seed, between, pick } = random()
  let made = 0
  const id = () => `n${++made}`
  const pieces = ['retry', 'five', ' ', 'times', ', ', 'é']
  const some = () => Array.from({ length: between(1, 5) }, () => pick(pieces)).join('')
  const fresh = (): DocumentJson => {
    switch (between(0, 4)) {
      case 0:
        return block(between(1, 3), some(), id())
      case 1:
        return {
          type: 'bulletList',
          attrs: { id: id() },
          content: Array.from({ length: between(1, 3) }, () => ({
            type: 'listItem',
            attrs: { id: id() },
            content: [block(0, some(), id())],
          })),
        }
      default:
        return block(0, some(), id())
    }
  }
  const edited = (blocks: readonly DocumentJson[]): DocumentJson[] =>
    blocks.flatMap((one): DocumentJson[] => {
      switch (between(0, 11)) {
        case 0:
          return []
        case 1:
          return [one, fresh()]
        case 2:
          return [fresh(), one]
        case 3:
        case 4:
          if (one.type === 'paragraph' || one.type === 'heading')
            return [{ ...one, content: [{ type: 'text', text: some() }] }]
          if (one.type === 'listItem')
            return [
              {
                ...one,
                content:
                  one.content?.map((child) => ({ ...child, content: [{ type: 'text', text: some() }] })) ??
                  [],
              },
            ]
          return [{ ...one, content: edited(one.content ?? []).filter(({ type }) => type === 'listItem') }]
        default:
          return [one]
      }
    })
  const fits = (blocks: readonly DocumentJson[]) =>
    blocks.length > 0 &&
    blocks.every(({ type, content }) => type !== 'bulletList' || (content?.length ?? 0) > 0)
  for (let story = 0; story < 600; story += 1) {
    const old = Array.from({ length: between(1, 6) }, fresh)
    const now = edited(old)
    if (between(0, 3) === 0 && now.length > 1) now.push(now.shift() as DocumentJson)
    if (!fits(now)) continue
    const at = placed(body(...old))
    const wanted = suggestBody(at, body(...now)).map((one, index) => ({
      id: String(index),
      anchor: one.anchor,
      suggestion: JSON.parse(JSON.stringify(one.suggestion)) as Suggestion,
    }))
    const { doc, stale, unfit } = applySuggestions(at, wanted, id)
    const context = `seed ${seed}, story ${story}`
    expect([stale, unfit], context).toEqual([[], []])
    expect(withoutIds(doc).eq(withoutIds(body(...now))), context).toBe(true)
  }
})

test('a block that is put in before one that is changed goes along with the change of it', () => {
  const old = [block(0, 'One.', 'a'), block(0, ' ', 'b'), block(0, 'End.', 'c')]
  const now = [block(0, 'One.', 'a'), block(1, 'New', 'n'), block(0, 'Two.', 'b'), block(0, 'End.', 'c')]
  const at = placed(body(...old))
  const wanted = suggestBody(at, body(...now)).map((one, index) => ({ id: String(index), ...one }))
  expect(wanted.length).toBe(2)
  for (const given of [wanted, wanted.toReversed()]) {
    const { doc, stale } = applySuggestions(at, given, counting())
    expect(stale).toEqual([])
    expect(said(doc)).toBe('One.|New|Two.|End.')
  }
})

test('it is the same for an editor, whose schema is one of its own', () => {
  const own = getSchema(contentExtensions)
  const at = two()
  const here = { ...at, doc: own.nodeFromJSON(at.doc.toJSON()) }
  const { anchor, suggestion } = made(suggestInText(at, rangeOf(at.doc, 'five'), words('six')))
  const stored = JSON.parse(JSON.stringify(suggestion)) as Suggestion
  expect(rangeOfSuggestion(here, anchor, stored)).toEqual(rangeOf(at.doc, 'five'))
  const doc = applySuggestion(here, anchor, stored, counting())
  expect(typeof doc === 'string' ? doc : said(doc)).toBe('We retry six times, then stop.||End.')
  const blocks = made(suggestBlocks(at, { from: 0, to: at.doc.child(0).nodeSize }, []))
  expect(rangeOfSuggestion(here, null, blocks.suggestion)).not.toBeNull()
})
