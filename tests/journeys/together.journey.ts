import { join } from 'node:path'
import { expect } from '@playwright/test'
import {
  body,
  count,
  create,
  exported,
  goToEndOf,
  goUnder,
  isSaved,
  mayWrite,
  outline,
  outlineRows,
  share,
  words,
} from './document'
import { corpus, fullName, test } from './story'

test('one click signs in; a document from the template has its sections, numbers and guidance', async ({
  enter,
}) => {
  const ada = await enter('ada')
  await expect(ada.page.getByRole('heading', { level: 1 })).toContainText('Ada')
  await create(ada.page, 'Payment retries')
  const rows = outlineRows(ada.page)
  await expect(rows).toHaveCount(13)
  await expect(rows.nth(0)).toContainText('Introduction')
  await expect(rows.nth(12)).toContainText('Alternatives')
  await expect(rows.filter({ hasText: 'Data Model' })).toContainText('2.2')
  // Guidance is drawn, and never content.
  await expect(body(ada.page).locator('.has-hint').first()).toBeVisible()
  const text = await ada.page.request.get(
    `/api/v1/documents/${ada.page.url().split('/').at(-1)}/content?format=json`,
  )
  expect(JSON.stringify(await text.json())).not.toContain('legacy')

  const box = await ada.page.getByRole('heading', { level: 1 }).first().boundingBox()
  expect(box?.y, 'the title is within 130 px of the top').toBeLessThan(130)
  const first = await body(ada.page).locator('p').first().boundingBox()
  expect(first?.y, 'the first paragraph is within 420 px of the top').toBeLessThan(420)
})

test('two people write in one paragraph and in different sections at once', async ({ enter, server }) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Written by two')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await expect(ada.page.getByRole('button', { name: /Go to Grace Hopper/ })).toBeVisible()

  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries are scattered.')
  await expect(body(grace.page)).toContainText('Retries are scattered.')
  await goToEndOf(grace.page, 'Retries are scattered.')

  // Both at once in one paragraph: Ada before the full stop's end, Grace after it.
  await Promise.all([
    ada.page.keyboard.type(' One service decides.', { delay: 15 }),
    grace.page.keyboard.type(' Three do today.', { delay: 15 }),
  ])
  for (const { page } of [ada, grace]) await isSaved(page)
  // Each one's words stand together, wherever the other's went.
  const text = await exported(server, ada.page)
  expect(text).toContain('Retries are scattered.')
  expect(text).toContain(' One service decides.')
  expect(text).toContain(' Three do today.')
  for (const { page } of [ada, grace]) await expect.poll(() => words(page)).toBe(await words(ada.page))

  // And in different sections; the outline shows who is where.
  await goUnder(ada.page, 'Background')
  await goUnder(grace.page, 'Data Model')
  await Promise.all([
    ada.page.keyboard.type('It grew in 2021.', { delay: 10 }),
    grace.page.keyboard.type('One row for each attempt.', { delay: 10 }),
  ])
  await expect(
    outline(ada.page).getByRole('button', { name: /Data Model.*Grace Hopper writes here/ }),
  ).toBeVisible()
  await expect(body(ada.page)).toContainText('One row for each attempt.')
  await expect(body(grace.page)).toContainText('It grew in 2021.')

  // Undo is per person.
  await ada.page.keyboard.press('Control+z')
  await expect(body(ada.page)).not.toContainText('It grew in 2021.')
  await expect(body(ada.page)).toContainText('One row for each attempt.')
  await expect(body(grace.page)).not.toContainText('It grew in 2021.')
})

test('an address that no link may have is told, and the words stay as they were', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'Linked')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Words that must stay.')
  await ada.page.keyboard.press('Shift+Home')
  await ada.page.keyboard.press('Control+Shift+k')
  await ada.page.keyboard.type('javascript:alert(1)')
  await ada.page.keyboard.press('Enter')
  await expect(ada.page.getByText(/^Links go to http/)).toBeVisible()
  await expect(ada.page.getByLabel('Address of the link')).toBeFocused()
  await ada.page.keyboard.type('example.com/a')
  await ada.page.keyboard.press('Enter')
  await expect(body(ada.page).getByRole('link', { name: 'Words that must stay.' })).toHaveAttribute(
    'href',
    'https://example.com/a',
  )
})

test('real documents are imported, and written on by two', async ({ enter, server }) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const choose = ada.page.getByLabel('Markdown file to import')
  await choose.setInputFiles(join(corpus, 'technical-design-document.md'))
  await ada.page.waitForURL(/\/d\//)
  await mayWrite(ada.page)
  await expect(outlineRows(ada.page)).toHaveCount(13)
  await expect(body(ada.page).locator('.has-hint').first()).toBeVisible()

  await ada.page.goto('/')
  await choose.setInputFiles(join(corpus, 'design-docs/kep-3331-structured-authn.md'))
  const open = ada.page.getByRole('button', { name: 'Open document' })
  await open.click()
  await ada.page.waitForURL(/\/d\//)
  await mayWrite(ada.page)
  await share(ada.page, fullName('grace'))
  await grace.page.goto(new URL(ada.page.url()).pathname)
  await mayWrite(grace.page)
  await goToEndOf(ada.page, /^Note that as of 2023-06-06/)
  await goToEndOf(grace.page, /^Note that as of 2023-06-06/)
  await Promise.all([
    ada.page.keyboard.type(' ADA-WAS-HERE', { delay: 10 }),
    goUnder(grace.page, 'Motivation').then(() => grace.page.keyboard.type('GRACE-TOO ', { delay: 10 })),
  ])
  for (const { page } of [ada, grace]) {
    await expect(body(page)).toContainText('ADA-WAS-HERE')
    await expect(body(page)).toContainText('GRACE-TOO')
    await isSaved(page)
  }
  const text = await exported(server, ada.page)
  expect([count(text, 'ADA-WAS-HERE'), count(text, 'GRACE-TOO')]).toEqual([1, 1])
})

test('what is typed after a table was inserted stands in its first cell', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'Tables', /Blank/)
  await body(ada.page).click()
  for (const word of ['One', 'Two', 'Three']) {
    await ada.page.keyboard.type('Before a table')
    await ada.page.keyboard.press('Enter')
    await ada.page.keyboard.type('/')
    await ada.page.getByRole('option', { name: 'Table' }).waitFor()
    await ada.page.keyboard.type('tab')
    await ada.page.keyboard.press('Enter')
    await expect(ada.page.getByRole('listbox')).toHaveCount(0)
    await expect(body(ada.page).locator('table')).toHaveCount(1)
    await ada.page.keyboard.type(word)
    await expect(body(ada.page).locator('th').first()).toHaveText(word)
    await ada.page.keyboard.press('Control+a')
    await ada.page.keyboard.press('Control+a')
    await ada.page.keyboard.press('Backspace')
  }
})
