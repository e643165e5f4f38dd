import { expect } from '@playwright/test'
import { create, says } from './document'
import { test } from './story'

test('a document is found by its title, renamed, binned, restored, and reached by its number', async ({
  enter,
}) => {
  const { page } = await enter('margaret')
  // The sample is there for whoever comes first.
  const list = page.getByRole('list', { name: /Documents/ })
  await expect(list.getByRole('listitem')).not.toHaveCount(0)
  const address = await create(page, 'Guidance computer restarts')
  await page.goto('/')
  const row = list.getByRole('listitem').filter({ hasText: 'Guidance computer restarts' })
  const number = /TDD-(\d+)/.exec(await row.innerText())?.[1] ?? ''
  expect(number).toMatch(/^\d{4}$/)

  await page.getByLabel('Search documents by title').fill('restarts')
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(page).toHaveURL(/q=restarts/)
  await page.getByLabel('Search documents by title').fill('nothing like it')
  await expect(list.getByRole('listitem')).toHaveCount(0)
  await page.getByLabel('Search documents by title').fill('')

  await row.getByRole('button', { name: /^More about/ }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('dialog').getByLabel('Title').fill('Restarts without losing state')
  await page.keyboard.press('Enter')
  const renamed = list.getByRole('listitem').filter({ hasText: 'Restarts without losing state' })
  await expect(renamed).toBeVisible()

  await page.goto(`/${Number(number)}`)
  await expect(page).toHaveURL(new RegExp(`${address}$`))
  await page.goto(`/TDD-${number}`)
  await expect(page).toHaveURL(new RegExp(`${address}$`))

  await page.goto('/')
  await renamed.getByRole('button', { name: /^More about/ }).click()
  await page.getByRole('menuitem', { name: /bin/i }).click()
  await expect(renamed).toHaveCount(0)
  await page.goto('/bin')
  await page.getByRole('button', { name: 'Restore Restarts without losing state' }).click()
  await page.goto('/')
  await expect(renamed).toBeVisible()
})

test('going back to a document that was just binned finds it in the bin, to be read', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'Binned and looked at')
  await ada.page.getByRole('button', { name: 'More', exact: true }).click()
  await ada.page.getByRole('menuitem', { name: 'Move to the bin' }).click()
  await ada.page.waitForURL((url) => url.pathname === '/')
  await ada.page.goBack()
  await expect(ada.page.getByText('This document is in the bin')).toBeVisible()
  await says(ada.page, 'Read-only')
  await expect(ada.page.getByRole('document', { name: /^Text of / })).toHaveAttribute(
    'contenteditable',
    'false',
  )
})

test('a file that cannot be imported is refused with a sentence, and makes no document', async ({
  enter,
}) => {
  const { page } = await enter('edsger')
  const before = await page
    .getByRole('list', { name: /Documents/ })
    .getByRole('listitem')
    .count()
  await page.getByLabel('Markdown file to import').setInputFiles({
    name: 'large.md',
    mimeType: 'text/markdown',
    buffer: Buffer.alloc(20 * 1024 * 1024, 'a line of text\n'),
  })
  await expect(page.getByRole('dialog')).toContainText(/2 MB|larger/)
  await expect(page.getByRole('dialog')).toContainText('No document was made')
  await page.reload()
  await expect(page.getByRole('list', { name: /Documents/ }).getByRole('listitem')).toHaveCount(before)
})
