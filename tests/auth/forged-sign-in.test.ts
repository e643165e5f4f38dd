import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Browser } from './browser'
import { Site } from './site'

let site: Site
beforeAll(async () => {
  site = await Site.open()
})
afterAll(() => site.close())
beforeEach(async () => {
  await site.db.query('delete from session')
})

const atCallback = (url: URL) => url.pathname === '/api/auth/callback/company'

/** A sign-in of Ada's up to the moment at which the provider sends her back. */
async function returning(): Promise<{ browser: Browser; callback: URL }> {
  const browser = site.browser()
  const page = await site.begin(browser, { query: '?login_hint=ada', stop: atCallback })
  return { browser, callback: page.url }
}

const without = (url: URL, name: string) => {
  const changed = new URL(url)
  changed.searchParams.delete(name)
  return changed
}
const withOther = (url: URL, name: string, value: string) => {
  const changed = new URL(url)
  changed.searchParams.set(name, value)
  return changed
}

/** Ends on our page with a reason, signs nobody in, and leaves no session behind. */
async function refused(browser: Browser, address: URL): Promise<void> {
  const page = await browser.go(address)
  expect(page.url.pathname).toBe('/sign-in')
  expect(page.url.searchParams.get('error')).toMatch(/^(OAuthCallback|Callback)$/)
  expect((await site.me(browser)).status).toBe(401)
  expect(await site.count('session')).toBe(0)
}

test('the sign-in that is tampered with below does succeed as it is', async () => {
  const { browser, callback } = await returning()
  expect((await browser.go(callback)).url.pathname).toBe('/signed-in')
  expect((await site.me(browser)).status).toBe(200)
})

test.each(['code', 'state', 'iss'])('a return without %s is refused', async (name) => {
  const { browser, callback } = await returning()
  expect(callback.searchParams.has(name)).toBe(true)
  await refused(browser, without(callback, name))
})

test.each(['code', 'state', 'iss'])('a return with another %s is refused', async (name) => {
  const { browser, callback } = await returning()
  const value = name === 'iss' ? 'http://localhost:1/oidc' : 'x'.repeat(43)
  await refused(browser, withOther(callback, name, value))
})

test.each(['state', 'nonce', 'pkce'])('a return without the cookie for %s is refused', async (name) => {
  const { browser, callback } = await returning()
  browser.drop(new RegExp(`^next-auth\\.${name}`))
  await refused(browser, callback)
})

test.each(['state', 'nonce', 'pkce'])(
  'a return with the cookie for %s of another sign-in is refused',
  async (name) => {
    const { browser, callback } = await returning()
    const other = (await returning()).browser.cookie(new RegExp(`^next-auth\\.${name}`))
    browser.drop(new RegExp(`^next-auth\\.${name}`))
    if (other) browser.cookies.push(other)
    await refused(browser, callback)
  },
)

test.each(['state', 'nonce', 'pkce'])('a return with a changed cookie for %s is refused', async (name) => {
  const { browser, callback } = await returning()
  browser.cookies = browser.cookies.map((cookie) =>
    cookie.name.startsWith(`next-auth.${name}`)
      ? { ...cookie, value: `${cookie.value.slice(0, -6)}AAAAAA` }
      : cookie,
  )
  await refused(browser, callback)
})

test('a return is good once: neither its code nor its address opens anything again', async () => {
  const { browser, callback } = await returning()
  const again = browser.copy()
  await browser.go(callback)
  await site.db.query('delete from session')
  await refused(again, callback)
})

test("somebody else's return signs nobody in: a link to it carries no cookies", async () => {
  const { callback } = await returning()
  await refused(site.browser(), callback)
})

test.each([
  ['from another site', { origin: 'https://evil.example' }, '403 bad_origin'],
  ['from nowhere', { origin: '' }, '403 bad_origin'],
])(
  'a sign-in that is begun %s is refused, and whoever is signed in stays so',
  async (_name, headers, expected) => {
    const { browser, callback } = await returning()
    await browser.go(callback)
    const { csrfToken } = JSON.parse((await browser.request('/api/auth/csrf')).text)
    const page = await browser.request('/api/auth/signin/company', {
      method: 'POST',
      body: new URLSearchParams({ csrfToken }),
      headers,
    })
    expect(`${page.status} ${JSON.parse(page.text).error.code}`).toBe(expected)
    expect((await site.me(browser)).status).toBe(200)
  },
)

test.each(['signin/company', 'signout'])('%s without the token of our page does nothing', async (action) => {
  const { browser, callback } = await returning()
  await browser.go(callback)
  const page = await browser.request(`/api/auth/${action}`, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken: 'f'.repeat(64) }),
    headers: { origin: site.origin },
  })
  expect(new URL(page.headers.get('location') ?? '', site.origin).pathname).toMatch(
    /^\/(sign-in|api\/auth\/sign)/,
  )
  expect((await site.me(browser)).status).toBe(200)
})

test.each([
  'https://evil.example/',
  '//evil.example/x',
  'javascript:alert(1)',
  'http://localhost:1/',
  'http://[',
])('a sign-in that is to end at %s ends at home', async (callbackUrl) => {
  const browser = site.browser()
  const page = await site.begin(browser, { query: '?login_hint=ada', callbackUrl })
  expect(page.url.href).toBe(`${site.origin}/`)
})

test('what a page adds to a sign-in reaches the provider only where it may', async () => {
  const browser = site.browser()
  const atProvider = (url: URL) => url.pathname === '/oidc/auth'
  const query =
    '?scope=openid+offline_access&redirect_uri=https://evil.example&response_type=token&prompt=login'
  const { url } = await site.begin(browser, { query, stop: atProvider })
  expect(url.searchParams.get('scope')).toBe('openid profile email')
  expect(url.searchParams.get('redirect_uri')).toBe(`${site.origin}/api/auth/callback/company`)
  expect(url.searchParams.get('response_type')).toBe('code')
  expect(url.searchParams.get('code_challenge_method')).toBe('S256')
  expect(url.searchParams.get('prompt')).toBe('login')
})

test.each([
  ['GET', 'nothing', '404 not_found'],
  ['GET', 'signin/github', '404 not_found'],
  ['GET', 'callback/company/more', '404 not_found'],
  ['POST', '_log', '404 not_found'],
  ['POST', 'session', '405 method_not_allowed'],
  ['POST', 'callback/company', '405 method_not_allowed'],
])('%s /api/auth/%s is answered %s', async (method, path, expected) => {
  const page = await site.browser().request(`/api/auth/${path}`, { method, headers: { origin: site.origin } })
  expect(`${page.status} ${JSON.parse(page.text).error.code}`).toBe(expected)
})

test('a form of a megabyte is refused', async () => {
  const page = await site.browser().request('/api/auth/signin/company', {
    method: 'POST',
    body: 'a'.repeat(1024 * 1024),
    headers: { origin: site.origin },
  })
  expect(page.status).toBe(413)
})
