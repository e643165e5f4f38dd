import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type ServerProcess, startServer } from '../support/server'
import { Browser } from './browser'

let server: ServerProcess
beforeAll(async () => {
  server = await startServer({ pristine: inject('cluster').pristine })
}, 300_000)
afterAll(() => server.remove())

/** Signs in as a browser does: from our page, over next-auth, to the provider and back. */
async function signIn(browser: Browser, subject: string) {
  const { origin } = server
  const { csrfToken } = JSON.parse((await browser.request('/api/auth/csrf')).text)
  const asked = await browser.go('/api/auth/signin/company', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl: '/signed-in' }),
    headers: { origin },
  })
  return browser.submit(asked, { subject })
}

test('under Next, on one port: Ada signs in, and pages, API and provider know her', async () => {
  const browser = new Browser(server.origin)
  const home = await browser.request('/')
  expect(new URL(home.headers.get('location') ?? '', server.origin).pathname).toBe('/sign-in')
  const arrived = await signIn(browser, 'ada')
  expect(arrived.url.pathname).toBe('/signed-in')
  expect(arrived.text).toContain('Ada Lovelace')
  const me = await browser.request('/api/v1/me')
  expect(JSON.parse(me.text)).toMatchObject({ name: 'Ada Lovelace', scope: 'admin' })
  expect((await browser.request('/')).status).toBe(200)
})

test('a file of 20 MB is refused while it is still being sent', async () => {
  const browser = new Browser(server.origin)
  await signIn(browser, 'grace')
  const answer = await browser.request('/api/v1/documents/import', {
    method: 'POST',
    headers: { origin: server.origin, 'content-type': 'text/markdown' },
    body: 'a line of text that goes on\n'.repeat(750_000),
  })
  expect(answer.status).toBe(413)
  expect(JSON.parse(answer.text).error).toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('2 MB'),
  })
})

test.each([
  ['GET', '/api/v1/nothing', '404 not_found'],
  ['GET', '/api/nothing', '404 not_found'],
  ['GET', '/api/v1/documents/%E0%A4%A', '400 invalid'],
  ['GET', '/api/v1/documents/%ff', '400 invalid'],
  ['GET', '/api/v1/documents/%00', '401 unauthenticated'],
  ['PUT', '/api/v1/documents', '405 method_not_allowed'],
  ['PROPFIND', '/api/v1/documents', '405 method_not_allowed'],
  ['POST', '/api/auth/nothing', '404 not_found'],
])('%s %s is answered %s, in the one form', async (method, path, expected) => {
  const answer = await fetch(server.origin + path, { method })
  const { error } = await answer.json()
  expect(`${answer.status} ${error.code}`).toBe(expected)
  expect(error.requestId).toBe(answer.headers.get('x-request-id'))
  expect(error.message.length).toBeGreaterThan(10)
})
