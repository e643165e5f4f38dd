import { expect, test } from 'vitest'
import { typedFormula } from '../../../components/editor/drawn/formula-typed'

test.each([
  ['so $x^2$', 'x^2'],
  ['$n$', 'n'],
  ['($\\alpha$', '\\alpha'],
  ['it holds that $a = b$', 'a = b'],
  ['$x$ and $y_1$', 'y_1'],
  ['about $2^{64}$', '2^{64}'],
])('%s ends a formula', (text, source) => {
  const found = typedFormula(text)
  expect(found?.replaceWith).toBe(source)
  expect(text.slice(found?.index)).toBe(found?.text)
})

test.each([
  'it costs $5 and $',
  'it costs $5$',
  '$5-$',
  '$5 to $',
  '$1,000.50$',
  '$ x$',
  '$x $',
  '$$',
  'US$x$',
  '\\$x$',
  '$x\\$',
  '$x',
  'x$',
])('%s does not', (text) => {
  expect(typedFormula(text)).toBeNull()
})
