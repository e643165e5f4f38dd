import { expect, type Page } from '@playwright/test'
import { openMailServer } from '../support/mail-server'
import { type ServerProcess, startServer } from '../support/server'
import { body, create, exported, goUnder, isSaved, mayWrite } from './document'
import { selectWords } from './selection'
import { fullName, open, signIn, test } from './story'

let server: ServerProcess | undefined
let mail: Awaited<ReturnType<typeof openMailServer>> | undefined
test.beforeAll(async () => {
  // Whoever comes first builds.
  test.setTimeout(300_000)
  mail = await openMailServer()
  server = await startServer({ env: { SMTP_URL: mail.url, MAIL_FROM: 'Rationale <design@example.com>' } })
})
test.afterAll(async () => {
  await server?.remove()
  await mail?.close()
})

const bar = (page: Page) => page.getByRole('region', { name: 'Review', exact: true })
const cards = (page: Page) => page.getByRole('region', { name: 'Threads' })
const card = (page: Page, words: string) => cards(page).getByRole('article').filter({ hasText: words })
const strip = (page: Page) => page.getByRole('region', { name: 'Your review' })
const redline = (page: Page) => page.getByRole('region', { name: 'What changed' })
const status = (page: Page, name: string) => page.getByRole('button', { name: `Status: ${name}` })

/** Gathers a comment on words in the review that is being written. */
async function gather(page: Page, words: string, text: string, must = false): Promise<void> {
  await selectWords(page, words)
  await page.keyboard.press('Control+Alt+m')
  const field = page.getByRole('textbox', { name: 'Comment', exact: true })
  await field.fill(text)
  if (must) await page.getByLabel('Must be resolved').check()
  await page.getByRole('button', { name: 'Add to review' }).click()
  await expect(field).toHaveCount(0)
}

async function writeUnder(page: Page, section: string, words: string): Promise<void> {
  await goUnder(page, section)
  await page.keyboard.type(words)
}

