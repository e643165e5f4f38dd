import { expect, type Page } from '@playwright/test'
import { create, exported, goUnder, isSaved, mayWrite } from './document'
import { test } from './story'

const dialog = (page: Page) => page.getByRole('dialog', { name: /^(People and roles|Who has access)$/ })
const everyone = (page: Page) =>
  dialog(page).getByRole('combobox', { name: 'Role of everyone in the workspace' })

/** Chooses what everyone may do, by keyboard alone. */
async function choose(page: Page, role: string): Promise<void> {
  await everyone(page).focus()
  await page.keyboard.press('Enter')
  const option = page.getByRole('option', { name: new RegExp(`^${role}`) })
  await expect(option).toBeVisible()
  await page.keyboard.type(role)
  await expect(option).toHaveAttribute('data-highlighted', '')
  await page.keyboard.press('Enter')
  await expect(everyone(page)).toHaveText(role)
}

test('a document is opened to everyone, read and not written, and closed again', async ({
  enter,
  server,
}) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Queues for everyone')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('One queue to a tenant.')
  await isSaved(ada.page)
  const row = grace.page
    .getByRole('list', { name: /Documents/ })
    .getByRole('listitem')
    .filter({ hasText: 'Queues for everyone' })
  await grace.page.goto('/')
  await expect(grace.page.getByRole('list', { name: /Documents/ })).toBeVisible()
  await expect(row).toHaveCount(0)
  await grace.page.goto(address)
  await expect(grace.page.getByText('Queues for everyone')).toHaveCount(0)

  await ada.page.getByRole('button', { name: 'Share' }).click()
  await expect(dialog(ada.page)).toContainText('Only the people named here can open this document.')
  await choose(ada.page, 'Commenter')
  await expect(dialog(ada.page)).toContainText(
    'Everyone who signs in here can read this document and comment.',
  )
  await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await dialog(ada.page).getByRole('button', { name: 'Copy link' }).click()
  await expect(ada.page.getByText('Link copied.')).toBeVisible()
  const link = await ada.page.evaluate(() => navigator.clipboard.readText())
  expect(new URL(link).pathname).toBe(address)

  await grace.page.goto('/')
  await row.getByRole('link').click()
  await grace.page.waitForURL((url) => url.pathname === address)
  const text = grace.page.getByLabel(/^Text of /)
  await text.getByText('One queue to a tenant.').click()
  await grace.page.keyboard.type('NOT-TO-BE')
  // She sees who shares it, and cannot change it.
  await grace.page.getByRole('button', { name: 'Share' }).click()
  await expect(dialog(grace.page)).toContainText('Its owner adds people and changes roles.')
  await expect(dialog(grace.page)).toContainText('Everyone in the workspace')
  await expect(dialog(grace.page).getByRole('combobox')).toHaveCount(0)
  await grace.page.keyboard.press('Escape')

  await expect(text).toContainText('One queue to a tenant.')
  await expect(text).not.toContainText('NOT-TO-BE')
  expect(await exported(server, ada.page)).not.toContain('NOT-TO-BE')

  await choose(ada.page, 'No access')
  await expect(
    grace.page.getByRole('heading', { name: 'You no longer have access to this document' }),
  ).toBeVisible({ timeout: 2_000 })
  await expect(text).toHaveCount(0)
  await grace.page.goto('/')
  await expect(grace.page.getByRole('list', { name: /Documents/ })).toBeVisible()
  await expect(row).toHaveCount(0)
  await expect(dialog(ada.page)).toContainText('Only the people named here can open this document.')
  await ada.page.keyboard.press('Escape')
  await mayWrite(ada.page)
})
