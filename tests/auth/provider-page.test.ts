import { createHash } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentityProvider } from '../../server/auth/identity-provider/provider'
import type { Browser, Page } from './browser'
import { Site } from './site'

let site: Site
beforeAll(async () => {
  site = await Site.open()
})
afterAll(() => site.close())

/** A click as a browser sends it, with whatever else is wrong about it. */
const click = (
  browser: Browser,
  page: Page,
  form: Record<string, string>,
  origin: string | null = site.origin,
) =>
  browser.request(page.url, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: origin === null ? {} : { origin },
  })
const csrfOf = (page: Page) => /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? ''

test('the page names everybody, allows one style and a form to itself, and nothing else', async () => {
  const page = await site.begin(site.browser())
  for (const name of [
    'Ada Lovelace',
    'Grace Hopper',
    'Linus Torvalds',
    'Margaret Hamilton',
    'Edsger Dijkstra',
  ]) {
    expect(page.text).toContain(name)
  }
  expect(page.text).not.toContain('<script')
  const style = /<style>([\s\S]*)<\/style>/.exec(page.text)?.[1] ?? ''
  const hash = createHash('sha256').update(style).digest('base64')
  expect(page.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  )
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('content-type')).toContain('text/html')
})

test('a click without the token of the page, or with that of another page, is refused', async () => {
  const browser = site.browser()
  const page = await site.begin(browser)
  const other = csrfOf(await site.begin(site.browser()))
  for (const csrf of ['', 'AAAA', other]) {
    expect((await click(browser, page, { csrf, subject: 'ada' })).status).toBe(403)
  }
  expect((await click(browser, page, { subject: 'ada' })).status).toBe(403)
  expect(
    (await click(browser, page, { csrf: csrfOf(page), subject: 'ada' }, 'https://evil.example')).status,
  ).toBe(403)
  expect((await click(browser, page, { csrf: csrfOf(page), subject: 'ada' })).status).toBe(303)
})

test.each(['', 'root', 'ADA', '__proto__', '<b>'])('nobody signs in as "%s"', async (subject) => {
  const browser = site.browser()
  const page = await site.begin(browser)
  const told = await click(browser, page, { csrf: csrfOf(page), subject })
  expect(told.status).toBe(400)
  expect(told.text).not.toContain('<b>')
})

test('a name that nobody has is not hinted in, and the page asks', async () => {
  const page = await site.begin(site.browser(), { query: '?login_hint=root' })
  expect(page.url.pathname).toMatch(/^\/oidc\/interaction\//)
})

test('a page without the cookie of its sign-in, or long over, says so and offers to start again', async () => {
  const browser = site.browser()
  const page = await site.begin(browser)
  for (const told of [
    await site.browser().request(page.url),
    await browser.request('/oidc/interaction/never'),
    await browser.request('/oidc/auth/never'),
    await browser.request('/oidc/auth?client_id=nobody'),
  ]) {
    expect(told.status).toBe(400)
    expect(told.text).toContain('href="/sign-in"')
    expect(told.headers.get('content-security-policy')).toContain("default-src 'none'")
  }
})

test('a code is exchanged for our own client alone, with its proof', async () => {
  const browser = site.browser()
  const atCallback = (url: URL) => url.pathname === '/api/auth/callback/company'
  const { url } = await site.begin(browser, { query: '?login_hint=ada', stop: atCallback })
  const code = url.searchParams.get('code') ?? ''
  const exchange = (authorization: string) =>
    fetch(`${site.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: `${site.origin}/api/auth/callback/company`,
      }),
    })
  expect((await exchange(`Basic ${btoa('rationale:guess')}`)).status).toBe(401)
})

test('it does not exist for anything but plain localhost', () => {
  const log = pino({ level: 'silent' })
  for (const origin of ['https://localhost:4400', 'http://192.168.0.2:4400', 'https://design.example.com']) {
    expect(() => createIdentityProvider({ origin, log, authSecret: 'x' })).toThrow(/OIDC_ISSUER/)
  }
})