/** The next Friday that is not today, as a calendar field takes it. */
function friday(): string {
  const day = new Date()
  day.setDate(day.getDate() + ((5 - day.getDay() + 7) % 7 || 7))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

test('a design is asked about, reviewed, approved as one exact text, and opened again', async ({
  browser,
}) => {
  test.setTimeout(240_000)
  if (!server || !mail) throw new Error('no server')
  const { origin } = server
  const ada = await open(browser, 'ada', origin)
  const grace = await open(browser, 'grace', origin)
  const linus = await open(browser, 'linus', origin)
  for (const somebody of [ada, grace, linus]) await signIn(somebody)

  // Ada writes, and asks Grace for all of it and Linus for the data model, by Friday.
  const address = await create(ada.page, 'Payment retries')
  await writeUnder(ada.page, 'Rationale', 'A failed charge is retried by three services today.')
  await writeUnder(ada.page, 'Background', 'Retries began as a loop and were copied twice.')
  await writeUnder(ada.page, 'Data Model', 'Attempts are kept for 30 days.')
  await writeUnder(ada.page, 'Risks', 'The queue may grow.')
  await isSaved(ada.page)
  await ada.page.getByRole('button', { name: 'Request review' }).click()
  const request = ada.page.getByRole('dialog', { name: 'Request review' })
  for (const name of ['grace', 'linus'] as const) {
    await request.getByRole('combobox', { name: 'Add people by name' }).fill(fullName(name).slice(0, 5))
    await ada.page.getByRole('option', { name: fullName(name) }).click()
  }
  await request.getByRole('combobox', { name: `How ${fullName('linus')} is asked` }).click()
  await ada.page.getByRole('option', { name: 'Invited' }).click()
  await request.getByRole('button', { name: 'More: only some sections' }).click()
  await request.getByRole('button', { name: `Sections for ${fullName('linus')}: Whole document` }).click()
  await ada.page.getByRole('menuitemcheckbox', { name: /Data Model/ }).click()
  await ada.page.keyboard.press('Escape')
  await request.getByLabel('Due').fill(friday())
  // What it means is said beforehand.
  await expect(request).toContainText(`${fullName('grace')} and ${fullName('linus')} get a mail at once.`)
  await request.getByRole('button', { name: 'Request review' }).click()
  await expect(status(ada.page, 'In review')).toBeVisible()
  await expect(bar(ada.page)).toContainText('Waiting for Grace.')
  await expect(ada.page.getByRole('list', { name: 'Reviewers', exact: true })).toContainText(
    `${fullName('linus')} has not answered yet`,
  )

  // Both see it, in the mail and at home, and Grace goes there from what waits on her.
  const letters = await mail.got(2)
  expect(letters.flatMap(({ to }) => to).sort()).toEqual(['grace@example.com', 'linus@example.com'])
  for (const { page } of [grace, linus]) {
    await expect(page.getByRole('region', { name: 'Waits on me' })).toContainText('asks you to review')
  }
  await grace.page.goto('/inbox')
  await grace.page
    .getByRole('link', { name: /asks you to review, due/ })
    .first()
    .click()
  await grace.page.waitForURL((url) => url.pathname === address)
  await linus.page.goto(address)
  await expect(bar(grace.page)).toContainText('It is your turn.')

  // Grace gathers four comments, one of which must be resolved, and other words for a sentence; nobody sees them.
  await bar(grace.page).getByRole('button', { name: 'Start review' }).click()
  await expect(strip(grace.page)).toContainText('You are writing a review on version 1')
  await expect(body(grace.page)).toContainText('Attempts are kept')
  await gather(grace.page, 'three services', 'Which ones?')
  await gather(grace.page, 'copied twice', 'nit: by whom?')
  await gather(grace.page, 'Attempts are kept for 30 days', 'Disputes come after a year.', true)
  await selectWords(grace.page, 'may grow')
  await grace.page.keyboard.press('Control+Alt+s')
  await grace.page.getByRole('textbox', { name: 'Suggested words' }).fill('grows without a limit')
  await grace.page.getByRole('button', { name: 'Add to review' }).click()
  await expect(strip(grace.page)).toContainText('4 comments only you see')
  await expect(bar(ada.page)).toContainText(`${fullName('grace')} is writing a review.`)
  await expect(cards(ada.page)).toHaveCount(0)

  // She submits: an approval on the condition that she has set.
  await strip(grace.page).getByRole('button', { name: 'Submit…' }).click()
  const submit = grace.page.getByRole('dialog', { name: 'Submit your review' })
  await submit.getByRole('radio', { name: /^Approve if/ }).check()
  await expect(submit).toContainText('Disputes come after a year.')
  await submit.getByRole('textbox', { name: 'In a few words' }).fill('Nearly there.')
  await submit.getByRole('button', { name: 'Submit review' }).click()
  await expect(strip(grace.page)).toHaveCount(0)
  await expect(bar(ada.page)).toContainText('Grace approved on conditions, 1 blocking thread.')
  await expect(card(ada.page, 'Disputes come after a year.')).toBeVisible()
  await expect(bar(ada.page).getByRole('button', { name: 'Ask again' })).toBeVisible()

  // Ada corrects the section of the condition, accepts the suggestion, and asks again.
  await selectWords(ada.page, '30 days')
  await ada.page.keyboard.type('13 months')
  await isSaved(ada.page)
  await card(ada.page, 'grows without a limit').click()
  await card(ada.page, 'grows without a limit').getByRole('button', { name: 'Accept' }).click()
  await expect(body(ada.page)).toContainText('The queue grows without a limit.')
  await isSaved(ada.page)
  await bar(ada.page).getByRole('button', { name: 'Ask again' }).click()
  await expect(bar(ada.page)).toContainText('It is the reviewers’ turn.')

  // Grace sees only what changed.
  await grace.page.reload()
  await bar(grace.page).getByRole('button', { name: 'What changed since I looked' }).click()
  await expect(redline(grace.page).locator('ins').filter({ hasText: 'months' })).toBeVisible()
  await expect(redline(grace.page).locator('del').filter({ hasText: 'days' })).toBeVisible()
  await expect(redline(grace.page)).not.toContainText('A failed charge is retried')
  await redline(grace.page).getByRole('button', { name: 'Back to the text' }).click()

  // In the second in which she approves, Ada types a sentence that has not reached the server.
  await mayWrite(ada.page)
  await ada.page.context().setOffline(true)
  await writeUnder(ada.page, 'Alternatives', 'A queue for each service was considered.')
  await card(grace.page, 'Disputes come after a year.').click()
  await card(grace.page, 'Disputes come after a year.')
    .getByRole('button', { name: 'Resolve', exact: true })
    .click()
  // Linus has typed nothing, and nobody waits for him.
  for (const { page } of [grace, linus]) {
    await expect(page.getByRole('status').filter({ hasText: 'Approved.' })).toContainText(
      'The text is read-only.',
    )
  }
  await ada.page.context().setOffline(false)
  await expect(status(ada.page, 'Approved')).toBeVisible()
  await expect(body(ada.page)).toHaveAttribute('aria-readonly', 'true')
  await expect(ada.page.getByText('Your last words came after the approval.')).toBeVisible()
  await expect(card(ada.page, 'A queue for each service was considered.')).toBeVisible()
  const text = await exported(server, ada.page)
  expect(text).toContain('13 months')
  expect(text).not.toContain('A queue for each service')

  // The hash is the one of the version that was approved.
  const id = address.split('/').at(-1)
  const told = await (await ada.page.request.get(`${origin}/api/v1/documents/${id}/review`)).json()
  await expect(
    ada.page.getByRole('button', {
      name: `Copy the hash of the approved text, ${told.approved.version.hash}`,
    }),
  ).toBeVisible()

  // Ada opens it again and edits one section: the bar says so, and shows it.
  await ada.page.getByRole('button', { name: 'Re-open' }).click()
  const reopen = ada.page.getByRole('dialog', { name: 'Re-open' })
  await reopen.getByRole('textbox', { name: 'Why' }).fill('The limit has a number now.')
  await reopen.getByRole('button', { name: 'Re-open' }).click()
  await expect(status(ada.page, 'In review')).toBeVisible()
  // A reader has a caret as well.
  await expect(body(ada.page)).not.toHaveAttribute('aria-readonly', 'true')
  await mayWrite(ada.page)
  await selectWords(ada.page, 'without a limit')
  await ada.page.keyboard.type('to a million')
  await expect(body(ada.page)).toContainText('The queue grows to a million.')
  await isSaved(ada.page)
  await expect(bar(ada.page)).toContainText('1 section changed since Grace approved')
  await bar(ada.page).getByRole('button', { name: 'Show' }).click()
  await expect(redline(ada.page).locator('ins').filter({ hasText: 'million' })).toBeVisible()
  await expect(
    redline(ada.page)
      .locator('ins, del')
      .filter({ hasText: /month|days/ }),
  ).toHaveCount(0)

  // Grace is told, looks, and says that her approval stands.
  await expect(bar(grace.page)).toContainText('1 section changed since Grace approved')
  await bar(grace.page).getByRole('button', { name: 'What changed since I looked' }).click()
  await redline(grace.page).getByRole('button', { name: 'Still stands' }).click()
  await expect(redline(grace.page)).toHaveCount(0)
  await expect(status(ada.page, 'Approved')).toBeVisible()

  for (const somebody of [ada, grace, linus]) {
    expect(somebody.wrong, `${somebody.name}'s browser reported nothing`).toEqual([])
    await somebody.context.close()
  }
})
