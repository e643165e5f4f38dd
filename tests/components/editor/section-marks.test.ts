import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { type HeadingSign, sectionMarks } from '../../../components/editor/section/section-marks'
import { outlineOf } from '../../../lib/content/outline'
import { contentSchema } from '../../../lib/content/schema'

const { heading, paragraph } = contentSchema.nodes
const h = (id: string, level: number, text: string) =>
  heading?.create({ id, level }, text ? contentSchema.text(text) : []) as ProseMirrorNode
const p = (text = '') =>
  paragraph?.create({ id: null }, text ? contentSchema.text(text) : []) as ProseMirrorNode
const doc = (...blocks: ProseMirrorNode[]) => contentSchema.topNodeType.create(null, blocks)

const drawn = (
  body: ProseMirrorNode,
  given: {
    guidance?: Record<string, string>
    open?: string[]
    canWrite?: boolean
    threads?: Record<string, number>
    signs?: Record<string, Partial<HeadingSign>>
    maySay?: boolean
  } = {},
) =>
  sectionMarks({
    doc: body,
    outline: outlineOf(body),
    guidance: new Map(Object.entries(given.guidance ?? {})),
    open: new Set(given.open),
    canWrite: given.canWrite ?? true,
    threads: given.threads ? new Map(Object.entries(given.threads)) : null,
    signs: new Map(
      Object.entries(given.signs ?? {}).map(([id, sign]) => [
        id,
        { state: 'writing', reason: null, holds: false, returns: false, ...sign },
      ]),
    ),
    maySay: given.maySay ?? false,
  })

test('headings carry their number and rank, which no level as written disturbs', () => {
  const body = doc(h('a', 1, 'Introduction'), h('b', 3, 'Rationale'), p('text'), h('c', 1, 'Design'))
  const headings = drawn(body).flatMap((mark) => (mark.kind === 'heading' ? [mark] : []))
  expect(headings.map(({ number, depth }) => `${number}/${depth}`)).toEqual(['1/1', '1.1/2', '2/1'])
  expect(body.nodeAt(headings[1]?.from ?? -1)?.textContent).toBe('Rationale')
})

test('advice stands in the empty paragraph where the author would write', () => {
  const body = doc(h('a', 1, 'Rationale'), p(), h('b', 1, 'Risks'), p())
  const hints = drawn(body, { guidance: { a: 'Say why.', b: 'Say what may fail.' } }).filter(
    (mark) => mark.kind === 'hint',
  )
  expect(hints).toEqual([
    { kind: 'hint', from: 11, to: 13, text: 'Say why.' },
    { kind: 'hint', from: 20, to: 22, text: 'Say what may fail.' },
  ])
})

test('with the first word the advice goes, and can be had back', () => {
  const body = doc(h('a', 1, 'Rationale'), p('Because'))
  const guidance = { a: 'Say why.' }
  expect(drawn(body, { guidance }).map((mark) => mark.kind)).toEqual(['heading', 'chips'])
  expect(drawn(body, { guidance, open: ['a'] }).map((mark) => mark.kind)).toEqual([
    'heading',
    'chips',
    'advice',
  ])
})

test('a section without any paragraph offers to begin one right below its heading', () => {
  const body = doc(h('a', 1, 'Rationale'), h('b', 1, 'Risks'), p('text'))
  expect(drawn(body, { guidance: { a: 'Say why.' } })).toContainEqual({
    kind: 'advice',
    at: 11,
    id: 'a',
    text: 'Say why.',
    startsHere: true,
  })
})

test('readers are not told what to write, but that nothing is there yet', () => {
  const body = doc(h('a', 1, 'Rationale'), p(), h('b', 1, 'Risks'), p('Some.'))
  const marks = drawn(body, { guidance: { a: 'Say why.', b: 'Say what.' }, canWrite: false })
  expect(marks.map((mark) => mark.kind)).toEqual(['heading', 'hint', 'heading'])
  expect(marks[1]).toMatchObject({ text: 'Nothing here yet.' })
})

test('whoever takes part in threads has a button at every heading, with what is open there', () => {
  const body = doc(h('a', 1, 'Rationale'), p('Because'), h('b', 1, 'Risks'), p())
  const chips = drawn(body, { guidance: { a: 'Say why.' }, threads: { b: 2 } }).filter(
    (mark) => mark.kind === 'chips',
  )
  expect(chips).toMatchObject([
    { id: 'a', advice: 'hidden', threads: 0 },
    { id: 'b', advice: null, threads: 2 },
  ])
  const reader = drawn(body, { guidance: { a: 'Say why.' }, threads: {}, canWrite: false })
  expect(reader.filter((mark) => mark.kind === 'chips')).toMatchObject([
    { id: 'a', advice: null, threads: 0 },
    { id: 'b', advice: null, threads: 0 },
  ])
})

test('a blank page says how to begin', () => {
  expect(drawn(doc(p()))).toHaveLength(1)
  expect(drawn(doc(p()), { canWrite: false })).toEqual([])
  expect(drawn(doc(p(), p()))).toEqual([])
})

test('a section that does not apply says why, to everyone, where its text would be', () => {
  const signs = { a: { state: 'not_applicable' as const, reason: 'Nothing is stored.' } }
  const body = doc(h('a', 1, 'Data'), p(), h('b', 1, 'Risks'), p())
  for (const canWrite of [true, false]) {
    const hints = drawn(body, { guidance: { a: 'Say what is stored.' }, signs, canWrite }).filter(
      (mark) => mark.kind === 'hint',
    )
    expect(hints.map((mark) => mark.text)).toEqual(['Does not apply: Nothing is stored.'])
  }
  const bare = doc(h('a', 1, 'Data'), h('b', 1, 'Risks'), p())
  expect(drawn(bare, { signs, canWrite: false })).toContainEqual(
    expect.objectContaining({
      kind: 'advice',
      text: 'Does not apply: Nothing is stored.',
      startsHere: false,
    }),
  )
  // With the first word it is text like any other.
  const written = doc(h('a', 1, 'Data'), p('One table.'))
  expect(drawn(written, { signs }).map((mark) => mark.kind)).toEqual(['heading', 'chips'])
})

test('a heading has a chip for what was said, and for who may say it', () => {
  const body = doc(h('a', 1, 'One'), p('text'), h('b', 1, 'Two'), p('text'), h('c', 1, 'Three'), p('text'))
  const signs = {
    a: { state: 'ready' as const },
    b: { state: 'writing' as const },
    c: { state: 'ready' as const, holds: true },
  }
  const chips = (maySay: boolean) =>
    drawn(body, { signs, maySay }).flatMap((mark) =>
      mark.kind === 'chips' ? [`${mark.id} ${mark.state}`] : [],
    )
  expect(chips(false)).toEqual(['a ready'])
  expect(chips(true)).toEqual(['a ready', 'b more'])
  const again = drawn(body, { signs: { b: { returns: true } }, maySay: true })
  expect(again).toContainEqual(expect.objectContaining({ kind: 'chips', id: 'b', state: 'returns' }))
})
