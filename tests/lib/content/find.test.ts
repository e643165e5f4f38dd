import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import { describe, expect, it } from 'vitest'
import { type FindQuery, filledIn, hitsIn, patternOf } from '../../../lib/content/find/find'
import { type Replacement, replacementSteps } from '../../../lib/content/find/find-replace'
import { textPieces } from '../../../lib/content/find/find-text'
import { contentSchema } from '../../../lib/content/schema'

const { nodes, marks } = contentSchema
const text = (words: string, with_: (Mark | undefined)[] = []) =>
  contentSchema.text(
    words,
    with_.filter((mark) => mark !== undefined),
  )
const node = (name: string, ...content: ProseMirrorNode[]) =>
  nodes[name]?.create(null, content) as ProseMirrorNode
const p = (...content: ProseMirrorNode[]) => node('paragraph', ...content)
const doc = (...content: ProseMirrorNode[]) => node('doc', ...content)

const query = (given: Partial<FindQuery>): FindQuery => ({
  text: '',
  matchCase: false,
  wholeWord: false,
  isRegex: false,
  ...given,
})

/** What a query finds in a text, in words. */
function found(given: Partial<FindQuery>, text: string): string[] {
  const pattern = patternOf(query(given))
  if (pattern.kind !== 'pattern') throw new Error(`no pattern: ${JSON.stringify(pattern)}`)
  const regex = new RegExp(pattern.source, pattern.flags)
  return hitsIn(text, regex, 100).map(({ from, to }) => text.slice(from, to))
}

describe('what is looked for', () => {
  it('is the very words, whatever they would mean in an expression', () => {
    expect(found({ text: 'a.b' }, 'a.b axb A.B')).toEqual(['a.b', 'A.B'])
    expect(found({ text: '(x)[1]^$\\' }, 'f(x)[1]^$\\')).toEqual(['(x)[1]^$\\'])
    expect(found({ text: 'a b' }, 'a\u00a0b')).toEqual(['a\u00a0b'])
  })

  it('keeps apart large and small letters, and words within words, where it is told to', () => {
    expect(found({ text: 'id', matchCase: true }, 'id Id ID')).toEqual(['id'])
    expect(found({ text: 'id', wholeWord: true }, 'id idle grid id_2 (id)')).toEqual(['id', 'id'])
    expect(found({ text: 'émile', wholeWord: true }, 'Émile Émilee')).toEqual(['Émile'])
  })

  it('is an expression, also one that strict readers refuse', () => {
    expect(found({ text: '\\bw\\d+', isRegex: true }, 'w1 w22 aw3')).toEqual(['w1', 'w22'])
    expect(found({ text: '\\-\\_', isRegex: true }, 'a-_b')).toEqual(['-_'])
    expect(found({ text: '^b', isRegex: true }, 'a\nb')).toEqual(['b'])
    expect(found({ text: 'x*', isRegex: true }, 'axxb')).toEqual(['xx'])
  })

  it('says what is wrong with an expression', () => {
    expect(patternOf(query({ text: '(', isRegex: true }))).toMatchObject({
      kind: 'wrong',
      sentence: expect.stringMatching(/^This is no regular expression: .+\.$/),
    })
    expect(patternOf(query({ text: '' }))).toEqual({ kind: 'none' })
  })

  it('fills groups in as JavaScript does', () => {
    const match = /(?<key>\w+)=(\w+)/.exec('a=b') as RegExpExecArray
    expect(filledIn('$2=$1 $& $$ $<key> $12 $9', match)).toBe('b=a a=b $ a a2 $9')
  })
})

const bold = marks.bold?.create()
const link = marks.link?.create({ href: 'https://example.com' })

function replaced(document: ReturnType<typeof doc>, replacements: readonly Replacement[]) {
  const { steps, done, left } = replacementSteps(document, replacements)
  let now = document
  for (const step of steps) now = step.apply(now).doc ?? now
  now.check()
  return { now, done, left }
}

describe('what comes in its place', () => {
  it('looks as the first of what it replaces, and a link stays one', () => {
    const before = doc(p(text('see '), text('colour', [bold]), text(' of'), text(' here', [link])))
    const { now } = replaced(before, [
      { from: 5, to: 14, instead: 'hue' },
      { from: 14, to: 19, instead: ' there' },
    ])
    const runs = now.child(0).children.map((node) => [node.text, node.marks.map(({ type }) => type.name)])
    expect(runs).toEqual([
      ['see ', []],
      ['hue', ['bold']],
      [' there', ['link']],
    ])
  })

  it('touches nothing that stays at its ends', () => {
    const before = doc(p(text('the colours')))
    const { steps } = replacementSteps(before, [{ from: 5, to: 12, instead: 'colors' }])
    expect(steps.map((step) => step.toJSON())).toEqual([{ stepType: 'replace', from: 9, to: 10 }])
  })

  it('leaves alone what holds a mention', () => {
    const person = '00000000-0000-4000-8000-000000000001'
    const mention = nodes.mention?.create({ person }) as ProseMirrorNode
    const before = doc(p(text('ask '), mention, text(' now')))
    const { now, done, left } = replaced(before, [{ from: 1, to: 8, instead: 'x' }])
    expect([now.eq(before), done, left]).toEqual([true, 0, 1])
  })

  it('finds the places of words within lists and tables', () => {
    const before = doc(node('table', node('tableRow', node('tableCell', p(text('inside'))))))
    const [piece] = textPieces(before.child(0))
    const from = piece?.at ?? 0
    expect(before.textBetween(from, from + 6)).toBe('inside')
  })
})
