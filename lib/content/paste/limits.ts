import type { DocumentJson } from '../document-json'
import { maxDepth } from '../shape'

/**
 * What one paste may bring into a document, drawn so that no page of it freezes: neither that of whoever pastes nor
 * those of the others. Beyond them it is refused as a whole, before anything of it is in the document.
 */
export const pasteLimits = {
  /** Of the HTML on the clipboard without the pictures in it, in UTF-16 code units: it is parsed in one go. */
  htmlLength: 3_000_000,
  /** Tags in it: a browser makes an element of nearly every second one, whatever it says. */
  tags: 150_000,
  /** Of text, in UTF-16 code units. */
  textLength: 2_000_000,
  /** Blocks of every kind, rows and cells of tables among them. */
  blocks: 10_000,
  /** Cells of one table, filled-in ones counted. */
  cells: 2_500,
  /** Of the text of one paragraph, heading or block of code, in UTF-16 code units: a browser lays it out as one. */
  lineLength: 100_000,
  /** Pictures within it that are kept as attachments. */
  pictures: 50,
  /** Blocks within blocks. What is nested deeper on the clipboard stands where this one stands. */
  nesting: 24,
  /** Blocks within blocks, those around the caret counted: `maxDepth` of a body. */
  depth: maxDepth,
} as const

export type Excess = keyof Pick<
  typeof pasteLimits,
  'htmlLength' | 'tags' | 'textLength' | 'blocks' | 'cells' | 'lineLength' | 'depth'
>

/** What is pasted goes beyond a limit. */
export class PasteExcess extends Error {
  override readonly name = 'PasteExcess'
  /** @param amount how much there is of it, as far as it was counted. */
  constructor(
    readonly excess: Excess,
    readonly amount: number,
  ) {
    super(`${excess}: ${amount}`)
  }
}

/** @throws PasteExcess where `amount` is beyond the limit. */
export function mind(excess: Excess, amount: number): void {
  if (amount > pasteLimits[excess]) throw new PasteExcess(excess, amount)
}

/** Counts blocks and text of what is about to be pasted. @throws PasteExcess at the first limit that is passed. */
export function weigh(blocks: readonly DocumentJson[]): void {
  let [count, length] = [0, 0]
  const walk = (block: DocumentJson): void => {
    count += 1
    mind('blocks', count)
    if (block.type === 'table') mind('cells', cellsIn(block))
    let line = 0
    for (const part of block.content ?? []) {
      if (part.type === 'text') line += part.text?.length ?? 0
      else walk(part)
    }
    mind('lineLength', line)
    length += line
    mind('textLength', length)
  }
  blocks.forEach(walk)
}

const cellsIn = ({ content = [] }: DocumentJson): number =>
  content.reduce((sum, row) => sum + (row.content?.length ?? 0), 0)
