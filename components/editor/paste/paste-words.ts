import { type PasteExcess, pasteLimits } from '../../../lib/content/paste/limits'

const number = (amount: number): string => amount.toLocaleString('en')
const millions = (amount: number): string =>
  `${(amount / 1_000_000).toFixed(amount < 10_000_000 ? 1 : 0)} million`

/** Why something is not pasted, and what to do instead, as a sentence or two. */
export function refusalWords({ excess, amount }: PasteExcess): string {
  const most = number(pasteLimits[excess])
  switch (excess) {
    case 'textLength':
    case 'htmlLength':
      return `Nothing was pasted: this is ${millions(amount)} characters, and at most ${millions(pasteLimits[excess])} go in at once. Paste it in parts, or attach it as a file.`
    case 'tags':
      return 'Nothing was pasted: its formatting is too much to be read. Paste it in parts, or paste it without formatting.'
    case 'blocks':
      return `Nothing was pasted: this has more than ${most} paragraphs, items and cells. Paste it in parts, or import it as a document of its own.`
    case 'cells':
      return `Nothing was pasted: this table has ${number(amount)} cells, and one here holds at most ${most}. Paste the part that matters, or attach the sheet as a file.`
    case 'lineLength':
      return `Nothing was pasted: this has a line of ${number(amount)} characters, and one here holds at most ${most}. Break it into lines, or attach it as a file.`
    case 'depth':
      return tooDeepWords
  }
}

export const tooDeepWords =
  'Nothing was pasted: it would be nested too deep here. Paste it outside of lists and quotes.'
export const unreadableWords =
  'This could not be pasted. Check your connection and paste it again, or paste it without formatting.'
