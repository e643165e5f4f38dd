import { expect, type Page } from '@playwright/test'
import { body, create, goUnder, isSaved } from './document'
import { api } from './page-api'
import { fullName, test } from './story'

const bar = (page: Page) => page.getByRole('region', { name: 'Review', exact: true })
const status = (page: Page, name: string) => page.getByRole('button', { name: `Status: ${name}` })

test('a slip in approved text is corrected by who approved it, who looked at the text that was pinned', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Backoff')
  const id = address.split('/').at(-1)
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Nobody know the limit.')
  await isSaved(ada.page)
  const { id: graceId } = await api(grace, 'GET', '/me')
  await api(ada, 'PUT', `/documents/${id}/reviewers`, { reviewers: [{ personId: graceId }] })
  await api(ada, 'POST', `/documents/${id}/status`, { to: 'in_review' })

  // Grace begins; Ada types on; Grace reads what she began with, and then what is there now.
  await grace.page.goto(address)
  await bar(grace.page).getByRole('button', { name: 'Start review' }).click()
  const strip = grace.page.getByRole('region', { name: 'Your review' })
  await expect(strip).toBeVisible()
  await goUnder(ada.page, 'Risks')
  await ada.page.keyboard.type('None.')
  await isSaved(ada.page)
  await expect(body(grace.page)).toContainText('None.')
  await strip.getByRole('button', { name: 'More' }).click()
  await grace.page.getByRole('menuitem', { name: 'Read version 1' }).click()
  const pinned = grace.page.getByRole('region', { name: 'Version 1' })
  await expect(pinned).toContainText('Nobody know the limit.')
  await expect(pinned).not.toContainText('None.')
  await expect(body(grace.page)).toBeHidden()
  await pinned.getByRole('button', { name: 'Back to the text as it is now' }).click()
  await expect(body(grace.page)).toContainText('None.')

  // She approves what she began with: that version is ready, and Ada approves it; what was typed since is proposed.
  const { mine } = await api<{ mine: { draft: { id: string; version: { id: string } } } }>(
    grace,
    'GET',
    `/documents/${id}/review`,
  )
  await api(grace, 'POST', `/documents/${id}/reviews`, {
    verdict: 'approve',
    versionId: mine.draft.version.id,
    draftId: mine.draft.id,
  })
  await expect(bar(ada.page)).toContainText('Version 1 is ready to approve.')
  await bar(ada.page).getByRole('button', { name: 'Approve…' }).click()
  await ada.page.getByRole('dialog').getByRole('button', { name: 'Approve version 1' }).click()
  await expect(ada.page.getByRole('status').filter({ hasText: 'Approved.' })).toContainText('Version 1,')

  // Ada proposes a correction, which she cannot confirm; Grace does, and it stays approved.
  await api(ada, 'POST', `/documents/${id}/threads`, {
    body: 'A slip.',
    quote: 'Nobody know the limit.',
    suggestion: { replacement: 'Nobody knows the limit.' },
  })
  const card = (page: Page) =>
    page.getByRole('region', { name: 'Threads' }).getByRole('article').filter({ hasText: 'A slip.' })
  await card(ada.page).click()
  await expect(card(ada.page)).toContainText('A correction is confirmed by somebody who approved the text.')
  await card(grace.page).click()
  await card(grace.page).getByRole('button', { name: 'Confirm as correction' }).click()
  await expect(body(ada.page)).toContainText('Nobody knows the limit.')
  await expect(status(ada.page, 'Approved')).toBeVisible()
})

test('people say that they are away and who stands in for them, and owners say who the authors are', async ({
  enter,
}) => {
  const ada = await enter('ada')
  const margaret = await enter('margaret')
  await enter('edsger')
  await margaret.page.goto('/inbox/settings')
  await margaret.page.getByRole('button', { name: 'I am away…' }).click()
  const dialog = margaret.page.getByRole('dialog', { name: 'While I am away' })
  await dialog.getByRole('combobox', { name: 'Who stands in for me' }).fill('Edsger')
  await margaret.page.getByRole('option', { name: fullName('edsger') }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  const away = margaret.page.getByRole('region', { name: 'While I am away' })
  await expect(away).toContainText(`${fullName('edsger')} is asked to review in your place.`)
  await margaret.page.reload()
  await expect(away).toContainText('You are away.')

  const address = await create(ada.page, 'Who stands in')
  const { id: margaretId } = await api(margaret, 'GET', '/me')
  const id = address.split('/').at(-1)
  await api(ada, 'PUT', `/documents/${id}/reviewers`, { reviewers: [{ personId: margaretId }] })
  await api(ada, 'POST', `/documents/${id}/status`, { to: 'in_review' })
  await expect(bar(ada.page)).toContainText('Waiting for Edsger.')

  await away.getByRole('button', { name: 'I am back' }).click()
  await expect(away.getByRole('button', { name: 'I am away…' })).toBeVisible()

  await ada.page.getByRole('button', { name: /Say who the authors are/ }).click()
  const authors = ada.page.getByRole('dialog', { name: 'Authors' })
  await authors.getByRole('combobox', { name: 'Add people by name' }).fill('Marg')
  await ada.page.getByRole('option', { name: fullName('margaret') }).click()
  await authors.getByRole('button', { name: 'Save' }).click()
  await expect(ada.page.getByRole('button', { name: /Say who the authors are/ })).toContainText(
    `${fullName('ada')}. Authors with them: , ${fullName('margaret')}`,
  )
})
