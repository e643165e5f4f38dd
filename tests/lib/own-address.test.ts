import { expect, test } from 'vitest'
import { ownDocumentAt, wholeOwnAddress } from '../../lib/own-address'

const origin = 'https://rationale.example.com'
const id = '0b6a9f9e-4d1c-4c8e-9d59-0f3a3a1c7d11'

test('documents of ours are told by their id or their number, wherever in them the address leads', () => {
  expect(ownDocumentAt(`${origin}/d/${id}`, origin)).toEqual({ by: 'id', id })
  expect(ownDocumentAt(`${origin}/d/${id}?thread=1#block`, origin)).toEqual({ by: 'id', id })
  expect(ownDocumentAt(`${origin}/42`, origin)).toEqual({ by: 'number', number: '42' })
  expect(ownDocumentAt(`${origin}/TDD-0042`, origin)).toEqual({ by: 'number', number: 'TDD-0042' })
})

test('other pages, other places and what only looks like ours are none', () => {
  for (const address of [
    `https://rationale.example.com.evil.example/d/${id}`,
    `http://rationale.example.com/d/${id}`,
    `https://evil.example/${origin}/d/${id}`,
    `${origin}/d/${id}/history`,
    `${origin}/d/nothing`,
    `${origin}/inbox`,
    `${origin}/`,
    '#risks',
    '/42',
    'javascript:alert(1)',
    '',
  ]) {
    expect(ownDocumentAt(address, origin), address).toBeNull()
  }
})

test('what is typed for one of ours becomes its whole address, and nothing else does', () => {
  expect(wholeOwnAddress('TDD-0042', origin)).toBe(`${origin}/TDD-0042`)
  expect(wholeOwnAddress('/42', origin)).toBe(`${origin}/42`)
  expect(wholeOwnAddress(`/d/${id}`, origin)).toBe(`${origin}/d/${id}`)
  for (const typed of [
    '#risks',
    '../42',
    '//evil.example',
    '/\\evil.example/42',
    '/inbox',
    '42',
    'https://a.b',
  ]) {
    expect(wholeOwnAddress(typed, origin)).toBe(typed)
  }
})
