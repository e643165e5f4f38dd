import { expect, type Locator, type Page } from '@playwright/test'
import type { ServerProcess } from '../support/server'

/** What a person sees and does on the page of one document. */
export const body = (page: Page): Locator => page.getByRole('textbox', { name: /^Text of / })
export const outline = (page: Page): Locator => page.getByRole('navigation', { name: 'Outline' })
/** The rows of the outline, without the buttons that stand over them. */
export const outlineRows = (page: Page): Locator =>
  outline(page).getByRole('button', { name: /^(?!More about )/ })
/** Chooses from the menu of a section's row. */
export async function sectionMenu(page: Page, section: string, item: string): Promise<void> {
  // Drawn when its row is pointed at.
  await outline(page)
    .getByRole('button', { name: `More about ${section}` })
    .click({ force: true })
  await page.getByRole('menuitem', { name: item }).click()
}
const savedSign = (page: Page, words: string | RegExp): Locator =>
  page.getByRole('button', { name: words }).first()

/** The page says that everything is on disk. */
export const isSaved = (page: Page): Promise<void> => expect(savedSign(page, /^Saved$/)).toBeVisible()
export const says = (page: Page, words: string | RegExp): Promise<void> =>
  expect(savedSign(page, words)).toBeVisible()

/** Resolves when the text can be written in. */
export const mayWrite = (page: Page): Promise<void> =>
  expect(body(page)).toHaveAttribute('contenteditable', 'true')

/** Makes a document by the dialog at home; ends on its page. */
export async function create(page: Page, title: string, template?: RegExp): Promise<string> {
  await page.getByRole('banner').getByRole('button', { name: 'New document' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill(title)
  if (template) await dialog.getByRole('radio', { name: template }).click()
  await dialog.getByRole('button', { name: 'Create' }).click()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  return new URL(page.url()).pathname
}

/** Adds somebody by name in the sharing dialog. */
export async function share(
  page: Page,
  fullName: string,
  role: 'Editor' | 'Commenter' | 'Viewer' = 'Editor',
): Promise<void> {
  await page.getByRole('button', { name: 'Share' }).click()
  const dialog = page.getByRole('dialog')
  if (role !== 'Editor') {
    await dialog.getByRole('combobox', { name: 'Role of whom you add' }).click()
    await page.getByRole('option', { name: role }).click()
  }
  await dialog.getByRole('combobox', { name: 'Add people by name' }).fill(fullName.slice(0, 5))
  await page.getByRole('option', { name: fullName }).click()
  await expect(dialog.getByRole('list', { name: 'People' })).toContainText(fullName)
  await page.keyboard.press('Escape')
}

/** Puts the caret at the end of the block that holds `words`. */
export async function goToEndOf(page: Page, words: string | RegExp): Promise<void> {
  await body(page).locator('p, h1, h2, h3, li').filter({ hasText: words }).last().click()
  await page.keyboard.press('End')
}

/** Puts the caret into the empty paragraph under the heading `title`. */
export async function goUnder(page: Page, title: string): Promise<void> {
  await body(page).getByRole('heading', { name: title }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowDown')
}

/** The document's text as a program reads it. */
export async function exported(server: ServerProcess, page: Page): Promise<string> {
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const answer = await page.request.get(`${server.origin}/api/v1/documents/${id}/content?format=markdown`)
  expect(answer.status()).toBe(200)
  return answer.text()
}

/** How often `words` stands in `text`. */
export const count = (text: string, words: string): number => text.split(words).length - 1

/** The words of the body as they stand on a page, without what is drawn over them. */
export const words = (page: Page): Promise<string> =>
  body(page).evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement
    for (const drawn of copy.querySelectorAll('.ProseMirror-widget, [contenteditable="false"]'))
      drawn.remove()
    return copy.textContent ?? ''
  })
