import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contrast, inkOn } from '../../components/ui/person-color'

/** Tokens that are one plain colour per theme: name -> [light, dark]. */
const tokens = new Map(
  [
    ...readFileSync('components/ui/tokens.css', 'utf8').matchAll(
      /--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g,
    ),
  ].map(([, name, light, dark]) => [name as string, [light as string, dark as string] as const]),
)

const colour = (name: string, theme: 0 | 1): string => {
  const found = tokens.get(name)
  if (!found) throw new Error(`There is no colour --${name} in tokens.css.`)
  return found[theme]
}

const surfaces = ['paper', 'raised', 'desk']
const text = [
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'draft',
  'review',
  'approved',
  'implemented',
  'superseded',
  'abandoned',
  'blocking',
]
const pairs: [fore: string, ground: string, least: number][] = [
  // Text to be read for an hour.
  ['ink', 'paper', 7],
  ['ink', 'raised', 7],
  ['ink', 'mark', 7],
  ['ink', 'mark-active', 7],
  ['ink-2', 'paper', 7],
  // Everything that can be read anywhere.
  ...text.flatMap((fore) =>
    [...surfaces, 'sunk'].map((ground): [string, string, number] => [fore, ground, 4.5]),
  ),
  ...['draft', 'review', 'approved', 'implemented', 'superseded', 'abandoned', 'blocking'].map(
    (tone): [string, string, number] => [tone, `${tone}-soft`, 4.5],
  ),
  ...['review', 'approved', 'accent', 'blocking'].map((g): [string, string, number] => [
    'ink',
    `${g}-soft`,
    7,
  ]),
  ...['comment', 'keyword', 'string', 'number', 'name', 'type', 'property'].map(
    (kind): [string, string, number] => [`code-${kind}`, 'desk', 4.5],
  ),
  ['accent', 'accent-soft', 4.5],
  ['ink-2', 'accent-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['on-blocking', 'blocking', 4.5],
  ['ins-ink', 'ins', 4.5],
  ['del-ink', 'del', 4.5],
  ['paper', 'ink', 4.5],
  ['ink', 'selection', 7],
  // What has to be seen but not read: signs, frames of fields, the ring around what has the focus.
  ...surfaces.flatMap((ground): [string, string, number][] => [
    ['ink-4', ground, 3],
    ['line-strong', ground, 3],
    ['focus', ground, 3],
  ]),
]

describe('the colours of tokens.css', () => {
  it.each(['light', 'dark'] as const)('can be told apart in the %s theme', (theme) => {
    const index = theme === 'light' ? 0 : 1
    const weak = pairs
      .map(([fore, ground, least]) => ({
        fore,
        ground,
        least,
        is: contrast(colour(fore, index), colour(ground, index)),
      }))
      .filter(({ is, least }) => is < least)
      .map(({ fore, ground, least, is }) => `${fore} on ${ground}: ${is.toFixed(2)}, needs ${least}`)
    expect(weak).toEqual([])
  })

  it('measures contrast as the recommendation defines it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
    expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2)
  })
})

describe("the ink on a person's colour", () => {
  it('is AA on every colour there is', () => {
    for (let red = 0; red < 256; red += 15)
      for (let green = 0; green < 256; green += 15)
        for (let blue = 0; blue < 256; blue += 15) {
          const color = `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
          expect(contrast(color, inkOn(color)), color).toBeGreaterThanOrEqual(4.5)
        }
  })

  it('does not trust a colour that is none', () => {
    expect(inkOn('red;background:url(//x)')).toBe('#ffffff')
  })
})
