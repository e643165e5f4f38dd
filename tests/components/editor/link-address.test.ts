import { expect, test } from 'vitest'
import { completeAddress } from '../../../components/editor/link/link-form'

test('what is typed as an address of the web becomes one', () => {
  expect(completeAddress(' example.com/a ')).toBe('https://example.com/a')
  expect(completeAddress('grace@example.com')).toBe('mailto:grace@example.com')
})

test('what says where it leads is left alone', () => {
  for (const address of [
    'https://example.com',
    'mailto:a@b.c',
    '#risks',
    '/d/1',
    '../beside.md',
    'javascript:x',
    '',
  ]) {
    expect(completeAddress(address)).toBe(address)
  }
})
