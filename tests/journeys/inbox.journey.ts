import { expect, type Page } from '@playwright/test'
import { openMailServer } from '../support/mail-server'
import { type ServerProcess, startServer } from '../support/server'
import { isAccessible } from './accessible'
import { create, mayWrite, share } from './document'
import { api } from './page-api'
import { fullName, open, signIn, test } from './story'

let server: ServerProcess | undefined
let mail: Awaited<ReturnType<typeof openMailServer>> | undefined
test.beforeAll(async () => {
  // Whoever comes first builds.
  test.setTimeout(300_000)
  mail = await openMailServer()
  server = await startServer({ env: { SMTP_URL: mail.url, MAIL_FROM: 'Rationale <design@example.com>' } })
})
test.afterAll(async () => {
  await server?.remove()
  await mail?.close()
})

const sign = (page: Page) => page.getByRole('link', { name: /^Inbox, \d+ unread$/ })
const notices = (page: Page) => page.locator('[data-notice]')

test('what waits on somebody comes by itself: a sign in the bar, a line at home, a mail, an inbox', async ({
  browser,
}) => {
  test.setTimeout(150_000)
  if (!server || !mail) throw new Error('no server')
  const ada = await open(browser, 'ada', server.origin)
  const grace = await open(browser, 'grace', server.origin)
  for (const somebody of [ada, grace]) await signIn(somebody)
  // A newcomer sees nothing of it.
  await expect(grace.page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  await expect(grace.page.getByRole('link', { name: /^Inbox/ })).toHaveCount(0)

  const address = await create(ada.page, 'Payment retries')
  await share(ada.page, fullName('grace'), 'Commenter')
  const id = address.split('/').at(-1)
  const dueAt = new Date(Date.now() + 2 * 24 * 3_600_000).toISOString()
  const { id: graceId } = await api(grace, 'GET', '/me')
  await api(ada, 'PUT', `/documents/${id}/reviewers`, {
    reviewers: [{ personId: graceId, required: true, sectionIds: null, dueAt }],
  })
  await api(ada, 'POST', `/documents/${id}/status`, { to: 'in_review' })

  // Without a reload: the sign, the line that says it, and the document in the list.
  await expect(sign(grace.page)).toBeVisible()
  const waits = grace.page.getByRole('region', { name: 'Waits on me' })
  await expect(waits).toContainText(`${fullName('ada')} asks you to review`)
  await expect(grace.page.getByRole('list', { name: 'Documents' })).toContainText('In review')

  const [letter] = await mail.got(1)
  expect(letter?.to).toEqual(['grace@example.com'])
  expect(letter?.header('Subject')).toContain(`Payment retries: ${fullName('ada')} asks you to review`)
  const link = new RegExp(`${server.origin}/d/\\S+`).exec(letter?.text ?? '')?.[0] ?? ''
  await grace.page.goto(link)
  await expect(grace.page.getByRole('heading', { name: 'Payment retries', level: 1 })).toBeVisible()

  // She is mentioned while she reads.
  const thread = await api(ada, 'POST', `/documents/${id}/threads`, {
    body: `What do you think, @[${graceId}]?`,
  })
  await expect(grace.page.getByRole('link', { name: 'Inbox, 2 unread' })).toBeVisible()
  await grace.page.getByRole('button', { name: 'More', exact: true }).click()
  await grace.page.getByRole('menuitem', { name: 'Watch', exact: true }).click()
  await expect(grace.page.getByText('You hear of comments, verdicts and its status')).toBeVisible()

  await sign(grace.page).click()
  await grace.page.waitForURL(/\/inbox$/)
  await expect(notices(grace.page)).toHaveCount(2)
  await expect(grace.page.getByRole('region').first()).toHaveAccessibleName('Asked of you')
  await isAccessible(grace.page)

  // By keys alone: down to the mention, away with it, and back.
  await grace.page.keyboard.press('j')
  await grace.page.keyboard.press('j')
  await expect(notices(grace.page).nth(1).getByRole('link')).toBeFocused()
  await grace.page.keyboard.press('e')
  await expect(notices(grace.page)).toHaveCount(1)
  await grace.page.getByRole('button', { name: 'Undo' }).click()
  await expect(notices(grace.page)).toHaveCount(2)
  await grace.page.getByRole('link', { name: `${fullName('ada')} mentioned you` }).click()
  await grace.page.waitForURL(new RegExp(`thread=${thread.id}`))
  await expect(grace.page.locator(`[data-thread-card="${thread.id}"]`)).toBeVisible()

  await grace.page.goto('/inbox')
  await grace.page.getByRole('button', { name: /^More about: .* asks you to review/ }).click()
  await grace.page.getByRole('menuitem', { name: 'Tomorrow' }).click()
  await expect(notices(grace.page)).toHaveCount(1)

  // The way out of the mail, in a browser where nobody is signed in.
  const stranger = await browser.newContext()
  const out = await stranger.newPage()
  await out.goto(/<(.+)>/.exec(letter?.header('List-Unsubscribe') ?? '')?.[1] ?? '')
  await out.getByRole('button', { name: 'Turn it off' }).click()
  await expect(out.getByRole('heading', { name: 'Turned off' })).toBeVisible()
  await stranger.close()
  await grace.page.goto('/inbox/settings')
  await expect(grace.page.getByRole('combobox', { name: 'A review is asked of me' })).toHaveText('Inbox only')
  await expect(grace.page.getByRole('combobox', { name: 'Somebody mentions me' })).toHaveText('Mail at once')
  await isAccessible(grace.page)

  await grace.page.goto(address)
  await mayWrite(ada.page)
  for (const { wrong } of [ada, grace]) expect(wrong).toEqual([])
  await Promise.all([ada.context.close(), grace.context.close()])
})
