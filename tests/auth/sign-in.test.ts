import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { digest } from '../../server/auth/secret'
import { sessionIdleMs, sessionMaxMs } from '../../server/auth/session-store'
import { Site } from './site'

let site: Site
beforeAll(async () => {
  site = await Site.open()
})
afterAll(() => site.close())
beforeEach(() => {
  site.offsetMs = 0
  site.heard.length = 0
})

const session = /^next-auth\.session-token-\d{5}$/
const signedIn = async (name: string) => {
  const browser = site.browser()
  await site.signIn(browser, name)
  return browser
}

test('one click on a name signs in, through the whole code flow', async () => {
  const browser = site.browser()
  expect(await site.me(browser)).toEqual({ status: 401 })

  const asked = await site.begin(browser)
  expect(asked.url.pathname).toMatch(/^\/oidc\/interaction\//)
  const arrived = await browser.submit(asked, { subject: 'ada' })

  expect(arrived.url.href).toBe(`${site.origin}/signed-in`)
  expect(await site.me(browser)).toMatchObject({ status: 200, name: 'Ada Lovelace', workspaceRole: 'admin' })
})

test('a name that was clicked on our own page is not asked for again', async () => {
  const browser = site.browser()
  const arrived = await site.begin(browser, { query: '?login_hint=margaret' })
  expect(arrived.url.href).toBe(`${site.origin}/signed-in`)
  expect(await site.me(browser)).toMatchObject({ name: 'Margaret Hamilton', workspaceRole: 'member' })
})

test('the cookie is for this server alone, and the database does not know it', async () => {
  const browser = await signedIn('ada')
  const cookie = browser.cookie(session)
  expect(cookie?.name.endsWith(new URL(site.origin).port.padStart(5, '0'))).toBe(true)
  expect(cookie?.line).toMatch(/; HttpOnly/i)
  expect(cookie?.line).toMatch(/; SameSite=Lax/i)
  const { rows } = await site.db.query('select 1 from session where token_hash = $1', [
    digest(cookie?.value ?? ''),
  ])
  expect(rows).toHaveLength(1)
  const written = site.logged.join('')
  expect(written).not.toContain(cookie?.value)
})

test('Ada, then Grace in the same browser: two people, and the first is gone before the second is asked', async () => {
  const browser = await signedIn('ada')
  const ada = await site.me(browser)
  const asAda = browser.copy()

  const asked = await site.begin(browser)
  expect(await site.me(asAda)).toEqual({ status: 401 })
  expect(browser.cookie(session)).toBeUndefined()
  expect(await site.event('credential.ended')).toEqual({
    type: 'credential.ended',
    personId: ada.id,
    credentialId: expect.stringMatching(/^s:[0-9a-f]{64}$/),
  })

  await browser.submit(asked, { subject: 'grace' })
  const grace = await site.me(browser)
  expect(grace).toMatchObject({ status: 200, name: 'Grace Hopper' })
  expect(grace.id).not.toBe(ada.id)
  const again = await signedIn('ada')
  expect((await site.me(again)).id).toBe(ada.id)
})

test('two windows: a sign-in that began earlier and ends later ends the session made in between', async () => {
  const second = site.browser()
  const asked = await site.begin(second)
  const first = await signedIn('ada')
  // Windows share their cookies: Ada's session is now in the second one as well.
  const cookie = first.cookie(session)
  if (cookie) second.cookies.push(cookie)
  site.heard.length = 0
  await second.submit(asked, { subject: 'grace' })
  expect(await site.me(second)).toMatchObject({ name: 'Grace Hopper' })
  expect(await site.me(first)).toEqual({ status: 401 })
})

test('each sign-in asks who is there, whoever was there before', async () => {
  const browser = await signedIn('ada')
  const asked = await site.begin(browser)
  expect(asked.text).toContain('Grace Hopper')
  await browser.submit(asked, { subject: 'linus' })
  expect(await site.me(browser)).toMatchObject({ name: 'Linus Torvalds' })
})

test('a session that is used moves on; one that is not ends after a week, and any after a month', async () => {
  const used = await signedIn('ada')
  const left = await signedIn('grace')
  site.offsetMs = sessionIdleMs - 3_600_000
  expect((await site.me(used)).status).toBe(200)
  site.offsetMs = sessionIdleMs + 1_000
  expect((await site.me(left)).status).toBe(401)
  expect((await site.me(used)).status).toBe(200)
  for (let days = 8; days < 30; days += 6) {
    site.offsetMs = days * 24 * 3_600_000
    expect((await site.me(used)).status).toBe(200)
  }
  site.offsetMs = sessionMaxMs + 1_000
  expect((await site.me(used)).status).toBe(401)
})

test('signing out deletes the session and says so', async () => {
  const browser = await signedIn('ada')
  site.heard.length = 0
  const thief = browser.copy()
  const before = await site.count('session')
  const { csrfToken } = JSON.parse((await browser.request('/api/auth/csrf')).text)
  const body = new URLSearchParams({ csrfToken, callbackUrl: '/sign-in' })
  const out = await browser.request('/api/auth/signout', {
    method: 'POST',
    body,
    headers: { origin: site.origin },
  })
  expect(out.headers.get('location')).toBe(`${site.origin}/sign-in`)
  expect(browser.cookie(session)).toBeUndefined()
  expect((await site.me(thief)).status).toBe(401)
  expect(await site.count('session')).toBe(before - 1)
  await site.event('credential.ended')
})

test('a cookie with one character changed opens nothing', async () => {
  const browser = await signedIn('ada')
  expect(browser.cookie(session)).toBeDefined()
  const changed = (value: string) => value.slice(0, -2) + (value.endsWith('A') ? 'BB' : 'AA')
  browser.cookies = browser.cookies.map((cookie) =>
    session.test(cookie.name) ? { ...cookie, value: changed(cookie.value) } : cookie,
  )
  expect((await site.me(browser)).status).toBe(401)
})

test('a person who is suspended is sent away, at once and at the next sign-in', async () => {
  const browser = await signedIn('edsger')
  await site.db.query("update person set suspended_at = now() where subject = 'edsger'")
  expect((await site.me(browser)).status).toBe(401)
  const page = await site.signIn(site.browser(), 'edsger')
  expect(page.url.search).toBe('?error=Suspended')
})

test('next-auth tells its client who is signed in, and leaves the cookie alone', async () => {
  const browser = await signedIn('ada')
  const told = await browser.request('/api/auth/session')
  expect(JSON.parse(told.text)).toMatchObject({ user: { name: 'Ada Lovelace' } })
  expect(told.headers.getSetCookie()).toEqual([])
  expect(JSON.parse((await site.browser().request('/api/auth/session')).text)).toBeNull()
})
