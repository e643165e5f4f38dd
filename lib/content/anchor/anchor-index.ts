import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { blockIdsOf } from '../block-id'
import { type OutlineSection, outlineOf, preambleId, sectionAt } from '../outline'
import { type Words, wordsBetween } from './anchor-words'

/** A stretch of a document, as positions. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** What is looked up in a whole document; each part is read once, when it is first asked for. */
export class DocumentIndex {
  private held: Words | undefined
  private outline: readonly OutlineSection[] | undefined
  private ids: ReadonlyMap<number, string> | undefined
  private blocks: ReadonlyMap<string, Range> | undefined

  constructor(private readonly doc: ProseMirrorNode) {}

  get words(): Words {
    this.held ??= wordsBetween(this.doc, 0, this.doc.content.size)
    return this.held
  }

  /** Id of the innermost block with an id at a position. */
  blockIdAt(position: number): string {
    const $at = this.doc.resolve(position)
    const ids = this.blockIds
    for (let depth = $at.depth; depth > 0; depth -= 1) {
      const id = ids.get($at.before(depth))
      if (id) return id
    }
    return preambleId
  }

  block(id: string): Range | null {
    this.blocks ??= new Map(
      [...this.blockIds].map(([from, name]) => [
        name,
        { from, to: from + (this.doc.nodeAt(from)?.nodeSize ?? 0) },
      ]),
    )
    return this.blocks.get(id) ?? null
  }

  private get blockIds(): ReadonlyMap<number, string> {
    this.ids ??= blockIdsOf(this.doc)
    return this.ids
  }

  private get sections(): readonly OutlineSection[] {
    this.outline ??= outlineOf(this.doc)
    return this.outline
  }

  /** Id of the innermost section at a position. */
  sectionIdAt(position: number): string {
    return sectionAt(this.sections, position)?.id ?? preambleId
  }

  /** Heading and own content of a section; with `whole`, the sections in it too. */
  section(id: string, whole = false): Range | null {
    if (id === preambleId)
      return { from: 0, to: this.sections.find(({ level }) => level > 0)?.from ?? this.doc.content.size }
    const section = this.sections.find((one) => one.id === id)
    return section ? { from: section.from, to: whole ? section.to : section.ownEnd } : null
  }
}

const indexes = new WeakMap<ProseMirrorNode, DocumentIndex>()

/** One index per document; documents do not change. */
export function indexOf(doc: ProseMirrorNode): DocumentIndex {
  const known = indexes.get(doc)
  if (known) return known
  const made = new DocumentIndex(doc)
  indexes.set(doc, made)
  return made
}
