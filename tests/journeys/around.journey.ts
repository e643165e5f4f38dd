import { expect, type Page } from '@playwright/test'
import { isAccessible } from './accessible'
import { body, create, exported, goUnder, isSaved, mayWrite, share, words } from './document'
import { selectWords } from './selection'
import { fullName, test } from './story'

const find = (page: Page) => page.getByRole('search', { name: 'Find in the document' })
const says = (page: Page, text: string | RegExp) => expect(find(page).getByRole('status')).toHaveText(text)

test('words are found and replaced in the whole text, as one, and what is said about them stays', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const { page } = ada
  const address = await create(page, 'Around the text')
  await goUnder(page, 'Rationale')
  await page.keyboard.type('A retry follows a retry, and each retry costs. Retries add up.')
  await goUnder(page, 'Background')
  await page.keyboard.type(`Nobody saw the **first** retry. ${'a'.repeat(40)}`)
  await share(page, fullName('grace'), 'Viewer')
  await isSaved(page)
  // What somebody said about words between two of those that are replaced.
  await selectWords(page, 'and each')
  await page.keyboard.press('Control+Alt+m')
  const comment = page.getByRole('textbox', { name: 'Comment', exact: true })
  await comment.fill('Each?')
  await comment.press('Control+Enter')
  await expect(body(page).locator('.thread-words')).toHaveText('and each')
  // Sent, its card takes the focus.
  await expect(page.locator('[data-thread-card]')).toBeFocused()

  await body(page).getByRole('heading', { name: 'Introduction' }).click()
  await page.keyboard.press('Control+f')
  const field = find(page).getByRole('textbox', { name: 'Find' })
  await expect(field).toBeFocused()
  await field.fill('retry')
  await says(page, '1 of 4')
  await field.press('Enter')
  await says(page, '2 of 4')
  await field.press('Shift+Enter')
  await field.press('Shift+Enter')
  await says(page, '4 of 4')
  await field.fill('retr')
  await says(page, /of 5$/)
  await find(page).getByRole('button', { name: 'Whole words' }).click()
  await says(page, 'Not found')
  await find(page).getByRole('button', { name: 'Whole words' }).click()

  // An expression that is none says why; one that never ends is ended, and the page goes on.
  await find(page).getByRole('button', { name: 'Regular expression' }).click()
  await field.fill('retr(')
  await says(page, /^This is no regular expression: .+\.$/)
  await field.fill('(a+)+!')
  await says(page, 'This expression takes too long over this text.')
  await field.fill('retr(y|ies)')
  await says(page, /of 5$/)
  await page.keyboard.press('Control+h')
  await find(page).getByRole('textbox', { name: 'Replace with' }).fill('attempt$1')
  await isAccessible(page)
  await find(page).getByRole('button', { name: 'All', exact: true }).click()
  await expect(page.getByText('Replaced in 5 places.')).toBeVisible()
  const after = 'A attempty follows a attempty, and each attempty costs. attempties add up.'
  await expect.poll(() => words(page)).toContain(after)
  await expect(body(page).locator('.thread-words')).toHaveText('and each')
  await page.keyboard.press('Escape')
  await expect(find(page)).toHaveCount(0)
  await isSaved(page)
  expect(await exported(server, page)).toContain('**first** attempty')
  await body(page).focus()
  await page.keyboard.press('Control+z')
  await expect.poll(() => words(page)).toContain('A retry follows a retry, and each retry costs.')
  await expect.poll(() => words(page)).toContain('first retry')
  await expect(body(page).locator('.thread-words')).toHaveText('and each')

  // Who reads finds as well, and can put nothing in its place.
  await grace.page.goto(address)
  await expect(grace.page.locator('.tiptap.body')).toContainText('each retry costs')
  await grace.page.keyboard.press('Control+f')
  await find(grace.page).getByRole('textbox', { name: 'Find' }).fill('each')
  await says(grace.page, /of 1$/)
  await expect(find(grace.page).getByRole('button', { name: /in their place/ })).toHaveCount(0)
})

