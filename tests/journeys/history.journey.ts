import { expect, type Page } from '@playwright/test'
import { body, create, exported, goToEndOf, goUnder, isSaved, mayWrite, share } from './document'
import { fullName, type Someone, test } from './story'

const versions = (page: Page) => page.getByRole('navigation', { name: 'Versions' })
const shown = (page: Page) => page.getByRole('region', { name: 'Version', exact: true })

async function openHistory({ page }: Someone): Promise<void> {
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'History' }).click()
  await page.waitForURL(/\/history/)
}

test('Ada keeps a version, Grace rewrites it, and Ada sees what she changed and puts it back under her hands', async ({
  enter,
  server,
}) => {
  const [ada, grace] = [await enter('ada'), await enter('grace')]
  const address = await create(ada.page, 'Payment retries')
  await share(ada.page, fullName('grace'))
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries cost money. They are sent at least once.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('This sentence goes.')
  await isSaved(ada.page)

  await openHistory(ada)
  await expect(shown(ada.page)).toContainText('No version yet')
  await ada.page.getByRole('button', { name: 'Keep a version now' }).click()
  const dialog = ada.page.getByRole('dialog')
  await dialog.getByLabel(/^Name/).fill('Before Grace')
  await dialog.getByRole('button', { name: 'Keep' }).click()
  await expect(versions(ada.page)).toContainText('Before Grace')

  await grace.page.goto(address)
  await mayWrite(grace.page)
  await goToEndOf(grace.page, 'at least once.')
  await grace.page.keyboard.type(' Seldom twice.')
  await goToEndOf(grace.page, 'This sentence goes.')
  await grace.page.keyboard.press('Shift+Home')
  await grace.page.keyboard.press('Backspace')
  await isSaved(grace.page)

  await versions(ada.page).getByRole('button', { name: /^Now/ }).click()
  await ada.page.reload()
  await expect(shown(ada.page)).toContainText('2 changes')
  await expect(shown(ada.page).locator('ins')).toHaveText(' Seldom twice.')
  await expect(shown(ada.page).locator('del')).toHaveText('This sentence goes.')
  await ada.page.keyboard.press('n')
  await expect(ada.page.locator('[data-current]')).toHaveText(' Seldom twice.')
  await expect(shown(ada.page)).toContainText('1 of 2: Added by Grace Hopper: Seldom twice.')
  await ada.page.keyboard.press('p')
  await expect(ada.page.locator('[data-current]')).toHaveText('This sentence goes.')

  await versions(ada.page)
    .getByRole('button', { name: /Before Grace/ })
    .click()
  await ada.page.getByRole('button', { name: 'Put back' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Put back' }).click()
  await expect(ada.page.getByText(/Version 1 is back/)).toBeVisible()
  await expect(body(grace.page)).toContainText('This sentence goes.')
  await expect(body(grace.page)).not.toContainText('Seldom twice.')
  await goToEndOf(grace.page, 'This sentence goes.')
  await grace.page.keyboard.type(' She writes on.')
  await isSaved(grace.page)
  expect(await exported(server, grace.page)).toContain('This sentence goes. She writes on.')

  await ada.page.getByRole('button', { name: 'Undo' }).click()
  await expect(body(grace.page)).toContainText('Seldom twice.')
  expect(await exported(server, grace.page)).not.toContain('This sentence goes.')
})

test('who may only read sees the history and changes nothing; a link to two versions opens them', async ({
  enter,
}) => {
  const [ada, linus] = [await enter('ada'), await enter('linus')]
  const address = await create(ada.page, 'Read only')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('First words.')
  await isSaved(ada.page)
  const keep = async () => {
    const told = await ada.page.request.post(`/api/v1${address.replace('/d/', '/documents/')}/versions`, {
      data: {},
      headers: { origin: new URL(ada.page.url()).origin },
    })
    return (await told.json()).id as string
  }
  const from = await keep()
  await ada.page.keyboard.type(' And more.')
  await isSaved(ada.page)
  const to = await keep()
  await share(ada.page, fullName('linus'), 'Viewer')
  await linus.page.goto(`${address}/history?from=${from}&to=${to}`)
  await expect(shown(linus.page).locator('ins')).toHaveText(' And more.')
  await expect(linus.page.getByRole('button', { name: 'Put back' })).toHaveCount(0)
  await expect(linus.page.getByRole('button', { name: /^(Name|Keep)/ })).toHaveCount(0)
  await linus.page.getByRole('combobox', { name: 'Compare with' }).click()
  await linus.page.getByRole('option', { name: 'Nothing, its text alone' }).click()
  await expect(shown(linus.page)).toContainText('First words. And more.')
  await expect(shown(linus.page).locator('ins')).toHaveCount(0)
})
