import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, type Plugin, type Transaction } from '@tiptap/pm/state'
import type { DecorationSet } from '@tiptap/pm/view'
import { expect, test, vi } from 'vitest'
import * as marks from '../../../components/editor/section/section-marks'
import {
  Sections,
  sectionsOf,
  setGuidance,
  setSectionThreads,
} from '../../../components/editor/section/sections'
import { outlineOf } from '../../../lib/content/outline'
import { block, body } from '../../lib/content/world'
import { type Random, random } from '../../support/random'

vi.mock('../../../components/editor/section/section-marks', async (original) => {
  const real = await original<typeof marks>()
  return { ...real, sectionMarks: vi.fn(real.sectionMarks) }
})

const guidance = new Map(['b0', 'b3', 'b6'].map((id) => [id, `What to write in ${id}`]))
const threads = new Map([['b3', 2]])

/** An editor's state with its sections drawn, without a page. */
class Drawn {
  state: EditorState
  readonly #plugin: Plugin
  constructor(doc: ProseMirrorNode) {
    const options = { canWrite: true, onOutline: () => {}, onSection: () => {}, onSectionThreads: () => {} }
    const make = Sections.config.addProseMirrorPlugins as unknown as () => Plugin[]
    const plugins = make.call({ options })
    this.#plugin = plugins[0] as Plugin
    this.state = EditorState.create({ doc, plugins })
    const drawn = this
    const editor = {
      get state() {
        return drawn.state
      },
      view: { dispatch: (tr: Transaction) => this.edit(() => tr) },
    } as unknown as Editor
    setGuidance(editor, guidance)
    setSectionThreads(editor, threads)
  }
  edit(change: (tr: Transaction) => Transaction): void {
    this.state = this.state.apply(change(this.state.tr))
  }
  get decorations(): string[] {
    const set: DecorationSet = this.#plugin.getState(this.state).decorations
    return set
      .find()
      .map(({ from, to, spec, ...one }) => {
        const { attrs } = (one as unknown as { type: { attrs?: object } }).type
        return JSON.stringify([from, to, spec.key, attrs])
      })
      .toSorted()
  }
}

const document = () =>
  body(
    ...Array.from({ length: 9 }, (_, n) =>
      block(n % 3 === 0 ? 1 : 0, n % 5 === 4 ? '' : `Words ${n}`, `b${n}`),
    ),
  )

test('typing in a section draws no section anew', () => {
  const drawn = new Drawn(document())
  vi.mocked(marks.sectionMarks).mockClear()
  drawn.edit((tr) => tr.insertText('more ', drawn.state.doc.child(0).nodeSize + 3))
  expect(marks.sectionMarks).not.toHaveBeenCalled()
  drawn.edit((tr) => tr.insertText('x', 3))
  expect(marks.sectionMarks).toHaveBeenCalledTimes(1)
})

test('whatever is edited, what is mapped stands where it would be drawn', () => {
  const { seed, between } = random()
  console.log(`sections: seed ${seed}`)
  for (let story = 0; story < 40; story += 1) {
    const own = between(0, 2 ** 31)
    const chance = random(own)
    const drawn = new Drawn(document())
    for (let step = 0; step < 20; step += 1) {
      drawn.edit((tr) => change(tr, chance))
      const anew = new Drawn(drawn.state.doc)
      expect(sectionsOf(drawn.state), `seed ${own}`).toEqual(outlineOf(drawn.state.doc))
      expect(drawn.decorations, `seed ${own}`).toEqual(anew.decorations)
    }
  }
})

function change(tr: Transaction, chance: Random): Transaction {
  const places: number[] = []
  tr.doc.descendants((node, position) => {
    if (node.inlineContent) for (let n = 0; n <= node.content.size; n += 1) places.push(position + 1 + n)
    return !node.inlineContent
  })
  const at = chance.pick(places)
  const dice = chance.between(1, 10)
  if (dice <= 5) return tr.insertText(chance.pick(['x', ' ', 'words ']), at)
  if (dice <= 7) return tr.delete(at, Math.min(at + 4, chance.pick(places.filter((place) => place >= at))))
  if (dice === 8) return tr.split(at)
  // A block that is put in its own place again, as a whole.
  const $at = tr.doc.resolve(at)
  const node = $at.node(1)
  return tr.replaceWith($at.before(1), $at.after(1), node.copy(node.content))
}
