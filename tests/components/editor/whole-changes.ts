import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Fragment } from '@tiptap/pm/model'
import type { Anchor } from '../../../lib/content/anchor/anchor'
import { blockIdsOf } from '../../../lib/content/block-id'
import type { DocumentJson } from '../../../lib/content/document-json'
import { outlineOf } from '../../../lib/content/outline'
import { contentSchema } from '../../../lib/content/schema'
import { applySuggestion } from '../../../lib/content/suggestion/suggestion'
import { suggestInText } from '../../../lib/content/suggestion/suggestion-make'
import type { Suggestion } from '../../../lib/content/suggestion/suggestion-shape'
import { writeBody } from '../../../lib/content/write-body'
import type { Desk } from '../../lib/content/anchor-world'
import { mention, noted, said } from '../../lib/content/any-body'
import { pictureAt } from '../../lib/content/every-block'
import { block } from '../../lib/content/world'
import type { Random } from '../../support/random'

export interface WholeChangesInput {
  /** Characters that stand nowhere else. */
  readonly fresh: (length: number) => string
  /** These characters may not be the ones any more that they were. */
  readonly touch: (text: string) => void
  /** Blocks stand in another order, or others in their place. */
  readonly reorder: () => void
}

/** What changes more than words: versions put back, bodies put in place of another, suggestions, sections moved. */
export class WholeChanges {
  readonly #versions: ProseMirrorNode[] = []
  readonly #suggestions: { anchor: Anchor | null; suggestion: Suggestion }[] = []
  #id = 0

  constructor(
    private readonly chance: Random,
    private readonly story: WholeChangesInput,
  ) {}

  act(desk: Desk): void {
    const { chance } = this
    const { doc } = desk.state
    const dice = chance.between(1, 100)
    if (dice <= 15) this.#versions.push(doc)
    else if (dice <= 35) this.#restore(desk)
    else if (dice <= 50) this.#write(desk, this.#another(doc))
    else if (dice <= 65) this.#suggest(desk)
    else if (dice <= 85) this.#accept(desk)
    else this.moveSection(desk)
  }

  #restore(desk: Desk): void {
    if (this.#versions.length > 0) this.#write(desk, this.chance.pick(this.#versions))
  }

