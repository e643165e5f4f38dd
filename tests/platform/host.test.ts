import { describe, expect, test } from 'vitest'
import { clientAddress, judgeHost } from '../../server/http/host'

const local = { publicUrl: null, port: 4300, origin: 'http://localhost:4300' }
const ask = (
  headers: Record<string, string>,
  rest: { method?: string; url?: string } = {},
  config: Parameters<typeof judgeHost>[1] = local,
) => judgeHost({ method: 'GET', url: '/', ...rest, headers }, config)

describe('without a public address', () => {
  test.each(['localhost:4300', 'LOCALHOST:4300', '127.0.0.1:4300', '[::1]:4300'])('%s is us', (host) => {
    expect(ask({ host })).toEqual({ is: 'ours' })
  })
  test.each([
    'evil.example.com',
    'evil.example.com:4300',
    'localhost',
    'localhost:4301',
    'localhost.evil.example.com:4300',
    '127.0.0.1.evil.example.com:4300',
    '127.0.0.2:4300',
    '',
  ])('%j is not', (host) => {
    expect(ask({ host })).toEqual({ is: 'wrong' })
  })
  test('the standard port may be left out', () => {
    const config = { publicUrl: null, port: 80, origin: 'http://localhost' }
    expect(ask({ host: 'localhost' }, {}, config)).toEqual({ is: 'ours' })
  })
  test.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'a request through a proxy (%s) is refused',
    (name) => {
      expect(ask({ host: 'localhost:4300', [name]: 'anything' })).toEqual({ is: 'wrong' })
    },
  )
  test('a page under another name of ours is sent to the one where its cookies are', () => {
    for (const host of ['127.0.0.1:4300', '[::1]:4300']) {
      expect(ask({ host, accept: 'text/html,*/*' }, { url: '/d/1?x=2' })).toEqual({
        is: 'elsewhere',
        location: 'http://localhost:4300/d/1?x=2',
      })
    }
    expect(ask({ host: '127.0.0.1:4300', 'sec-fetch-mode': 'navigate' })).toMatchObject({ is: 'elsewhere' })
  })
  test('a program is answered where it asks', () => {
    const host = '127.0.0.1:4300'
    expect(ask({ host, accept: '*/*' })).toEqual({ is: 'ours' })
    expect(ask({ host, accept: 'text/html' }, { url: '/api/v1/me' })).toEqual({ is: 'ours' })
    expect(ask({ host, accept: 'text/html' }, { url: '/healthz' })).toEqual({ is: 'ours' })
    expect(ask({ host, accept: 'text/html' }, { method: 'POST' })).toEqual({ is: 'ours' })
  })
})

test('with a public address the host decides nothing', () => {
  const config = { publicUrl: 'https://design.example.com', port: 4300, origin: 'https://design.example.com' }
  expect(ask({ host: '10.0.0.7:4300', 'x-forwarded-for': '1.2.3.4' }, {}, config)).toEqual({ is: 'ours' })
})

describe('the client’s address', () => {
  const seen = (forwardedFor: string | undefined, trustProxy: number) =>
    clientAddress(
      {
        headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
        socket: { remoteAddress: '10.0.0.1' },
      },
      { trustProxy },
    )
  test('is the connection’s, whatever headers claim', () => {
    expect(seen('6.6.6.6', 0)).toBe('10.0.0.1')
  })
  test('is the one that the outermost of our proxies wrote', () => {
    expect(seen('6.6.6.6, 1.1.1.1', 1)).toBe('1.1.1.1')
    expect(seen('6.6.6.6, 1.1.1.1, 10.0.0.9', 2)).toBe('1.1.1.1')
  })
  test('is the connection’s where the header is too short', () => {
    expect(seen(undefined, 1)).toBe('10.0.0.1')
    expect(seen('1.1.1.1', 2)).toBe('10.0.0.1')
  })
})
