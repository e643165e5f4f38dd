import { type Random, random } from '../support/random'

/** What the page is measured with: a document of this much text in this many blocks. */
export const largeDocument = { bytes: 1_000_000, blocks: 2_000, sections: 100 } as const

const syllables = [
  're',
  'try',
  'queue',
  'lat',
  'en',
  'cy',
  'node',
  'com',
  'mit',
  'ack',
  'sum',
  'to',
  'fan',
  'al',
]

/**
 * Markdown of a design document of that size: headings of three levels, paragraphs with marks and links, lists,
 * tables and code. The same seed gives the same text.
 */
export function largeMarkdown(seed = 1): string {
  const chance = random(seed)
  const perSection = largeDocument.blocks / largeDocument.sections
  const parts: string[] = []
  for (let section = 0; section < largeDocument.sections; section += 1) {
    const level = section % 10 === 0 ? 1 : section % 3 === 0 ? 2 : 3
    parts.push(`${'#'.repeat(level)} Section ${section} ${words(chance, 3)}`)
    for (let block = 1; block < perSection; block += 1) {
      if (block === 7) parts.push(list(chance))
      else if (block === 13 && section % 4 === 0) parts.push(table(chance))
      else if (block === 13 && section % 4 === 1)
        parts.push(`\`\`\`ts\n${lines(chance, 8).join('\n')}\n\`\`\``)
      else parts.push(paragraph(chance))
    }
  }
  return parts.join('\n\n')
}

const word = (chance: Random): string =>
  Array.from({ length: chance.between(1, 4) }, () => chance.pick(syllables)).join('')

const words = (chance: Random, count: number): string =>
  Array.from({ length: count }, () => word(chance)).join(' ')

function paragraph(chance: Random): string {
  const text = words(chance, chance.between(42, 86)).split(' ')
  const dice = chance.between(1, 6)
  const at = chance.between(2, text.length - 5)
  if (dice === 1) text[at] = `**${text[at]}**`
  if (dice === 2) text[at] = `\`${text[at]}\``
  if (dice === 3) text[at] = `[${text[at]}](https://example.com/${at})`
  if (dice === 4) text[at] = `*${text[at]} ${text[at + 1]}*`
  return `${text.join(' ')}.`
}

const lines = (chance: Random, count: number): string[] =>
  Array.from({ length: count }, () => words(chance, chance.between(5, 9)))

const list = (chance: Random): string =>
  lines(chance, 6)
    .map((line) => `- ${line}`)
    .join('\n')

function table(chance: Random): string {
  const row = () => `| ${lines(chance, 4).join(' | ')} |`
  return [row(), '| --- | --- | --- | --- |', row(), row(), row(), row()].join('\n')
}
