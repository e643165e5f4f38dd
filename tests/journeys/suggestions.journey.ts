import { expect, type Page } from '@playwright/test'
import { body, create, exported, goToEndOf, goUnder, isSaved, mayWrite, share } from './document'
import { selectWords } from './selection'
import { fullName, test } from './story'

const cards = (page: Page) => page.getByRole('region', { name: 'Threads' })
const card = (page: Page, words: string | RegExp) =>
  cards(page).getByRole('article').filter({ hasText: words })
const small = (page: Page) => page.getByRole('textbox', { name: 'Your suggestion for this block' })
const proposed = (page: Page) => body(page).locator('.suggested-in')

test('a commenter suggests other words, an editor accepts and takes it back, declines, and suggests herself', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const linus = await enter('linus')
  const address = await create(ada.page, 'Suggested upon')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('We retry five times, then stop.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('Retries cost money.')
  await isSaved(ada.page)
  await share(ada.page, fullName('linus'), 'Commenter')
  await linus.page.goto(address)
  await expect(body(linus.page)).toContainText('Retries cost money.')

  // In a small field, prefilled with the words.
  await selectWords(linus.page, 'five times')
  await linus.page.getByRole('button', { name: 'Suggest' }).click()
  const field = linus.page.getByRole('textbox', { name: 'Suggested words' })
  await expect(field).toHaveValue('five times')
  await field.fill('for an hour')
  await linus.page.getByRole('textbox', { name: 'Why' }).fill('Five is over in a second.')
  await linus.page.keyboard.press('Control+Enter')
  await expect(card(linus.page, 'Five is over in a second.')).toContainText('five times')
  await expect(proposed(linus.page)).toHaveText('for an hour')
  await expect(body(ada.page)).toContainText('We retry five times, then stop.')

  // Ada looks at it in the text, and accepts.
  await expect(proposed(ada.page)).toHaveCount(0)
  await card(ada.page, 'Five is over in a second.').click()
  await expect(proposed(ada.page)).toHaveText('for an hour')
  await ada.page.getByRole('button', { name: 'Accept' }).click()
  await expect(body(ada.page)).toContainText('We retry for an hour, then stop.')
  await expect(body(linus.page)).toContainText('We retry for an hour, then stop.')
  await ada.page.keyboard.press('Control+z')
  await expect(body(linus.page)).toContainText('We retry five times, then stop.')
  await card(ada.page, 'Five is over in a second.').click()
  await cards(ada.page).press('e')
  await expect(body(linus.page)).toContainText('We retry for an hour, then stop.')

  // What he types himself is a suggestion too, and typing into it again changes it.
  await goToEndOf(linus.page, 'Retries cost money.')
  await linus.page.keyboard.type(' And patience.')
  await expect(small(linus.page)).toHaveText('Retries cost money. And patience.')
  await linus.page.keyboard.press('Control+Enter')
  await expect(small(linus.page)).toHaveCount(0)
  await expect(card(ada.page, 'And patience.')).toBeVisible()
  await goToEndOf(linus.page, 'Retries cost money.')
  await linus.page.keyboard.type(' Much.')
  await expect(small(linus.page)).toHaveText('Retries cost money. And patience. Much.')
  await linus.page.keyboard.press('Control+Enter')
  await expect(card(ada.page, 'And patience. Much.')).toBeVisible()
  await expect(card(ada.page, 'And patience.')).toHaveCount(1)

  // Declining asks why.
  await card(ada.page, 'And patience. Much.').click()
  await ada.page.getByRole('button', { name: 'Decline' }).click()
  await ada.page.getByRole('textbox', { name: 'Why' }).fill('Not here.')
  await ada.page.keyboard.press('Control+Enter')
  await expect(card(ada.page, 'And patience. Much.')).toHaveCount(0)

  // Ada suggests instead of writing: a second paragraph is whole blocks, and Linus types nothing of it.
  await ada.page.getByRole('button', { name: 'More', exact: true }).click()
  await ada.page.getByRole('menuitem', { name: 'Suggest instead of writing' }).click()
  await goToEndOf(ada.page, 'Retries cost money.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('So we count them.')
  await ada.page.keyboard.press('Control+Enter')
  await expect(card(linus.page, 'So we count them.')).toBeVisible()
  await expect(body(linus.page)).not.toContainText('So we count them.')
  await ada.page.getByRole('button', { name: 'Write again' }).click()
  await mayWrite(ada.page)
  await goToEndOf(ada.page, 'Retries cost money.')
  await ada.page.keyboard.type(' Always.')
  await expect(body(linus.page)).toContainText('Retries cost money. Always.')
  await isSaved(ada.page)
  const text = await exported(server, ada.page)
  expect(text).toContain('We retry for an hour, then stop.\n\nRetries cost money. Always.')
  expect(text).not.toContain('patience')
  expect(text).not.toContain('count them')
})

test('what holds a document up stands beside the text without its words too, and is attached with one click', async ({
  enter,
}) => {
  const { page } = await enter('ada')
  await create(page, 'Detached')
  await goUnder(page, 'Rationale')
  await page.keyboard.type('Attempts are kept for 30 days.')
  await isSaved(page)
  await selectWords(page, '30 days')
  await page.keyboard.press('Control+Alt+m')
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Too short.')
  await page.getByLabel('Must be resolved').check()
  await page.keyboard.press('Control+Enter')
  await expect(card(page, 'Too short.')).toBeVisible()
  await selectWords(page, '30 days')
  await page.keyboard.type('13 months')
  await expect(card(page, 'Too short.')).toContainText('Detached')
  await card(page, 'Too short.').click()
  await page.getByRole('button', { name: 'Attach to 13 months' }).click()
  await expect(body(page).locator('.thread-words')).toHaveText('13 months')
  await expect(card(page, 'Too short.')).not.toContainText('Detached')
})