test('commands, documents and keys are one key away; the text alone is left; words are counted', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const { page } = await enter('ada')
  await create(page, 'Leases for workers')
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('combobox', { name: 'Commands and documents' })
  await palette.fill('documents')
  await palette.press('Enter')
  await page.waitForURL((url) => url.pathname === '/')
  await page.keyboard.press('Control+k')
  await palette.fill('lease work')
  await expect(page.getByRole('option', { name: /Leases for workers/ })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await isAccessible(page)
  await palette.press('Enter')
  await page.waitForURL(/\/d\//)
  await mayWrite(page)

  // What is put in goes where the caret was.
  await goUnder(page, 'Rationale')
  await page.keyboard.press('Control+k')
  await palette.fill('task list')
  await palette.press('Enter')
  await expect(palette).toHaveCount(0)
  await page.keyboard.type('first one two')
  await expect(body(page).locator('li[data-checked] p')).toHaveText('first one two')
  await expect(page.getByRole('navigation', { name: 'Outline' })).toContainText(/\d+ words, 1 min to read/)
  for (let n = 0; n < 2; n += 1) await page.keyboard.press('Control+Shift+ArrowLeft')
  await expect(page.getByRole('navigation', { name: 'Outline' })).toContainText(/2 of \d+ words selected/)

  await page.keyboard.press('Control+Shift+f')
  await expect(page.getByRole('banner')).toHaveCSS('opacity', '0')
  await page.reload()
  await mayWrite(page)
  await expect(page.getByRole('banner')).toHaveCSS('opacity', '0')
  await page.getByRole('button', { name: 'Share' }).focus()
  await expect(page.getByRole('banner')).toHaveCSS('opacity', '1')
  await page.keyboard.press('Control+Shift+f')
  await page.locator('h1').first().hover()
  await expect(page.getByRole('navigation', { name: 'Outline' })).toHaveCSS('opacity', '1')

  await page.keyboard.press('?')
  const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(list.getByText('Find in the document')).toBeVisible()
  await expect(list.getByText('Bold', { exact: true })).toBeVisible()
  await isAccessible(page)
})

test('a document tells what its own words mean where it uses them, until a reader has it off', async ({
  enter,
}) => {
  test.setTimeout(120_000)
  const { page } = await enter('ada')
  const grace = await enter('grace')
  const address = await create(page, 'Words of its own')
  const terms = body(page).locator('.term')
  await goUnder(page, 'Rationale')
  await page.keyboard.type('A lease ends; the next lease begins. A Lease, `lease` and leases are others.')
  await goUnder(page, 'Terminology')
  await page.keyboard.type('- lease: a lock that ends by itself')
  await expect(terms).toHaveText(['lease'])
  await terms.hover()
  const card = page.getByRole('region', { name: 'What lease means here' })
  await expect(card).toContainText('a lock that ends by itself')
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  // By keys, from the caret.
  await terms.click()
  await page.keyboard.press('Control+Alt+g')
  await expect(card).toBeFocused()
  await isAccessible(page)
  await page.keyboard.press('Escape')
  await expect(body(page)).toBeFocused()

  // Who reads has no caret, and gets there with the Tab key.
  await share(page, fullName('grace'), 'Viewer')
  await grace.page.goto(address)
  const read = grace.page.locator('.body .term')
  await expect(read).toHaveText(['lease'])
  await read.focus()
  await grace.page.keyboard.press('Enter')
  await expect(grace.page.getByRole('region', { name: 'What lease means here' })).toBeFocused()
  await isAccessible(grace.page)
  await grace.page.keyboard.press('Escape')
  await expect(read).toBeFocused()

  // Its mark stays away from who does not want it.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('do not mark')
  await page.keyboard.press('Enter')
  await expect(terms).toHaveCount(0)
  await page.reload()
  await mayWrite(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('mark words')
  await expect(page.getByRole('option', { name: 'Mark words of the glossary' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(terms).toHaveText(['lease'])
})