  /** The server writes it, in a body that has what this desk has. */
  #write(desk: Desk, after: ProseMirrorNode): void {
    const before = desk.state.doc
    const blocks = new Map(blocksOf(after))
    const order = [...blocks.keys()].filter((id) => blocksOf(before).some(([known]) => known === id))
    const stay = blocksOf(before).filter(([id]) => blocks.has(id))
    const isSameOrder = stay.every(([id], index) => order[index] === id)
    // Two who put the same block back at once make two of it.
    const comesBack = blocks.size > stay.length
    if (!isSameOrder || comesBack) this.story.reorder()
    for (const [id, node] of blocksOf(before)) {
      if (!isSameOrder || !blocks.get(id)?.eq(node)) this.story.touch(node.textContent)
    }
    desk.ydoc.transact(() => writeBody(desk.fragment, after), 'server')
  }

  /** As somebody brings it who has worked elsewhere: most of it, with other ids, some of it rewritten. */
  #another(doc: ProseMirrorNode): ProseMirrorNode {
    const { chance } = this
    const keepsIds = chance.between(1, 2) === 1
    const blocks: ProseMirrorNode[] = []
    doc.forEach((node) => {
      if (chance.between(1, 6) === 1) return
      blocks.push(chance.between(1, 4) === 1 ? this.#rewritten(node) : node)
    })
    if (chance.between(1, 3) === 1) blocks.unshift(...blocks.splice(chance.between(0, blocks.length)))
    this.story.reorder()
    if (blocks.length === 0) return doc
    return contentSchema.topNodeType.create(
      null,
      blocks.map((node) => (keepsIds ? node : this.#renamed(node))),
    )
  }

  #rewritten(node: ProseMirrorNode): ProseMirrorNode {
    if (!node.isTextblock || node.content.size === 0) return node
    const at = this.chance.between(0, node.content.size)
    const to = Math.min(node.content.size, at + this.chance.between(0, 6))
    const words = Fragment.from(contentSchema.text(this.story.fresh(this.chance.between(1, 6))))
    return node.copy(node.content.cut(0, at).append(words).append(node.content.cut(to)))
  }

  #renamed(node: ProseMirrorNode): ProseMirrorNode {
    if (node.isText) return node
    const id = 'id' in node.attrs ? { id: this.#newId() } : {}
    return node.type.create(
      { ...node.attrs, ...id },
      node.children.map((child) => this.#renamed(child)),
      node.marks,
    )
  }

  #suggest(desk: Desk): void {
    const { doc } = desk.state
    const places: { from: number; to: number }[] = []
    doc.descendants((node, position) => {
      if (node.isTextblock && node.content.size > 0)
        places.push({ from: position + 1, to: position + 1 + node.content.size })
      return !node.isTextblock
    })
    if (places.length === 0) return
    const { from, to } = this.chance.pick(places)
    const start = this.chance.between(from, to)
    const end = Math.min(to, start + this.chance.between(0, 12))
    const words = this.chance.between(0, 8)
    if (start === end && words === 0) return
    const content = words > 0 ? Fragment.from(contentSchema.text(this.story.fresh(words))) : Fragment.empty
    const made = suggestInText(desk.place, { from: start, to: end }, content)
    if (made) this.#suggestions.push(made)
  }

  #accept(desk: Desk): void {
    const [wanted] = this.#suggestions.splice(0, 1)
    if (!wanted) return
    const after = applySuggestion(desk.place, wanted.anchor, wanted.suggestion, () => this.#newId())
    if (typeof after !== 'string') this.#write(desk, after)
  }

  #newId(): string {
    this.#id += 1
    return `n${this.#id}`
  }

  moveSection(desk: Desk): void {
    const outline = outlineOf(desk.state.doc)
    const sections = outline.filter(({ level }) => level > 0)
    if (sections.length < 2) return
    const { id } = this.chance.pick(sections)
    const before = this.chance.pick([...sections.map((section) => section.id), null])
    const { doc } = desk.state
    if (!desk.move(id, before)) return
    // What is made anew may as well be what it is moved over.
    this.story.reorder()
    this.story.touch(doc.textContent)
  }
}

/** Blocks of the body by their id. */
function blocksOf(doc: ProseMirrorNode): [string, ProseMirrorNode][] {
  const ids = blockIdsOf(doc)
  const blocks: [string, ProseMirrorNode][] = []
  doc.forEach((node, position) => {
    blocks.push([ids.get(position) ?? '', node])
  })
  return blocks
}

export const codeOf = (text: string): DocumentJson => ({
  type: 'codeBlock',
  attrs: { id: 'code' },
  content: [{ type: 'text', text }],
})

export const tableOf = (words: () => string): DocumentJson => ({
  type: 'table',
  attrs: { id: 'table' },
  content: ['r1', 'r2'].map((row) => ({
    type: 'tableRow',
    attrs: { id: row },
    content: ['a', 'b'].map((cell) => ({
      type: 'tableCell',
      attrs: { id: `${row}${cell}` },
      content: [block(0, words(), `${row}${cell}p`)],
    })),
  })),
})

/** Blocks around blocks, and what stands in lines beside words. */
export const partsOf = (words: () => string): DocumentJson[] => {
  const text = (marks: string[] = []): DocumentJson => said([words(), ...marks])
  const line = (id: string): DocumentJson => ({
    type: 'paragraph',
    attrs: { id },
    content: [text(), mention('Ada'), text(), text(['formula']), noted('n'), text()],
  })
  return [
    line('line'),
    { type: 'image', attrs: { id: 'image', src: pictureAt } },
    { type: 'callout', attrs: { id: 'callout' }, content: [block(0, words(), 'in'), line('inner')] },
    {
      type: 'details',
      attrs: { id: 'details' },
      content: [block(0, words(), 'first'), block(0, words(), 'then')],
    },
    { type: 'footnote', attrs: { id: 'note', label: 'n' }, content: [block(0, words(), 'noted')] },
  ]
}
