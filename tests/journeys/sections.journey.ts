import { expect, type Page } from '@playwright/test'
import { body, create, goUnder, isSaved, mayWrite, outline, sectionMenu, share } from './document'
import { fullName, test } from './story'

const row = (page: Page, title: string) => outline(page).getByRole('listitem').filter({ hasText: title })
const rows = (page: Page) => outline(page).getByRole('listitem')
const marked = (page: Page) => body(page).locator('.thread-words')

async function commentOn(page: Page, words: string, text: string): Promise<void> {
  // All of its line.
  await body(page).getByText(words).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Control+Alt+m')
  const field = page.getByRole('textbox', { name: 'Comment', exact: true })
  await field.fill(text)
  await field.press('Control+Enter')
  await expect(field).toHaveCount(0)
}

test('sections are signed off, change again, do not apply, and have somebody', async ({ enter }) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Signed off')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries are lost when a worker dies.')
  await goUnder(ada.page, 'Background')
  await ada.page.keyboard.type('Ancient.')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)

  // Ada says it, Grace sees it; a newcomer is not told of what nobody has said.
  await expect(outline(grace.page)).not.toContainText('ready')
  await sectionMenu(ada.page, '1.1 Rationale', 'Ready')
  await expect(row(grace.page, 'Rationale')).toContainText('Ready, said by Ada Lovelace')
  await expect(outline(grace.page)).toContainText('1 of 12 ready')

  // Grace types on: both see it, in outline and heading; and who writes where.
  await goUnder(grace.page, 'Rationale')
  await grace.page.keyboard.press('End')
  await grace.page.keyboard.type(' Or never.')
  await expect(row(ada.page, 'Rationale')).toContainText('Grace Hopper writes here')
  await goUnder(grace.page, 'Non-Goals')
  await expect(row(ada.page, 'Rationale')).toContainText('Changed since ready')
  await expect(outline(ada.page)).not.toContainText('1 of 12 ready')
  await expect(
    body(ada.page).getByRole('button', { name: 'Changed since it was called ready' }),
  ).toBeVisible()
  // What she takes back is as it was.
  await goUnder(grace.page, 'Rationale')
  await grace.page.keyboard.press('End')
  for (let n = 0; n < ' Or never.'.length; n += 1) await grace.page.keyboard.press('Backspace')
  await goUnder(grace.page, 'Non-Goals')
  await expect(row(ada.page, 'Rationale')).toContainText('Ready, said by Ada Lovelace')

  // It does not apply, and says why where the text would be.
  await sectionMenu(grace.page, '2.2 Data Model', 'Does not apply because…')
  await grace.page.getByRole('dialog').getByLabel('Reason').fill('Nothing is stored.')
  await grace.page.keyboard.press('Enter')
  await expect(row(ada.page, 'Data Model')).toContainText('Does not apply: Nothing is stored., said by Grace')
  await expect(body(ada.page).locator('[data-hint="Does not apply: Nothing is stored."]')).toBeVisible()
  await expect(outline(ada.page)).toContainText('2 of 12 ready')

  // Somebody looks after it.
  await sectionMenu(ada.page, '1.2 Background', 'Who looks after it…')
  await ada.page.getByRole('dialog').getByRole('combobox').fill('Grace')
  await ada.page.getByRole('option', { name: /Grace Hopper/ }).click()
  await expect(ada.page.getByRole('dialog')).toHaveCount(0)
  await sectionMenu(ada.page, '1.2 Background', 'Ready')
  // Whoever is there is shown before what was said.
  await goUnder(ada.page, 'Non-Goals')
  await expect(row(grace.page, 'Background')).toContainText('Grace Hopper looks after it')
})

test('a section is moved by keyboard and by mouse, with its thread, and one undo takes it back', async ({
  enter,
}) => {
  test.setTimeout(120_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Moved')
  await goUnder(ada.page, 'Background')
  await ada.page.keyboard.type('Ancient.')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)

  await commentOn(ada.page, 'Ancient', 'How old?')
  await expect(marked(grace.page)).toHaveText('Ancient.')
  await isSaved(ada.page)
  await row(ada.page, 'Background').getByRole('button').first().focus()
  await ada.page.keyboard.press('Alt+ArrowUp')
  for (const { page } of [ada, grace]) {
    await expect(rows(page).nth(1)).toContainText('1.1Background')
    await expect(marked(page)).toHaveText('Ancient.')
  }
  await expect(row(ada.page, 'Background').getByRole('button').first()).toBeFocused()
  await ada.page.keyboard.press('Alt+ArrowDown')
  await expect(rows(grace.page).nth(2)).toContainText('1.2Background')
  const from = await row(ada.page, 'Background').boundingBox()
  const to = await row(ada.page, 'Alternatives').boundingBox()
  await ada.page.mouse.move((from?.x ?? 0) + 80, (from?.y ?? 0) + 14)
  await ada.page.mouse.down()
  await ada.page.mouse.move((to?.x ?? 0) + 80, (to?.y ?? 0) + 16, { steps: 6 })
  await ada.page.mouse.move((to?.x ?? 0) + 80, (to?.y ?? 0) + 4, { steps: 3 })
  await ada.page.mouse.up()
  await expect(rows(grace.page).nth(11)).toContainText('Background')
  await expect(marked(grace.page)).toHaveText('Ancient.')
  // One undo takes it back.
  await ada.page.keyboard.press('Control+z')
  await expect(rows(grace.page).nth(2)).toContainText('1.2Background')
  await expect(marked(ada.page)).toHaveText('Ancient.')
})

test('a section that was deleted by keyboard and typed again is given what was said of it', async ({
  enter,
}) => {
  const { page } = await enter('ada')
  await create(page, 'Typed again')
  await goUnder(page, 'Terminology')
  await page.keyboard.type('None.')
  await sectionMenu(page, '1.3 Terminology', 'Ready')
  await expect(row(page, 'Terminology')).toContainText('Ready')
  await expect(rows(page)).toHaveCount(13)
  await body(page).getByRole('heading', { name: 'Terminology' }).click()
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+End')
  await page.keyboard.press('Delete')
  // Its heading stands there without a title: the key makes it text.
  await page.keyboard.press('Backspace')
  await expect(rows(page)).toHaveCount(12)
  await goUnder(page, 'Non-Goals')
  await page.keyboard.type('Some.')
  await page.keyboard.press('Enter')
  await page.keyboard.type('### Terminology')
  await page.keyboard.press('Enter')
  await page.keyboard.type('None.')
  await isSaved(page)
  await body(page).getByRole('button', { name: 'Typed again?' }).click()
  await page.getByRole('menuitem', { name: 'Take the place of the deleted one' }).click()
  await expect(row(page, 'Terminology')).toContainText('Ready')
})
