import { expect, type Page } from '@playwright/test'
import { isAccessible } from './accessible'
import { body, create, isSaved, mayWrite, share } from './document'
import { press } from './keys'
import { fullName, test } from './story'

const type = (page: Page, words: string) => page.keyboard.type(words)

/** Types a slash and a word, and takes what is found. */
async function insert(page: Page, word: string): Promise<void> {
  await type(page, `/${word}`)
  await expect(page.getByRole('listbox', { name: 'Insert' }).getByRole('option')).toHaveCount(1)
  await press(page, 'Enter')
}

test('callouts, details, decisions, footnotes and mentions by keyboard alone, and somebody else with them', async ({
  enter,
}) => {
  test.setTimeout(240_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Blocks', /Blank/)
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  const { page } = ada
  const hers = body(grace.page)
  await body(page).focus()

  // A callout, whose kind is changed at its icon.
  await type(page, '> [!note] Retries are lost.')
  await expect(hers.getByRole('note', { name: 'Note' })).toHaveText(/Retries are lost\./)
  await press(page, 'Alt+Enter')
  await expect(page.getByRole('button', { name: 'Kind of this callout: Note' })).toBeFocused()
  await press(page, 'Enter')
  await expect(page.getByRole('menuitemradio', { name: 'Note' })).toBeVisible()
  await type(page, 'c')
  await expect(page.getByRole('menuitemradio', { name: 'Caution' })).toBeFocused()
  await press(page, 'Enter')
  await expect(hers.getByRole('note', { name: 'Caution' })).toBeVisible()
  await expect(body(page)).toBeFocused()
  await press(page, 'Enter', 'Enter')

  // Details, which each of them opens alone.
  await type(page, '>> Measurements')
  await press(page, 'Enter')
  await type(page, 'With a stopwatch.')
  await expect(body(page).getByText('With a stopwatch.')).toBeVisible()
  await expect(hers.getByText('Measurements')).toBeVisible()
  await expect(hers.getByText('With a stopwatch.')).toBeHidden()
  await hers.getByRole('button', { name: 'Details' }).focus()
  await press(grace.page, 'Enter')
  await expect(hers.getByText('With a stopwatch.')).toBeVisible()
  await press(page, 'Control+Enter')
  await expect(body(page).getByText('With a stopwatch.')).toBeHidden()
  await expect(hers.getByText('With a stopwatch.')).toBeVisible()
  // The caret went where it can be seen; Enter goes in, and opens.
  await press(page, 'Enter')
  await expect(body(page).getByText('With a stopwatch.')).toBeVisible()
  await type(page, 'Twice.')
  await press(page, 'ArrowDown', 'End', 'Enter', 'Enter')

  // A decision with its state, who decided and when.
  await insert(page, 'decision')
  await type(page, 'We take PostgreSQL.')
  await press(page, 'Alt+Enter', 'Tab')
  await expect(page.getByRole('button', { name: 'Who and when' })).toBeFocused()
  await press(page, 'Enter')
  const dialog = page.getByRole('dialog', { name: 'Who decided, and when' })
  await expect(dialog.getByLabel('Decided by')).toBeFocused()
  await type(page, 'Ada, Grace')
  await press(page, 'Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Ada, Grace' })).toBeFocused()
  await press(page, 'Shift+Tab', 'Enter')
  await expect(page.getByRole('menuitemradio', { name: 'Proposed' })).toBeVisible()
  await type(page, 'a')
  await press(page, 'Enter')
  await expect(hers.getByRole('group', { name: 'Decision, accepted' })).toContainText('Ada, Grace')
  await expect(body(page)).toBeFocused()
  await press(page, 'Enter', 'Enter')

  // A footnote: there and back, and its text beside its number.
  await type(page, 'It holds ')
  await insert(page, 'footnote')
  await type(page, 'Measured twice.')
  await press(page, 'Escape')
  await type(page, ' on two cores. Ask @gra')
  await expect(hers.getByRole('note', { name: 'Footnote 1' })).toContainText('Measured twice.')

  // Somebody is named, and hears of it.
  await expect(page.getByRole('option', { name: /Grace Hopper/ })).toHaveAttribute('aria-selected', 'true')
  await press(page, 'Enter')
  await type(page, 'about it.')
  await expect(hers.getByText('It holds')).toContainText(
    'It holds1 on two cores. Ask @Grace Hopper about it.',
  )
  await press(page, 'Home', ...Array.from({ length: 9 }, () => 'ArrowRight'), 'Enter')
  const card = page.getByRole('dialog', { name: 'Footnote' })
  await expect(card).toContainText('Measured twice.')
  await press(page, 'Escape')
  await expect(card).toHaveCount(0)
  await isSaved(page)
  await isAccessible(page)

  await grace.page.goto('/inbox')
  const notice = grace.page.getByRole('link', { name: 'Ada Lovelace mentioned you in the text' })
  await expect(async () => {
    await grace.page.reload()
    await expect(notice).toBeVisible({ timeout: 2_000 })
  }).toPass()
  await notice.click()
  await expect(hers.getByText('It holds')).toBeInViewport()

  // The log of decisions, from home; each leads to its block.
  await grace.page.goto('/')
  await grace.page.getByRole('link', { name: 'Decisions' }).click()
  const decision = grace.page.getByRole('link', { name: 'We take PostgreSQL.', exact: true })
  await expect(decision).toBeVisible()
  await isAccessible(grace.page)
  await grace.page.getByRole('button', { name: 'Rejected' }).click()
  await expect(grace.page.getByText('No decision is like that')).toBeVisible()
  await grace.page.getByRole('button', { name: 'Show all' }).click()
  const download = grace.page.waitForEvent('download')
  await grace.page.getByRole('link', { name: 'Export as a decision record: We take PostgreSQL.' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.md$/)
  await decision.click()
  await expect(hers.getByRole('group', { name: 'Decision, accepted' })).toBeInViewport()
})

test('a link to a document of ours says which it is, to those who may read it', async ({ enter }) => {
  test.setTimeout(120_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const secret = await create(ada.page, 'A secret plan', /Blank/)
  await ada.page.goto('/')
  const address = await create(ada.page, 'Open to Grace', /Blank/)
  await share(ada.page, fullName('grace'))
  const { page } = ada
  const whole = new URL(secret, page.url()).href
  await body(page).focus()
  await type(page, `See ${whole} first.`)
  await press(page, 'Home', 'Control+ArrowRight', 'ArrowRight', 'ArrowRight')
  await expect(page.getByText('A secret plan')).toBeVisible()
  await press(page, 'Alt+F10')
  await expect(page.getByRole('button', { name: 'Use its title' })).toBeFocused()
  await press(page, 'Enter')
  await expect(body(page)).toHaveText(/^See \w+-\d+ A secret plan first\.$/)
  await isSaved(page)

  // Grace may not read it: its address, and not a word more than of one that never was.
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await body(grace.page)
    .getByRole('link', { name: /A secret plan/ })
    .click()
  await expect(grace.page.getByText(whole)).toBeVisible()
  await expect(grace.page.getByText('Draft').and(grace.page.locator('[data-editor-popup] *'))).toHaveCount(0)
  await press(grace.page, 'Control+Shift+K')
  const field = grace.page.getByRole('textbox', { name: 'Address of the link' })
  await expect(field).toHaveValue(whole)
  await field.fill('TDD-9999')
  await press(grace.page, 'Enter')
  await expect(body(page).getByRole('link')).toHaveAttribute('href', new URL('/TDD-9999', whole).href)
})
