import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { body, create, goUnder, isSaved, share } from './document'
import { fullName, type Someone, test } from './story'

const cards = (page: Page) => page.getByRole('region', { name: 'Threads' })
const card = (page: Page, words: string | RegExp) =>
  cards(page).getByRole('article').filter({ hasText: words })
const field = (page: Page, name = 'Comment') => page.getByRole('textbox', { name, exact: true })

/** Begins a comment on the whole document. */
async function begin(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Comment on the document' }).click()
  await expect(field(page)).toBeFocused()
}

async function comment(page: Page, text: string, options: { must?: boolean } = {}): Promise<void> {
  await begin(page)
  await field(page).fill(text)
  if (options.must) await page.getByLabel('Must be resolved').check()
  await field(page).press('Control+Enter')
  await expect(field(page)).toHaveCount(0)
}

/** A document of Ada's with a sentence in it, on which Grace may comment. */
async function talked(ada: Someone, grace: Someone, title: string): Promise<string> {
  const address = await create(ada.page, title)
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries are sent at least once, and cost money.')
  await isSaved(ada.page)
  await share(ada.page, fullName('grace'), 'Commenter')
  await grace.page.goto(address)
  await expect(body(grace.page)).toContainText('cost money.')
  return address
}

/** Calls the API with a browser's own session. */
async function call(someone: Someone, method: string, path: string, data?: unknown) {
  const { origin } = new URL(someone.page.url())
  const answer = await someone.page.request.fetch(`/api/v1${path}`, {
    method,
    headers: { origin },
    ...(data === undefined ? {} : { data }),
  })
  expect(answer.ok(), `${method} ${path}: ${answer.status()}`).toBe(true)
  return answer.status() === 204 ? null : answer.json()
}

test('people are named, react, say it better, and find each other’s words by a link', async ({ enter }) => {
  test.setTimeout(180_000)
  const [ada, grace, margaret] = [await enter('ada'), await enter('grace'), await enter('margaret')]
  const address = await talked(ada, grace, 'Named and linked')

  // A name is completed while it is typed; only people who can read are offered to who may not share.
  await begin(grace.page)
  await field(grace.page).pressSequentially('? Ask @ada')
  await expect(grace.page.getByRole('option')).toHaveText(/Ada Lovelace/)
  await field(grace.page).press('Enter')
  await field(grace.page).pressSequentially('or @marg')
  await expect(grace.page.getByRole('option')).toHaveCount(0)
  await field(grace.page).fill('? Ask @Ada Lovelace or the bank.')
  await field(grace.page).press('Control+Enter')
  await expect(card(ada.page, 'Ask @Ada Lovelace or the bank.')).toContainText('Question')

  // Ada is told who else could be asked, and what naming her does.
  await card(ada.page, 'Ask @Ada').click()
  await ada.page.keyboard.press('r')
  await field(ada.page, 'Reply').pressSequentially('Or @marg')
  await expect(ada.page.getByRole('option', { name: 'Margaret Hamilton' })).toContainText(
    'Will be given access to comment',
  )
  await field(ada.page, 'Reply').press('Enter')
  await field(ada.page, 'Reply').pressSequentially('from the bank.')
  await field(ada.page, 'Reply').press('Control+Enter')
  await expect(card(grace.page, 'Or @Margaret Hamilton from the bank.')).toBeVisible()
  await margaret.page.goto(address)
  await expect(body(margaret.page)).toContainText('cost money.')

  // A sign instead of words, seen at once by the other, and taken back.
  await ada.page.getByRole('button', { name: 'React to Grace Hopper’s comment' }).click({ force: true })
  await ada.page.getByRole('menuitem', { name: 'Thumbs up' }).click()
  await expect(
    card(grace.page, 'Ask @Ada').getByRole('button', { name: 'Thumbs up: Ada Lovelace' }),
  ).toBeVisible()
  await ada.page.getByRole('button', { name: 'Thumbs up: Ada Lovelace' }).click()
  await expect(card(grace.page, 'Ask @Ada').getByRole('list', { name: 'Reactions' })).toHaveCount(0)

  // What Ada has answered does not change unseen.
  await card(grace.page, 'Ask @Ada').click()
  await grace.page.getByRole('button', { name: 'More about Grace Hopper’s comment' }).click({ force: true })
  await grace.page.getByRole('menuitem', { name: 'Edit' }).click()
  await expect(field(grace.page, 'Your comment')).toHaveValue('Ask @Ada Lovelace or the bank.')
  await field(grace.page, 'Your comment').fill('Ask @Ada Lovelace or the ledger.')
  await field(grace.page, 'Your comment').press('Control+Enter')
  await ada.page.getByRole('button', { name: 'edited' }).click()
  const wordings = ada.page.getByRole('list', { name: 'Earlier wordings' })
  await expect(wordings.locator('del')).toHaveText('bank')
  await expect(wordings.locator('ins')).toHaveText('ledger')

  // A link leads to the comment; when that is gone, it says so.
  const reply = card(ada.page, 'Ask @Ada').locator('[data-comment]').last()
  const thread = await card(ada.page, 'Ask @Ada').getAttribute('data-thread-card')
  const commentId = await reply.getAttribute('data-comment')
  await margaret.page.goto(`${address}?thread=${thread}&comment=${commentId}`)
  await expect(margaret.page.locator('[aria-current="true"][data-comment]')).toContainText('from the bank.')
  await reply.hover()
  await ada.page.getByRole('button', { name: 'More about Ada Lovelace’s comment' }).click({ force: true })
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await ada.page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(card(ada.page, 'from the bank.')).toHaveCount(0)
  await margaret.page.reload()
  await expect(margaret.page.getByText('The comment that this link leads to was removed')).toBeVisible()
  await grace.page.getByRole('button', { name: 'More about Grace Hopper’s comment' }).click({ force: true })
  await grace.page.getByRole('menuitem', { name: 'Delete' }).click()
  await grace.page.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(card(margaret.page, 'Ask @Ada')).toHaveCount(0)
  await margaret.page.reload()
  await expect(margaret.page.getByText('The thread that this link leads to is not there')).toBeVisible()
})

