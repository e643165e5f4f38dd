import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { exportMarkdown } from '../../lib/content/markdown/markdown-export'
import { everyBlock } from '../lib/content/every-block'
import { checkedNode } from '../lib/content/world'
import { body, create, goToEndOf, goUnder, isSaved, mayWrite } from './document'
import { press } from './keys'
import { api } from './page-api'
import { selectWords } from './selection'
import { corpus, open, type Someone, signIn } from './story'

/** What is done in each state: a picture, a check. The page is as a person would have it in front of them. */
export type Visit = (someone: Someone, state: string) => Promise<void>

/**
 * Leads through every screen and the states that they have, each by its name. One list for pictures and for checks,
 * so that what is looked at is also what is checked.
 */
export async function tour(browser: Browser, origin: string, visit: Visit): Promise<void> {
  const [ada, grace, linus] = await Promise.all([
    open(browser, 'ada', origin),
    open(browser, 'grace', origin),
    open(browser, 'linus', origin),
  ])
  try {
    await ada.page.goto('/sign-in')
    await visit(ada, 'sign-in')
    for (const somebody of [ada, grace, linus]) await signIn(somebody)
    await home(ada, visit)
    await writing(ada, visit)
    await blocks(ada, visit)
    await around(ada, visit)
    await talking(ada, grace, visit)
    await reviewing(ada, grace, linus, visit)
    await trouble(ada, linus, visit)
  } finally {
    for (const { context } of [ada, grace, linus]) await context.close()
  }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const closed = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' })

async function home(ada: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  await visit(ada, 'home-new')
  await page.getByRole('banner').getByRole('button', { name: 'New document' }).click()
  await page.getByRole('dialog').getByLabel('Title').fill('Moving the read path')
  await visit(ada, 'new-document')
  await page.keyboard.press('Escape')
  await closed(page)

  await page
    .getByLabel('Markdown file to import')
    .setInputFiles(join(corpus, 'design-docs/kep-3331-structured-authn.md'))
  await button(page, 'Open document').waitFor()
  await visit(ada, 'import-losses')
  await button(page, 'Open document').click()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  await visit(ada, 'document-imported')

  await page.goto('/')
  const rows = page.getByRole('list', { name: 'Documents' })
  await button(page, /^More about One identity|^More about /)
    .first()
    .click()
  await page.getByRole('menuitem').first().waitFor()
  await visit(ada, 'home-row-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('no such words anywhere')
  await rows.waitFor({ state: 'detached' })
  await visit(ada, 'home-nothing-found')
  await page.getByRole('searchbox').fill('')
  await button(page, /^You are /).click()
  await page.getByRole('menuitem').first().waitFor()
  await visit(ada, 'user-menu')
  await page.keyboard.press('Escape')
  await page.goto('/bin')
  await visit(ada, 'bin-empty')
  await page.goto('/')
}

async function writing(ada: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  await create(
    page,
    'One identity for services and for people, with a title that goes on for longer than any list would like it to',
  )
  await visit(ada, 'document-new')
  await goUnder(page, 'Rationale')
  await page.keyboard.type('A failed charge is retried by three services, each with rules of its own.')
  await selectWords(page, 'three services')
  await page.getByRole('toolbar', { name: 'Format' }).waitFor()
  await visit(ada, 'selection')
  await goUnder(page, 'Background')
  await page.keyboard.type('/')
  await page.getByRole('listbox').waitFor()
  await visit(ada, 'slash-menu')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('> [!warning] Retries cost money.')
  await press(page, 'Enter', 'Enter')
  await page.keyboard.type('>> How we measured')
  await press(page, 'Enter')
  await page.keyboard.type('With a stopwatch.')
  await press(page, 'Enter', 'Enter')
  await page.keyboard.type('> [!decision] We retry in one place.')
  await press(page, 'Enter', 'Enter')
  await page.keyboard.type('It holds /footnote')
  await press(page, 'Enter')
  await page.keyboard.type('On two cores. Ask @ad')
  await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor()
  await visit(ada, 'blocks')
  await press(page, 'Enter')
  await button(page, /^Kind of this callout/).click()
  await page.getByRole('menuitemradio', { name: 'Caution' }).waitFor()
  await visit(ada, 'callout-menu')
  await press(page, 'Escape')
  await button(page, 'Who and when').click()
  await page.getByRole('dialog', { name: 'Who decided, and when' }).waitFor()
  await visit(ada, 'decision-about')
  await press(page, 'Escape')
  await isSaved(page)
  await button(page, 'Share').click()
  await page.getByRole('dialog').getByRole('list', { name: 'People' }).waitFor()
  await visit(ada, 'share')
  await page.keyboard.press('Escape')
  await closed(page)
  await button(page, 'More').click()
  await page.getByRole('menuitem', { name: 'History' }).waitFor()
  await visit(ada, 'more-menu')
  await page.keyboard.press('Escape')
}

/** A text with each of the blocks, and what opens over them. */
async function blocks(ada: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  const text = exportMarkdown(checkedNode(everyBlock), {
    title: 'Every block',
    status: 'draft',
    templateKey: 'blank',
    titleHeading: true,
  })
  await page.goto('/')
  await page
    .getByLabel('Markdown file to import')
    .setInputFiles({ name: 'every-block.md', mimeType: 'text/markdown', buffer: Buffer.from(text) })
  await button(page, 'Open document').click()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  await visit(ada, 'every-block')
  await page.getByRole('img', { name: /./ }).first().waitFor()
  await body(page).locator('table td').first().click()
  await visit(ada, 'table')
  await page.keyboard.press('Alt+F9')
  await page.getByRole('menuitem', { name: 'Rows and columns' }).waitFor()
  await visit(ada, 'block-menu')
  await page.keyboard.press('Escape')
  await page.getByRole('menu').waitFor({ state: 'detached' })
  await goToEndOf(page, /^Today a retry/)
  await page.keyboard.type(' @ad')
  await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor()
  await visit(ada, 'mention-list')
  await page.keyboard.press('Escape')
}

/** What stands around a text: finding, commands, keys, and what is gathered from texts. */
async function around(ada: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  await body(page).focus()
  await page.keyboard.press('Control+f')
  const find = page.getByRole('search', { name: 'Find in the document' })
  await find.getByRole('textbox', { name: 'Find' }).fill('retry')
  await find.getByRole('status').filter({ hasText: / of / }).waitFor()
  await visit(ada, 'find')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Commands and documents' }).waitFor()
  await visit(ada, 'commands')
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Commands and documents' }).waitFor({ state: 'detached' })
  await page
    .locator('h1')
    .first()
    .click({ position: { x: 2, y: 2 } })
  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await visit(ada, 'shortcuts')
  await page.keyboard.press('Escape')
  await closed(page)
  await page.goto('/decisions')
  await visit(ada, 'decisions')
  await page.goto('/terms')
  await visit(ada, 'terms')
}

/** A document with comments, suggestions, and somebody else's caret. */
async function talking(ada: Someone, grace: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  await page.goto('/')
  await page
    .getByRole('list', { name: 'Documents' })
    .getByRole('link', { name: 'Fair limits for the public API' })
    .click()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  const address = new URL(page.url()).pathname
  const id = address.split('/').at(-1)
  await visit(ada, 'document-sample')
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await body(grace.page).locator('p').nth(2).click()
  await grace.page.keyboard.press('End')
  await button(page, /^Go to Grace Hopper/).waitFor()

  const asked = await api(grace, 'POST', `/documents/${id}/threads`, {
    kind: 'concern',
    body: 'Which of them do we slow? The export runs at night, the shop does not sleep.',
    quote: 'checkout for the rest of the minute',
  })
  await api(ada, 'POST', `/threads/${asked.id}/comments`, { body: 'Exports have a bucket of their own.' })
  await api(grace, 'POST', `/documents/${id}/threads`, {
    kind: 'nit',
    body: 'This reads odd.',
    quote: 'depending on luck',
  })
  await api(grace, 'POST', `/documents/${id}/threads`, {
    kind: 'suggestion',
    body: 'Shorter.',
    quote: 'for the rest of the minute',
    replacement: 'until the next minute',
  })
  await page.locator(`[data-thread-card="${asked.id}"]`).click()
  await page.locator('.thread-words.is-active').first().waitFor()
  await visit(ada, 'document-threads')
  await page.keyboard.press('Escape')
  await selectWords(page, 'luck')
  await page.keyboard.press('Control+Alt+m')
  await page.getByRole('textbox', { name: 'Comment', exact: true }).waitFor()
  await visit(ada, 'composer')
  await page.keyboard.press('Escape')
  await api(ada, 'POST', `/documents/${id}/versions`, { name: 'First draft' })
  await goToEndOf(page, /./)
  await page.keyboard.type(' And a word that came later.')
  await isSaved(page)
  await page.goto(`${address}/history`)
  await page.getByText('First draft').first().click()
  await page
    .getByRole('region', { name: /Version/ })
    .first()
    .waitFor()
  await visit(ada, 'history')
}

async function reviewing(ada: Someone, grace: Someone, linus: Someone, visit: Visit): Promise<void> {
  const { page } = ada
  await page.goto('/')
  const address = await create(page, 'Payment retries')
  const id = address.split('/').at(-1)
  await goUnder(page, 'Rationale')
  await page.keyboard.type('A failed charge is retried by three services today.')
  await goUnder(page, 'Data Model')
  await page.keyboard.type('Attempts are kept for 30 days.')
  await isSaved(page)
  await button(page, 'Request review').first().click()
  await page.getByRole('dialog', { name: 'Request review' }).waitFor()
  await visit(ada, 'request-review')
  await page.keyboard.press('Escape')
  await closed(page)
  const reviewers = []
  for (const [who, required] of [
    [grace, true],
    [linus, false],
  ] as const) {
    const { id: personId } = await api(who, 'GET', '/me')
    reviewers.push({ personId, required })
  }
  await api(ada, 'PUT', `/documents/${id}/reviewers`, { reviewers })
  await api(ada, 'POST', `/documents/${id}/status`, { to: 'in_review' })
  await page.getByRole('region', { name: 'Review', exact: true }).waitFor()
  await button(page, 'Details').click()
  await visit(ada, 'in-review')

  await grace.page.goto('/')
  await grace.page.getByRole('region', { name: 'Waits on me' }).waitFor()
  await visit(grace, 'home-waits')
  await grace.page.goto('/inbox')
  await grace.page.locator('[data-notice]').first().waitFor()
  await visit(grace, 'inbox')
  await grace.page.goto('/inbox/settings')
  await visit(grace, 'inbox-settings')
  await grace.page.goto(address)
  await button(grace.page, 'Start review').click()
  const strip = grace.page.getByRole('region', { name: 'Your review' })
  await strip.waitFor()
  await visit(grace, 'review-begun')
  await button(grace.page, 'Submit…').click()
  await grace.page.getByRole('dialog').waitFor()
  await visit(grace, 'submit-review')
  await grace.page.keyboard.press('Escape')
  await closed(grace.page)

  await goUnder(page, 'Risks')
  await page.keyboard.type('The queue may grow while nobody looks.')
  await isSaved(page)
  const { mine } = await api<{ mine: { draft: { id: string; version: { id: string } } } }>(
    grace,
    'GET',
    `/documents/${id}/review`,
  )
  await api(grace, 'POST', `/documents/${id}/reviews`, {
    verdict: 'approve',
    draftId: mine.draft.id,
    versionId: mine.draft.version.id,
  })
  await grace.page.goto(`${address}?review=changes`)
  await grace.page.getByRole('region', { name: 'What changed' }).waitFor()
  await visit(grace, 'what-changed')
  await linus.page.goto(address)
  await body(linus.page).waitFor()
  await visit(linus, 'commenter')
}

async function trouble(ada: Someone, linus: Someone, visit: Visit): Promise<void> {
  const { page, context } = ada
  await context.setOffline(true)
  await goUnder(page, 'Non-Goals')
  await page.keyboard.type('Refunds.')
  await button(page, /^Offline/)
    .first()
    .waitFor()
  await visit(ada, 'offline')
  await context.setOffline(false)
  await isSaved(page)
  await linus.page.goto('/d/00000000-0000-4000-8000-000000000000')
  await visit(linus, 'not-found')
  await linus.page.goto('/nowhere')
  await visit(linus, 'no-such-page')
}
