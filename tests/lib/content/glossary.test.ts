import { expect, it } from 'vitest'
import { entriesOf, firstUses, glossaryOf, terminologyIn, usesIn } from '../../../lib/content/glossary'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { outlineOf } from '../../../lib/content/outline'
import { checkedNode, counting } from './world'

const read = (markdown: string) => checkedNode(importMarkdown(markdown, { newId: counting() }).content)

const entries = (markdown: string) => entriesOf(read(markdown).children)

const pairs = (markdown: string) => entries(markdown).map(({ term, meaning }) => [term, meaning])

it('reads items and rows in each of their forms, and nothing else', () => {
  expect(
    pairs(
      [
        '- **at-least-once**: delivered, maybe twice',
        '- **lease:** a lock that ends by itself',
        '- `shard` a part of the data',
        '- backoff - waiting longer each time',
        '- jitter \u2014 a random part of a wait',
        '- dead letter: what nobody takes any more',
        '  - **poison**: one that kills its reader',
        '- only a sentence without a meaning',
        '- **lonely**',
        '',
        'a paragraph: is none',
      ].join('\n'),
    ),
  ).toEqual([
    ['at-least-once', 'delivered, maybe twice'],
    ['lease', 'a lock that ends by itself'],
    ['shard', 'a part of the data'],
    ['backoff', 'waiting longer each time'],
    ['jitter', 'a random part of a wait'],
    ['dead letter', 'what nobody takes any more'],
    ['poison', 'one that kills its reader'],
  ])
  expect(pairs('| Term | Meaning |\n| --- | --- |\n| DLQ | dead letter queue |\n| x | too short |')).toEqual([
    ['DLQ', 'dead letter queue'],
  ])
})

it('knows a term by its abbreviation as well', () => {
  const [entry] = entries('- **service level objective (SLO)**: what is promised')
  expect(entry?.names).toEqual(['service level objective', 'SLO'])
})

it('finds the section by its title, or by what it is of the template', () => {
  const doc = read('# A\n\n### Terminology:\n\n- a1: b\n\n# Words we use\n\n- c1: d\n\n# B')
  const outline = outlineOf(doc)
  const renamed = outline.find(({ title }) => title === 'Words we use')?.id
  const found = terminologyIn(outline, (id) => (id === renamed ? 'terminology' : null))
  expect(found.map(({ title }) => title)).toEqual(['Terminology:', 'Words we use'])
})

it('finds whole words in exact case, in running text alone, the longest of two', () => {
  const glossary = glossaryOf(entries('- rate: a\n- rate limit: b\n- SLO: c'))
  const words = (markdown: string) =>
    read(markdown).children.flatMap((block) =>
      usesIn(block, glossary).map(({ from, to }) => block.textBetween(from - 1, to - 1, ' ')),
    )
  expect(words('The rate limit, and the rate; not Rate, crate, rates or rate_x.')).toEqual([
    'rate limit',
    'rate',
  ])
  expect(words('`rate` [rate](https://example.com) rate\u0301 and **ra**te')).toEqual(['rate'])
  expect(words('# rate\n\n```\nrate\n```\n\n> an SLO')).toEqual(['SLO'])
})

it('says of each section the first use of a term', () => {
  const glossary = glossaryOf(entries('- rate: a\n- SLO: c'))
  const uses = read('rate rate SLO\n\nrate').children.flatMap((block) => usesIn(block, glossary))
  expect(firstUses(uses).map(({ entry }) => entry.term)).toEqual(['rate', 'SLO'])
})
