import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PersonId } from '../../lib/id'
import { issueToken } from '../../server/auth/token'
import { type CompanyProvider, openCompany } from './company'
import { Site } from './site'

let site: Site
let company: CompanyProvider
let strict: CompanyProvider
beforeAll(async () => {
  site = await Site.open()
  company = await openCompany(site.origin)
  strict = await openCompany(site.origin, { strict: true })
})
afterAll(async () => {
  await company.close()
  await strict.close()
  await site.close()
})
beforeEach(() => site.use(company))

const enter = async (from: CompanyProvider, who?: CompanyProvider['who']) => {
  site.use(from)
  if (who) from.who = who
  const browser = site.browser()
  const page = await site.begin(browser)
  return { browser, page }
}

test("a company's own provider signs its people in, by the same way", async () => {
  const { browser, page } = await enter(company)
  expect(page.url.pathname).toBe('/signed-in')
  expect(await site.me(browser)).toMatchObject({ name: 'Ada at work', email: 'ada@company.example' })
})

test('the same subject from two issuers is two people', async () => {
  site.use(null)
  const builtIn = site.browser()
  await site.signIn(builtIn, 'ada')
  const one = await site.me(builtIn)
  const { browser } = await enter(company)
  const two = await site.me(browser)
  expect(two.status).toBe(200)
  expect(two.id).not.toBe(one.id)
})

test('the same address from two subjects is two people', async () => {
  const email = 'shared@company.example'
  const one = await enter(company, { sub: 'u-1', name: 'One', email })
  const two = await enter(company, { sub: 'u-2', name: 'Two', email })
  expect((await site.me(one.browser)).id).not.toBe((await site.me(two.browser)).id)
})

test('with another issuer configured, sessions and tokens of the former open nothing; they return with it', async () => {
  site.use(null)
  const browser = site.browser()
  await site.signIn(browser, 'ada')
  const { id } = await site.me(browser)
  const { token } = await issueToken(site.db, { personId: id as PersonId, scope: 'admin', name: 'test' })
  const byToken = () =>
    site.browser().request('/api/v1/me', { headers: { authorization: `Bearer ${token}` } })
  expect((await byToken()).status).toBe(200)

  site.use(company)
  expect((await site.me(browser)).status).toBe(401)
  expect((await byToken()).status).toBe(401)

  site.use(null)
  expect((await site.me(browser)).status).toBe(200)
  expect((await byToken()).status).toBe(200)
})

test('a provider that keeps to the letter is asked for name and address', async () => {
  const { browser } = await enter(strict, {
    sub: 'g-7',
    name: 'Grace at work',
    email: 'Grace@Company.example',
  })
  expect(await site.me(browser)).toMatchObject({ name: 'Grace at work', email: 'grace@company.example' })
})

test('no claim of a company makes an administrator', async () => {
  const { browser } = await enter(company, { sub: 'mallory', name: 'Mallory', workspace_role: 'admin' })
  expect(await site.me(browser)).toMatchObject({ workspaceRole: 'member' })
})

test('hostile claims are made fit to be shown', async () => {
  const { browser } = await enter(company, {
    sub: 'hostile',
    name: ' \u202E<img src=x onerror=alert(1)>\u0007\n\u200B and\tmore ',
    email: 'no address',
    picture: 'javascript:alert(1)',
  })
  expect(await site.me(browser)).toMatchObject({
    name: '<img src=x onerror=alert(1)> and more',
    email: null,
    picture: null,
  })
})

test('a name is taken over anew at each sign-in, a colour stays', async () => {
  const first = await site.me((await enter(company, { sub: 'm-1', name: 'Margaret Heafield' })).browser)
  const second = await site.me((await enter(company, { sub: 'm-1', name: 'Margaret Hamilton' })).browser)
  expect(second).toEqual({ ...first, name: 'Margaret Hamilton' })
})

test('a provider that is found at another address than its issuer is refused', async () => {
  const alias: CompanyProvider = { ...company, issuer: `${company.issuer}/alias` }
  const people = await site.count('person')
  const { browser, page } = await enter(alias)
  expect(page.url.search).toBe('?error=Issuer')
  expect((await site.me(browser)).status).toBe(401)
  expect(await site.count('person')).toBe(people)
})

test('a provider that is away is said, and changes nothing', async () => {
  const gone: CompanyProvider = { ...company, issuer: 'http://localhost:9' }
  site.use(null)
  const browser = site.browser()
  await site.signIn(browser, 'ada')
  site.use(gone)
  const page = await site.begin(browser)
  expect(page.url.searchParams.get('error')).toBe('OAuthSignin')
  site.use(null)
  expect((await site.me(browser)).status).toBe(200)
})

test('a client secret that the provider does not know is said', async () => {
  const { page } = await enter({ ...company, clientSecret: 'another one' })
  expect(page.url.searchParams.get('error')).toBe('OAuthCallback')
  expect(site.logged.join('')).not.toContain('another one')
})
