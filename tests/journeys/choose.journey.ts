import { expect, type Page } from '@playwright/test'
import { body, create, exported, isSaved, mayWrite, share } from './document'
import { press } from './keys'
import { api } from './page-api'
import { fullName, signIn, test } from './story'

const cards = (page: Page) => page.getByRole('region', { name: 'Threads' }).getByRole('article')

/** What has the focus can be seen, and is not the page as a whole. */
async function seesFocus(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return 'nothing has the focus'
    const { top, bottom, width, height } = focused.getBoundingClientRect()
    return bottom > 0 && top < window.innerHeight && width > 0 && height > 0 ? '' : focused.outerHTML
  })
  expect(seen).toBe('')
}

test('with the keyboard alone a section with a table and a diagram is written, and a thread answered', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const grace = await enter('grace')
  const { page } = await enter('ada')
  const address = await create(grace.page, 'Keys alone', /Blank/)
  await share(grace.page, fullName('ada'))

  // To the document by its name, and past what stands around it into the text.
  await press(page, 'Control+k')
  await page.keyboard.type('keys alone')
  await expect(page.getByRole('option', { name: /Keys alone/ })).toHaveAttribute('aria-selected', 'true')
  await press(page, 'Enter')
  await page.waitForURL((url) => url.pathname === address)
  await mayWrite(page)
  await press(page, 'Tab')
  await expect(page.getByRole('button', { name: 'Go to the text' })).toBeFocused()
  await press(page, 'Enter')
  await expect(body(page)).toBeFocused()

  await page.keyboard.type('# Storage')
  await press(page, 'Enter')
  await page.keyboard.type('Attempts are kept for 30 days.')
  await press(page, 'Enter')
  await page.keyboard.type('/table')
  await press(page, 'Enter')
  for (const word of ['Part', 'Holds', '', 'queue', 'attempts']) {
    await page.keyboard.type(word)
    await press(page, 'Tab')
  }
  await page.keyboard.type('')
  await press(page, 'Control+Enter')
  await page.keyboard.type('/diagram')
  await press(page, 'Enter')
  await expect(body(page).locator('.code-block')).toBeVisible()
  await press(page, 'Control+End')
  await page.keyboard.type('\nshop --> queue')
  const picture = body(page).getByRole('img', { name: 'Diagram: flowchart LR' })
  await expect(picture).toBeVisible()
  await press(page, 'Escape')
  await page.keyboard.type('The queue is drawn above.')
  await isSaved(page)
  const text = await exported(server, page)
  expect(text).toContain('# Storage')
  expect(text).toContain('shop --> queue')
  expect(text).toContain('| queue')

  // Grace asks about words of it; from those words by keys to her card, and back to them.
  const id = address.split('/').at(-1)
  await api(grace, 'POST', `/documents/${id}/threads`, {
    kind: 'question',
    body: 'Why so long?',
    quote: 'kept for 30 days',
  })
  await expect(body(page).locator('.thread-words')).toHaveText('kept for 30 days')
  await press(
    page,
    'Control+Home',
    'ArrowDown',
    'End',
    'ArrowLeft',
    'ArrowLeft',
    'ArrowLeft',
    'Control+Alt+m',
  )
  await expect(cards(page)).toBeFocused()
  await seesFocus(page)
  await press(page, 'r')
  await page.keyboard.type('The bank asks for it.')
  await press(page, 'Control+Enter')
  await expect(cards(page)).toContainText('The bank asks for it.')
  await expect(cards(page)).toBeFocused()
  await press(page, 'Escape', 'Escape')
  await expect(body(page)).toBeFocused()
  await page.keyboard.type('!')
  await expect(body(page).locator('p').first()).toHaveText('Attempts are kept for 30 da!ys.')
  await press(page, 'Backspace')

  // From anywhere in the text by the list of commands.
  await press(page, 'Control+k')
  await page.keyboard.type('to the threads')
  await press(page, 'Enter')
  await expect(cards(page)).toBeFocused()
  await press(page, 'e')
  await expect(cards(grace.page)).toHaveCount(0)
})

test('a phone does all of it, by touch', async ({ browser, enter, server }) => {
  test.setTimeout(180_000)
  const grace = await enter('grace')
  const context = await browser.newContext({
    baseURL: server.origin,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  await signIn({ name: 'ada', page, context, wrong: [] })
  await page.getByRole('banner').getByRole('button', { name: 'New document' }).tap()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Title').fill('By touch')
  await dialog.getByRole('radio', { name: /Blank/ }).tap()
  await dialog.getByRole('button', { name: 'Create' }).tap()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)

  // What the bar at the foot puts in, and what is typed with a phone's keyboard.
  const insert = async (name: string) => {
    await page.getByRole('button', { name: 'Insert', exact: true }).tap()
    await page.getByRole('menuitem', { name, exact: true }).tap()
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(body(page)).toBeFocused()
  }
  await body(page).tap()
  await insert('Heading 1')
  await page.keyboard.type('Storage')
  await press(page, 'Enter')
  await page.keyboard.type('Attempts are kept for 30 days.')
  await press(page, 'Enter')
  await insert('Table')
  await page.keyboard.type('Part')
  await body(page).locator('th').nth(1).tap()
  await page.keyboard.type('Holds')
  await page.getByRole('button', { name: 'Table', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Column after' }).tap()
  await expect(body(page).locator('th')).toHaveCount(4)
  await press(page, 'Control+Enter')
  await insert('Diagram')
  await expect(body(page).getByRole('img', { name: /^Diagram: / })).toBeVisible()
  await isSaved(page)

  // Grace is asked to comment; her thread is answered from the sheet.
  const { id: personId } = await api(grace, 'GET', '/me')
  await api({ name: 'ada', page, context, wrong: [] }, 'PUT', `/documents/${id}/members/${personId}`, {
    role: 'commenter',
  })
  await api(grace, 'POST', `/documents/${id}/threads`, {
    kind: 'question',
    body: 'Why so long?',
    quote: 'kept for 30 days',
  })
  await page.getByRole('button', { name: 'Threads, 1 open' }).tap()
  await cards(page).tap()
  await cards(page).getByRole('button', { name: 'Reply' }).tap()
  await page.getByRole('textbox', { name: 'Reply' }).fill('The bank asks for it.')
  await cards(page).locator('form').getByRole('button', { name: 'Reply' }).tap()
  await expect(cards(page)).toContainText('The bank asks for it.')
  await page.getByRole('button', { name: 'Close threads' }).tap()
  await expect(page.getByRole('button', { name: 'Threads, 1 open' })).toBeFocused()

  // And the words that are selected are spoken about from the same bar.
  await page.getByRole('banner').getByRole('button', { name: 'More', exact: true }).tap()
  await page.getByRole('menuitem', { name: 'Find in the document' }).tap()
  await page.getByRole('textbox', { name: 'Find' }).fill('days')
  await page.getByRole('search').getByRole('button', { name: 'Close' }).tap()
  await page.getByRole('toolbar', { name: 'Format' }).getByRole('button', { name: 'Comment' }).tap()
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Calendar days.')
  await page.getByRole('button', { name: 'Comment', exact: true }).last().tap()
  await expect(page.getByText('Calendar days.')).toBeVisible()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBe(390)
  await context.close()
})
