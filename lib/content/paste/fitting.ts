import { type DocumentJson, element, type MarkJson } from '../document-json'

const bold: MarkJson = { type: 'bold' }

/** At least one block: an empty paragraph where there is none. */
export const filled = (blocks: readonly DocumentJson[]): DocumentJson[] =>
  blocks.length > 0 ? [...blocks] : [element('paragraph')]

/** The same words, all of them bold. */
export const emboldened = (parts: readonly DocumentJson[] = []): DocumentJson[] =>
  parts.map((part) =>
    part.type !== 'text' || part.marks?.some(({ type }) => type === bold.type)
      ? part
      : { ...part, marks: [bold, ...(part.marks ?? [])] },
  )

/** The same words, none of them bold: what they stand in is heavy by itself. */
export const lightened = (parts: readonly DocumentJson[] = []): DocumentJson[] =>
  parts.map((part) => {
    const marks = part.marks?.filter(({ type }) => type !== bold.type)
    if (!marks || marks.length === part.marks?.length) return part
    const { marks: _, ...rest } = part
    return marks.length > 0 ? { ...rest, marks } : rest
  })

/** Blocks without headings, which would be sections within a list, a cell or a quote: bold lines instead. */
export const textBlocks = (blocks: readonly DocumentJson[]): DocumentJson[] =>
  blocks.map((block) => (block.type === 'heading' ? element('paragraph', emboldened(block.content)) : block))

const inCells = new Set(['paragraph', 'bulletList', 'orderedList', 'taskList', 'codeBlock', 'image'])

/** Blocks that a cell may hold: of any other, what it holds. */
export const cellBlocks = (blocks: readonly DocumentJson[]): DocumentJson[] =>
  textBlocks(blocks).flatMap((block) =>
    inCells.has(block.type)
      ? [block]
      : cellBlocks((block.content ?? []).filter(({ type }) => type !== 'text')),
  )
