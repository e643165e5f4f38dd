import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import {
  setThreads,
  type ThreadRangeMap,
  threadRanges,
} from '../../../components/editor/thread/thread-ranges'
import { type Anchor, anchorAt, anchorLimits, resolveAnchor } from '../../../lib/content/anchor/anchor'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'
import { adaId } from '../../lib/content/every-block'
import { block, body } from '../../lib/content/world'
import type { Random } from '../../support/random'
import { codeOf, partsOf, tableOf, WholeChanges } from './whole-changes'

export type StoryKind = 'words' | 'whole' | 'parts'

/**
 * A body in which no character stands twice, and people who edit it at random. So a text says of each of its
 * characters which one it is, and what a person would say of a mark can be read off what is marked.
 */
export class ThreadStory {
  readonly world: World
  readonly anchors: Anchor[] = []
  /** Characters of each quote that nobody has deleted, or made anew by moving, splitting or changing a block. */
  readonly untouched: Set<string>[] = []
  /**
   * A block was moved, copied or made anew: where two do that at once, characters come to stand among others that
   * they did not stand among.
   */
  reordered = false
  readonly #tracked: ThreadRangeMap[] = []
  readonly #chance: Random
  readonly #whole: WholeChanges
  #next = 0x4e00

  /**
   * @param kind `whole`: with tables and code, and with changes of whole sections and bodies. `parts`: that, with blocks
   *   around blocks, and people, footnotes and formulas among the words.
   */
  constructor(
    chance: Random,
    private readonly kind: StoryKind = 'words',
  ) {
    this.#chance = chance
    const blocks = Array.from({ length: chance.between(3, 7) }, (_, n) =>
      block(n % 3 === 0 ? 1 : 0, this.#fresh(chance.between(n % 3 === 0 ? 6 : 20, 90)), `b${n}`),
    )
    if (kind !== 'words') {
      const words = () => this.#fresh(chance.between(4, 40))
      blocks.splice(chance.between(1, blocks.length), 0, tableOf(words), codeOf(`${words()}\n${words()}`))
      if (kind === 'parts') blocks.splice(chance.between(1, blocks.length), 0, ...partsOf(words))
    }
    this.world = new World(body(...blocks), 2, (desk) => [
      threadRanges({
        onRanges: (ranges) => {
          this.#tracked[desk] = ranges
        },
        onClickThread: () => {},
      }),
    ])
    this.#whole = new WholeChanges(chance, {
      fresh: (length) => this.#fresh(length),
      touch: (text) => this.#touch(text),
      reorder: () => {
        this.reordered = true
      },
    })
    const [ada] = this.world.desks as [Desk, Desk]
    for (let n = 0; n < 3; n += 1) {
      const anchor = anchorAt(ada.place, this.#stretch(ada.state.doc, chance.pick([4, 12, 30, 60, 120])))
      if (!anchor) continue
      this.anchors.push(anchor)
      this.untouched.push(new Set(anchor.quote.replaceAll('\n', '')))
    }
    for (const desk of this.world.desks) {
      const editor = {
        view: desk.view,
        get state() {
          return desk.state
        },
      }
      setThreads(
        editor as unknown as Editor,
        this.anchors.map((anchor, n) => ({ id: String(n), anchor, tone: 'plain' as const })),
      )
    }
  }