test('what is being typed outlives Escape, a reload and the end of the tab', async ({ enter }) => {
  const ada = await enter('ada')
  const address = await create(ada.page, 'Typed and kept')
  await begin(ada.page)
  await field(ada.page).fill('A long thought')
  await field(ada.page).press('Escape')
  await expect(ada.page.getByText('Throw it away?')).toBeVisible()
  await field(ada.page).press('Escape')
  await expect(ada.page.getByText('Throw it away?')).toHaveCount(0)
  await expect(field(ada.page)).toHaveValue('A long thought')
  await ada.page.close()

  const page = await ada.context.newPage()
  await page.goto(address)
  await expect(field(page)).toHaveValue('A long thought')
  await field(page).press('Control+Enter')
  await expect(card(page, 'A long thought')).toBeVisible()

  // Other words for a comment are kept like that.
  await page.getByRole('button', { name: 'More about Ada Lovelace’s comment' }).click({ force: true })
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await field(page, 'Your comment').fill('A longer thought')
  await page.reload()
  await card(page, 'Ada Lovelace').click()
  await expect(field(page, 'Your comment')).toHaveValue('A longer thought')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Throw away' }).click()
  await expect(card(page, 'A long thought')).toBeVisible()
  await page.reload()
  await expect(card(page, 'A long thought')).toBeVisible()
  await expect(field(page, 'Your comment')).toHaveCount(0)
})

test('an owner lets a concern block, overrules it, says otherwise how it ended, and exports all of it', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const [ada, grace] = [await enter('ada'), await enter('grace')]
  const address = await talked(ada, grace, 'Overruled')
  await comment(grace.page, 'Too dear?', { must: true })
  await expect(card(ada.page, 'Too dear?')).toContainText('Concern')
  await card(ada.page, 'Too dear?').click()
  await ada.page.getByRole('button', { name: 'Make it block' }).click()
  await expect(card(grace.page, 'Too dear?')).toContainText('Blocking')
  await ada.page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await field(ada.page, 'Why').fill('It costs 2 cents.')
  await field(ada.page, 'Why').press('Control+Enter')
  await expect(card(ada.page, 'Too dear?')).toHaveCount(0)

  await comment(grace.page, 'Where is the data?')
  await card(ada.page, 'Where is the data?').click()
  await ada.page.getByRole('button', { name: 'Resolve as' }).click()
  await ada.page.getByRole('menuitem', { name: 'Moved to section…' }).click()
  await ada.page.getByRole('combobox', { name: 'It goes on in' }).click()
  await ada.page.getByRole('option', { name: 'Data Model' }).click()
  await ada.page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(card(ada.page, 'Where is the data?')).toHaveCount(0)

  // Nits stand back.
  await comment(grace.page, 'nit: a comma')
  await comment(grace.page, 'nit: a dash')
  await cards(ada.page).getByRole('button', { name: '2 nits' }).click()
  await expect(card(ada.page, 'a comma')).toBeVisible()
  await expect(card(ada.page, 'a dash')).toBeVisible()

  // Grace finds how hers ended, and says it better.
  await cards(grace.page)
    .getByRole('button', { name: /open threads?$/ })
    .click()
  await grace.page.getByRole('menuitemradio', { name: 'Resolved · 2' }).click()
  await expect(card(grace.page, 'Too dear?')).toContainText('Overruled, says Ada Lovelace: It costs 2 cents.')
  await card(grace.page, 'Where is the data?').click()
  await expect(card(grace.page, 'Where is the data?')).toContainText(/Moved to “[\d.]+ Data Model”, says Ada/)
  await grace.page.getByRole('button', { name: 'Say how it ended' }).click()
  await grace.page.getByRole('menuitem', { name: 'Answered' }).click()
  await expect(card(grace.page, 'Where is the data?')).toContainText('Answered, says Grace Hopper')

  await ada.page.getByRole('banner').getByRole('button', { name: 'More', exact: true }).click()
  const [download] = await Promise.all([
    ada.page.waitForEvent('download'),
    ada.page.getByRole('menuitem', { name: 'Export Markdown with threads' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(text).toContain('at least once, and cost money.')
  expect(text).toMatch(
    /### Blocking on the document[\s\S]*\*\*Overruled\*\*, says Ada Lovelace, .*: It costs 2 cents\./,
  )

  // What Grace gathers in a review is hers until she submits it.
  const id = address.split('/').at(-1)
  const { id: graceId } = await call(grace, 'GET', '/me')
  await call(ada, 'PUT', `/documents/${id}/reviewers`, { reviewers: [{ personId: graceId, required: true }] })
  const draft = await call(grace, 'POST', `/documents/${id}/reviews/draft`)
  await call(grace, 'POST', `/documents/${id}/threads`, { body: 'Not yet for all.', draftId: draft.id })
  await grace.page.reload()
  await expect(card(grace.page, 'Not yet for all.')).toContainText('Only you see this until you submit')
  await comment(ada.page, 'Seen by all.')
  await expect(card(grace.page, 'Seen by all.')).toBeVisible()
  await ada.page.reload()
  await expect(card(ada.page, 'Seen by all.')).toBeVisible()
  await expect(card(ada.page, 'Not yet for all.')).toHaveCount(0)
})
