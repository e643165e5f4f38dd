import { expect } from '@playwright/test'
import { type ServerProcess, startServer } from '../support/server'
import { body, create, exported, goUnder, isSaved, mayWrite, share } from './document'
import { fullName, open, signIn, test } from './story'

let server: ServerProcess | undefined
test.beforeAll(async () => {
  // Whoever comes first builds.
  test.setTimeout(300_000)
  server = await startServer({ env: { LIMITS: '{"largeBodyBytes": 20000, "maxBodyBytes": 40000}' } })
})
test.afterAll(() => server?.remove())

test('a document that grows too large says so in time, then becomes one that is read, on every page', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  if (!server) throw new Error('no server')
  const ada = await open(browser, 'ada', server.origin)
  const grace = await open(browser, 'grace', server.origin)
  for (const somebody of [ada, grace]) await signIn(somebody)
  const address = await create(ada.page, 'Without end')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.insertText('First words. ')
  await ada.page.keyboard.insertText('x'.repeat(22_000))
  await isSaved(ada.page)
  for (const { page } of [ada, grace]) {
    await expect(page.getByText('This document is very large.')).toBeVisible()
    await mayWrite(page)
  }
  await ada.page.keyboard.insertText('y'.repeat(22_000))
  for (const { page } of [ada, grace]) {
    await expect(page.getByText('This document is full.')).toBeVisible()
    await expect(page.getByText('This document is very large.')).toHaveCount(0)
    await expect(page.getByText('Some of your words are not in this document.')).toHaveCount(0)
    await expect(body(page)).toContainText('First words.')
  }
  // Keys change nothing, and nothing is refused for them.
  await body(ada.page).click()
  await ada.page.keyboard.type('after the end')
  await ada.page.reload()
  await expect(ada.page.getByText('This document is full.')).toBeVisible()
  await expect(body(ada.page)).toContainText('First words.')
  const text = await exported(server, ada.page)
  expect(text).toContain('y'.repeat(22_000))
  expect(text).not.toContain('after the end')
  await expect(ada.page.getByText('Some of your words are not in this document.')).toHaveCount(0)
  for (const { wrong } of [ada, grace]) expect(wrong).toEqual([])
  await Promise.all([ada.context.close(), grace.context.close()])
})
