import { PublicError } from '../errors'
import type { DocumentJson } from './document-json'

/**
 * What a body may begin with where it is made from a file: a page that opens it draws all of it at once. What is
 * pasted at once may be less (`paste/limits.ts`), since others write meanwhile.
 */
export const bodyLimits = {
  /** Blocks of every kind, rows and cells of tables among them. The largest document of the corpus has 2,000. */
  blocks: 40_000,
  /** Text of one paragraph, heading or block of code, in UTF-16 code units. */
  lineLength: 250_000,
} as const

/** @throws PublicError `too_large` beyond a limit, with what to do. */
export function mindBody(body: DocumentJson): void {
  let count = 0
  const walk = (block: DocumentJson): void => {
    count += 1
    if (count > bodyLimits.blocks) {
      const most = bodyLimits.blocks.toLocaleString('en')
      throw tooLarge(`more than ${most} paragraphs, items and cells`, 'Split it into several files')
    }
    let length = 0
    for (const part of block.content ?? []) {
      if (part.type === 'text') length += part.text?.length ?? 0
      else walk(part)
    }
    if (length > bodyLimits.lineLength) {
      const said = `a paragraph of ${length.toLocaleString('en')} characters, and at most ${bodyLimits.lineLength.toLocaleString('en')} can be shown`
      throw tooLarge(said, 'Break it into several')
    }
  }
  for (const block of body.content ?? []) walk(block)
}

const tooLarge = (what: string, advice: string): PublicError =>
  new PublicError('too_large', { sentence: `This file has ${what}. ${advice}, then import it again.` })
