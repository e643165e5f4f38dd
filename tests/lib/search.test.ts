import { expect, test } from 'vitest'
import { searchKey, searchPattern, searchWords } from '../../lib/search'

test.each([
  ['Résumé: TDD-0042', ' resume tdd 0042'],
  ['ÅNGSTRÖM', ' angstrom'],
  ['İstanbul', ' istanbul'],
  ['ﬁnal ½', ' final 1 2'],
  ['100%_done\\', ' 100 done'],
  ['支付 重试', ' 支付 重试'],
  [' !!! ', ''],
  ['a\u0000b\ud800', ' a b'],
])('%j is kept as %j', (text, key) => {
  expect(searchKey(text)).toBe(key)
})

test('a word is looked for at the beginning of words, or anywhere where words stand together', () => {
  expect(searchWords('  Pay, RETRY ')).toEqual(['pay', 'retry'])
  expect(searchPattern('pay')).toBe('% pay%')
  expect(searchPattern('重试')).toBe('%重试%')
})