  /** One change by somebody, at random. */
  act(): void {
    const chance = this.#chance
    const desk = chance.pick(this.world.desks)
    const { doc } = desk.state
    if (this.kind === 'parts' && chance.between(1, 6) === 1) {
      this.#part(desk)
      return
    }
    if (this.kind !== 'words' && chance.between(1, 4) === 1) {
      this.#whole.act(desk)
      return
    }
    const dice = chance.between(1, 100)
    if (dice <= 30) {
      const at = this.#stretch(doc, 0).from
      desk.edit((tr) => tr.insertText(this.#fresh(chance.between(1, 8)), at))
    } else if (dice <= 55) this.#delete(desk, this.#stretch(doc, chance.pick([1, 3, 10, 40])))
    else if (dice <= 63) this.#split(desk)
    else if (dice <= 70) this.#join(desk)
    else if (dice <= 76) this.#changeType(desk)
    else if (dice <= 84) this.#moveBlock(desk)
    else if (dice <= 88) this.#copyBlock(desk)
    else if (dice <= 97) desk.undo()
    else desk.redo()
    if (chance.between(1, 3) === 1) desk.endStep()
  }

  /** One change by somebody, which the same person takes back at once. */
  actAndUndo(): void {
    const desk = this.#chance.pick(this.world.desks)
    desk.endStep()
    const { doc } = desk.state
    const dice = this.#chance.between(1, 6)
    if (dice <= 2) this.#delete(desk, this.#stretch(doc, this.#chance.pick([1, 10, 40, 200])))
    else if (dice === 3) this.#split(desk)
    else if (dice === 4) this.#join(desk)
    else if (dice === 5) this.#changeType(desk)
    else this.#whole.moveSection(desk)
    desk.endStep()
    if (desk.state.doc.eq(doc)) return
    this.world.sync()
    desk.undo()
  }

  /** What each page marks for a thread now, and what it would if it were opened anew. */
  marks(n: number): { open: string | null; anew: string | null }[] {
    const anchor = this.anchors[n] as Anchor
    return this.world.desks.map((desk, index) => {
      const said = (range: { from: number; to: number } | null | undefined) =>
        range ? desk.state.doc.textBetween(range.from, range.to).replaceAll('\n', '') : null
      return {
        open: said(this.#tracked[index]?.get(String(n))),
        anew: said(resolveAnchor(desk.place, anchor)),
      }
    })
  }

  get text(): string {
    const [first] = this.world.desks as [Desk]
    return first.state.doc.textContent.replaceAll('\n', '')
  }

  #fresh(length: number): string {
    const text = String.fromCharCode(...Array.from({ length }, (_, n) => this.#next + n))
    this.#next += length
    return text
  }

  /** Some characters in a row, over the end of a block too. */
  #stretch(doc: ProseMirrorNode, length: number): { from: number; to: number } {
    const places: number[] = []
    doc.descendants((node, position) => {
      if (node.inlineContent) for (let n = 0; n <= node.content.size; n += 1) places.push(position + 1 + n)
      return !node.inlineContent
    })
    const from = this.#chance.pick(places)
    return { from, to: places[Math.min(places.indexOf(from) + length, places.length - 1)] ?? from }
  }

  #touch(text: string): void {
    for (const set of this.untouched) for (const character of text) set.delete(character)
  }

  #delete(desk: Desk, { from, to }: { from: number; to: number }): void {
    const { doc } = desk.state
    // What an editor does to cells and code over their ends is its own affair.
    const [$from, $to] = [doc.resolve(from), doc.resolve(to)]
    if (!$from.sameParent($to) && !(isPlain($from.parent, $from.depth) && isPlain($to.parent, $to.depth)))
      return
    this.#touch(doc.textBetween(from, to))
    if (!doc.resolve(from).sameParent(doc.resolve(to))) {
      // What stands behind is written anew into the block before.
      this.reordered = true
      this.#touch(doc.resolve(to).parent.textContent)
    }
    desk.edit((tr) => tr.delete(from, to))
  }

  /** Somebody is named at a place, or a formula made of words. */
  #part(desk: Desk): void {
    const { from, to } = this.#stretch(desk.state.doc, this.#chance.pick([0, 5]))
    const $from = desk.state.doc.resolve(from)
    if ($from.parent.type.spec.code || !$from.sameParent(desk.state.doc.resolve(to))) return
    const { mention } = contentSchema.nodes
    const { formula } = contentSchema.marks
    if (from === to && mention) {
      // The binding makes the text behind it anew.
      this.reordered = true
      this.#touch($from.parent.textContent)
      desk.edit((tr) => tr.insert(from, mention.create({ person: adaId, name: 'Ada' })))
    } else if (formula) desk.edit((tr) => tr.addMark(from, to, formula.create()))
  }

  #split(desk: Desk): void {
    const { from } = this.#stretch(desk.state.doc, 0)
    const { parent, parentOffset, depth } = desk.state.doc.resolve(from)
    if (!isPlain(parent, depth)) return
    // Either half may be the one that is made anew.
    this.reordered = true
    this.#touch(parent.textContent.slice(0, parentOffset))
    this.#touch(parent.textContent.slice(parentOffset))
    desk.edit((tr) => tr.split(from))
  }

  #join(desk: Desk): void {
    const { doc } = desk.state
    if (doc.childCount < 2) return
    const index = this.#chance.between(1, doc.childCount - 1)
    if (![doc.child(index), doc.child(index - 1)].every((node) => isPlain(node, 1))) return
    const at = doc.resolve(0).posAtIndex(index)
    this.reordered = true
    this.#touch(doc.child(index).textContent)
    this.#touch(doc.child(index - 1).textContent)
    desk.edit((tr) => tr.join(at))
  }

  #changeType(desk: Desk): void {
    const { doc } = desk.state
    const index = this.#chance.between(0, doc.childCount - 1)
    const at = doc.resolve(0).posAtIndex(index) + 1
    const node = doc.child(index)
    if (!isPlain(node, 1)) return
    this.reordered = true
    this.#touch(node.textContent)
    const { heading, paragraph } = contentSchema.nodes
    const id: unknown = node.attrs.id
    if (!heading || !paragraph) return
    desk.edit((tr) =>
      node.type === heading
        ? tr.setBlockType(at, at, paragraph, { id })
        : tr.setBlockType(at, at, heading, { id, level: 2 }),
    )
  }

  /** Cut and pasted: two changes, between which others' may arrive. */
  #moveBlock(desk: Desk): void {
    const { doc } = desk.state
    if (doc.childCount < 2) return
    const index = this.#chance.between(0, doc.childCount - 1)
    const node = doc.child(index)
    const at = doc.resolve(0).posAtIndex(index)
    this.reordered = true
    this.#touch(node.textContent)
    desk.edit((tr) => tr.delete(at, at + node.nodeSize))
    const left = desk.state.doc
    const to = left.resolve(0).posAtIndex(this.#chance.between(0, left.childCount))
    desk.edit((tr) => tr.insert(to, node))
  }

  #copyBlock(desk: Desk): void {
    const { doc } = desk.state
    const node = doc.child(this.#chance.between(0, doc.childCount - 1))
    this.reordered = true
    desk.edit((tr) => tr.insert(doc.resolve(0).posAtIndex(this.#chance.between(0, doc.childCount)), node))
  }
}

/** A paragraph or a heading of the body itself. */
const isPlain = (node: ProseMirrorNode, depth: number): boolean =>
  depth === 1 && (node.type.name === 'paragraph' || node.type.name === 'heading')

/** Long enough to speak for itself, and short enough to be held whole. */
export const speaksForItself = (quote: string): boolean =>
  quote.length >= 40 && quote.length < anchorLimits.quoteMax
