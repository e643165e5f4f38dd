import { expect, test } from 'vitest'
import { readClaims } from '../../server/auth/claims'
import { readCookie, readCookies, sessionCookieName } from '../../server/auth/cookies'
import { colorOfNth, palette } from '../../server/auth/palette'
import { isAllowedOrigin } from '../../server/http/origin'

test.each([undefined, null, 7, '', 'a\u0000b', 'a\nb', 'é', 'x'.repeat(256), {}, ['ada']])(
  'the subject %j is none',
  (sub) => {
    expect(readClaims({ sub, name: 'Ada' })).toBeNull()
  },
)

test('a subject is kept byte for byte: two that look alike are two', () => {
  expect(readClaims({ sub: ' Ada ' })?.subject).toBe(' Ada ')
})

test.each([
  [{ name: 'Ada Lovelace' }, 'Ada Lovelace'],
  [{ name: 'A\u030Ada' }, 'Åda'],
  [{ name: '  Ada \n\t Lovelace ' }, 'Ada Lovelace'],
  [{ name: 'Ada\u202Eecalevol' }, 'Adaecalevol'],
  [{ name: '\ud800Ada' }, 'Ada'],
  [{ name: '👩‍💻 Ada' }, '👩‍💻 Ada'],
  [{ name: '\u200B', given_name: 'Ada', family_name: 'Lovelace' }, 'Ada Lovelace'],
  [{ preferred_username: 'ada' }, 'ada'],
  [{ email: 'ada@example.com' }, 'ada'],
  [{ name: 7, email: {} }, 'Somebody'],
  [{}, 'Somebody'],
])('the name in %j is %j', (claims, name) => {
  expect(readClaims({ sub: 'x', ...claims })?.name).toBe(name)
})

test('a name is cut at 80, without tearing a character', () => {
  const name = readClaims({ sub: 'x', name: `${'a'.repeat(79)}👩` })?.name ?? ''
  expect(name).toBe('a'.repeat(79))
  expect(readClaims({ sub: 'x', name: 'b'.repeat(5_000) })?.name).toHaveLength(80)
})

test.each([
  ['https://example.com/a.png', 'https://example.com/a.png'],
  ['http://example.com/a.png', null],
  ['javascript:alert(1)', null],
  ['data:image/svg+xml,<svg/>', null],
  ['https://user:secret@example.com/', null],
  [`https://example.com/${'x'.repeat(3_000)}`, null],
  [7, null],
])('the picture %s becomes %s', (picture, expected) => {
  expect(readClaims({ sub: 'x', picture })?.picture).toBe(expected)
})

test.each(['no address', 'a@b@c', 'a b@c', '<a@b>', `${'x'.repeat(300)}@b`])(
  'the address %s is none',
  (email) => {
    expect(readClaims({ sub: 'x', email })?.email).toBeNull()
  },
)

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test.each(palette)('%s can be read on light paper and seen on dark, and carries white', (color) => {
  expect(contrast(color, '#ffffff')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(color, '#fffefb')).toBeGreaterThanOrEqual(4.5)
  expect(contrast(color, '#1a1b1e')).toBeGreaterThanOrEqual(3)
})

test('the first twelve people all differ', () => {
  expect(new Set(Array.from({ length: 12 }, (_, n) => colorOfNth(n))).size).toBe(12)
  expect(colorOfNth(12)).toBe(colorOfNth(0))
})

test.each([
  ['http://localhost:3000', 'next-auth.session-token-03000'],
  ['http://localhost', 'next-auth.session-token-00080'],
  ['https://design.example.com', '__Secure-next-auth.session-token'],
  ['http://design.internal:8080', 'next-auth.session-token'],
])('at %s the session’s cookie is %s', (origin, name) => {
  expect(sessionCookieName(origin)).toBe(name)
})

test('no name of a session’s cookie begins with another one', () => {
  const names = [300, 3000, 30000, 80].map((port) => sessionCookieName(`http://localhost:${port}`))
  for (const one of names)
    for (const other of names) expect(one !== other && other.startsWith(one)).toBe(false)
})

test('cookies are read by their whole name, the first of several', () => {
  expect(readCookie('a=1; ab=2;b=3; b=4; c', 'b')).toBe('3')
  expect(readCookie('ab=2', 'a')).toBeNull()
  expect(readCookies('a=%20x; b=%zz; a=2; __proto__=p')).toEqual(
    Object.assign(Object.create(null), { a: ' x', b: '%zz', ['__proto__']: 'p' }),
  )
})

test.each([
  ['http://localhost:3000', 'http://localhost:3000', true],
  ['http://localhost:3000', 'http://127.0.0.1:3000', true],
  ['http://localhost:3000', 'http://[::1]:3000', true],
  ['http://localhost:3000', 'http://localhost:3001', false],
  ['http://localhost:3000', 'https://localhost:3000', false],
  ['http://localhost:3000', 'null', false],
  ['http://localhost:3000', undefined, false],
  ['https://design.example.com', 'https://design.example.com', true],
  ['https://design.example.com', 'https://design.example.com.evil', false],
  ['https://design.example.com', 'http://localhost:3000', false],
])('for %s, a page of %s: %s', (origin, from, allowed) => {
  expect(isAllowedOrigin({ origin }, from)).toBe(allowed)
})
