import { expect, type Page } from '@playwright/test'
import { body, create, goToEndOf, goUnder, isSaved, mayWrite, sectionMenu, share } from './document'
import { selectWords } from './selection'
import { fullName, test } from './story'

const cards = (page: Page) => page.getByRole('region', { name: 'Threads' })
const card = (page: Page, words: string | RegExp) =>
  cards(page).getByRole('article').filter({ hasText: words })
const marked = (page: Page) => body(page).locator('.thread-words')

async function comment(page: Page, text: string, options: { must?: boolean } = {}): Promise<void> {
  await page.getByRole('textbox', { name: 'Comment', exact: true }).fill(text)
  if (options.must) await page.getByLabel('Must be resolved').check()
  await page.getByRole('textbox', { name: 'Comment', exact: true }).press('Control+Enter')
  await expect(page.getByRole('textbox', { name: 'Comment', exact: true })).toHaveCount(0)
}

test('a commenter asks on words and on a section, the words go and come back, access ends while they type', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const linus = await enter('linus')
  const address = await create(ada.page, 'Talked about')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries are sent at least once, and cost money.')
  await isSaved(ada.page)
  await share(ada.page, fullName('grace'))
  await share(ada.page, fullName('linus'), 'Commenter')
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await linus.page.goto(address)

  // Linus has a caret, and can change nothing.
  await expect(body(linus.page)).toHaveAttribute('aria-readonly', 'true')
  await body(linus.page).getByText('at least once').click()
  await linus.page.keyboard.type('NOT-TO-BE')
  await linus.page.keyboard.press('Enter')
  await linus.page.keyboard.press('Backspace')
  // What he types would be a suggestion; he thinks better of it.
  const suggestion = linus.page.getByRole('textbox', { name: 'Your suggestion for this block' })
  await expect(suggestion).toContainText('NOT-TO-BE')
  await linus.page.keyboard.press('Escape')
  await expect(suggestion).toHaveCount(0)
  await expect(body(linus.page)).not.toContainText('NOT-TO-BE')
  await expect(body(linus.page)).toContainText('Retries are sent at least once, and cost money.')

  // By the keyboard alone: to the end of the line, back over two words, and the shortcut.
  await linus.page.keyboard.press('End')
  for (let n = 0; n < 'cost money.'.length; n += 1) await linus.page.keyboard.press('Shift+ArrowLeft')
  await linus.page.keyboard.press('Control+Alt+m')
  await comment(linus.page, '? How much does it cost', { must: true })
  await expect(card(linus.page, 'How much does it cost')).toContainText('Concern')
  await expect(marked(ada.page)).toHaveText('cost money.')
  await expect(marked(grace.page)).toHaveText('cost money.')

  // On a section, from its heading.
  await body(linus.page).getByRole('heading', { name: 'Data Model' }).hover()
  const chips = body(linus.page).locator('.section-chips', { has: linus.page.locator('+ .section-heading') })
  await expect(chips.first()).toBeAttached()
  await sectionMenu(linus.page, '2.2 Data Model', 'Comment on the section')
  await comment(linus.page, 'Which database?')
  await expect(card(ada.page, 'Which database?')).toContainText('Data Model')

  // Ada answers.
  await card(ada.page, 'How much does it cost').click()
  await ada.page.getByRole('button', { name: 'Reply' }).click()
  await ada.page.getByRole('textbox', { name: 'Reply' }).fill('About 2 cents each.')
  await ada.page.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
  await expect(card(linus.page, 'About 2 cents each.')).toBeVisible()

  // Grace deletes the paragraph: the thread is kept. She undoes: it is back at its words.
  await goToEndOf(grace.page, 'cost money.')
  await grace.page.keyboard.press('Shift+Home')
  await grace.page.keyboard.press('Backspace')
  await expect(marked(linus.page)).toHaveCount(0)
  await expect(cards(linus.page)).toContainText('1 detached')
  await grace.page.keyboard.press('Control+z')
  await expect(marked(grace.page)).toHaveText('cost money.')
  await expect(marked(linus.page)).toHaveText('cost money.')
  await expect(cards(linus.page)).not.toContainText('detached')

  // A link opens at the thread, also for somebody who has to sign in first.
  const { id } = (
    await (
      await ada.page.request.get(`${server.origin}/api/v1${address.replace('/d/', '/documents/')}/threads`)
    ).json()
  ).items[0]
  const context = await linus.context.browser()?.newContext({ baseURL: server.origin })
  if (!context) throw new Error('no browser')
  const elsewhere = await context.newPage()
  await elsewhere.goto(`${address}?thread=${id}`)
  await elsewhere.getByRole('button', { name: 'Sign in as Grace Hopper' }).click()
  await expect(elsewhere.locator(`[data-thread-card="${id}"]`)).toContainText('About 2 cents each.')
  await expect(elsewhere.locator('.thread-words.is-active')).toBeInViewport()
  await context.close()

  // Access ends while Linus types: his words stay his.
  await card(linus.page, 'Which database?').click()
  await linus.page.getByRole('button', { name: 'Reply' }).click()
  await linus.page.getByRole('textbox', { name: 'Reply' }).fill('I was about to say something.')
  await ada.page.getByRole('button', { name: 'Share' }).click()
  await ada.page.getByRole('button', { name: 'Remove Linus Torvalds' }).click()
  await expect(
    linus.page.getByRole('heading', { name: 'You no longer have access to this document' }),
  ).toBeVisible()
  await expect(linus.page.getByText('Your comment was not sent.')).toBeVisible()
  await expect(linus.page.getByText('I was about to say something.')).toBeVisible()
  await expect(linus.page.getByText('cost money.')).toHaveCount(0)
})

test('threads are walked, answered and resolved with the keyboard alone', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'By keyboard')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('One two three four.')
  for (const words of ['One', 'three']) {
    await selectWords(ada.page, words)
    await ada.page.keyboard.press('Control+Alt+m')
    await comment(ada.page, `About ${words}`)
  }
  await ada.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await ada.page.keyboard.press('Escape')
  await ada.page.keyboard.press('j')
  await expect(card(ada.page, 'About One')).toBeFocused()
  await ada.page.keyboard.press('j')
  await expect(card(ada.page, 'About three')).toBeFocused()
  await ada.page.keyboard.press('r')
  await ada.page.keyboard.type('Yes.')
  await ada.page.keyboard.press('Control+Enter')
  await expect(card(ada.page, 'Yes.')).toBeVisible()
  await expect(card(ada.page, 'About three')).toBeFocused()
  await ada.page.keyboard.press('e')
  await expect(card(ada.page, 'About three')).toHaveCount(0)
  await expect(cards(ada.page)).toBeFocused()
  await expect(marked(ada.page)).toHaveText('One')
  await ada.page.getByRole('button', { name: 'Undo' }).click()
  await expect(card(ada.page, 'About three')).toBeVisible()

  // Past the bar and the outline with one key.
  await ada.page.reload()
  await mayWrite(ada.page)
  await ada.page.keyboard.press('Tab')
  await ada.page.keyboard.press('Enter')
  await expect(body(ada.page)).toBeFocused()
})

test('commented words and their card are seen together: laptop, phone, twice the size', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'Seen together')
  await goUnder(ada.page, 'Alternatives')
  await ada.page.keyboard.type('Overlapping words in the last section.')
  for (const words of ['Overlapping words', 'words in the']) {
    await selectWords(ada.page, words)
    await ada.page.keyboard.press('Control+Alt+m')
    await comment(ada.page, `On ${words}`)
  }
  for (const [width, height] of [
    [1280, 800],
    [640, 400],
    [390, 780],
  ] as const) {
    await ada.page.setViewportSize({ width, height })
    // Where it was narrow from the beginning, nothing of the wide page helps.
    await ada.page.reload()
    await mayWrite(ada.page)
    await ada.page.evaluate(() => window.scrollTo(0, 0))
    for (const words of ['Overlapping words', 'words in the']) {
      if (width < 1244 && (await cards(ada.page).count()) === 0)
        await ada.page.getByRole('button', { name: /^Threads, / }).click()
      await expect(cards(ada.page)).toBeVisible()
      if (width < 1244 && (await card(ada.page, `On ${words}`).count()) === 0) {
        await ada.page.getByRole('button', { name: 'Close threads' }).click()
        await ada.page.getByRole('button', { name: /^Threads, / }).click()
      }
      await card(ada.page, `On ${words}`).click()
      await expect(card(ada.page, `On ${words}`)).toBeInViewport()
      const active = body(ada.page).locator('.thread-words.is-active').first()
      await expect(active).toBeInViewport({ ratio: 1 })
      await expect(async () => {
        const [text, talk] = [await active.boundingBox(), await cards(ada.page).boundingBox()]
        if (width < 1244) expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual(talk?.y ?? 0)
      }).toPass()
    }
  }
})

test('an answer that is being typed outlives what others do to its thread', async ({ enter }) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const linus = await enter('linus')
  const address = await create(ada.page, 'Answered')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Retries are sent at least once.')
  await isSaved(ada.page)
  await share(ada.page, fullName('linus'), 'Commenter')
  await selectWords(ada.page, 'at least once')
  await ada.page.keyboard.press('Control+Alt+m')
  await comment(ada.page, '? Is that so')
  await linus.page.goto(address)
  const answer = linus.page.getByRole('textbox', { name: 'Reply' })
  await card(linus.page, 'Is that so').click()
  await linus.page.getByRole('button', { name: 'Reply' }).click()
  await answer.pressSequentially('It is, ')

  // Ada resolves it: his field stays, with his words and the focus, until he has sent them.
  await card(ada.page, 'Is that so').click()
  await ada.page.getByRole('button', { name: 'Resolve', exact: true }).click()
  await expect(card(ada.page, 'Is that so')).toHaveCount(0)
  await expect(linus.page.getByRole('button', { name: 'Reopen' })).toBeVisible()
  await expect(answer).toBeFocused()
  await linus.page.keyboard.type('since May.')
  await expect(answer).toHaveValue('It is, since May.')

  // While it is under way nothing can be typed that would go with it.
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await linus.page.route('**/threads/*/comments', async (route) => {
    await held
    await route.continue()
  })
  await linus.page.keyboard.press('Control+Enter')
  await expect(answer).toHaveAttribute('readonly', '')
  letGo()
  await expect(answer).toHaveCount(0)
  await expect(card(linus.page, 'Is that so')).toHaveCount(0)

  // Ada removes a thread of hers under his hands: he is told, and has his words.
  await ada.page.getByRole('button', { name: 'Comment on the document' }).click()
  await comment(ada.page, 'On all of it')
  await card(linus.page, 'On all of it').click()
  await linus.page.getByRole('button', { name: 'Reply' }).click()
  await answer.fill('All of it is fine.')
  await card(ada.page, 'On all of it')
    .getByRole('button', { name: /^More about/ })
    .click()
  await ada.page.getByRole('menuitem', { name: 'Delete' }).click()
  await card(ada.page, 'On all of it').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(linus.page.getByText('Your comment was not sent.')).toBeVisible()
  await expect(linus.page.getByText('All of it is fine.')).toBeVisible()
  await linus.page.reload()
  await expect(linus.page.getByText('All of it is fine.')).toBeVisible()
  await linus.page.getByRole('button', { name: 'Throw away' }).click()
  await expect(linus.page.getByText('All of it is fine.')).toHaveCount(0)
})

test('words in a cell are seen with their card; a comment keeps its words and its quote while that sentence is rewritten', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const ada = await enter('ada')
  const linus = await enter('linus')
  const headers = { authorization: `Bearer ${await server.token('ada', 'admin')}` }
  const api = `${server.origin}/api/v1/documents`
  const text = '# Plan\n\nThe first sentence is here.\n\n| a | b |\n| - | - |\n| one cell | another cell |\n'
  const made = await fetch(`${api}/import`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/markdown' },
    body: text,
  })
  const { id } = (await made.json()).document
  await ada.page.goto(`/d/${id}`)
  await mayWrite(ada.page)
  await share(ada.page, fullName('linus'), 'Commenter')
  await linus.page.goto(`/d/${id}`)

  // Ada rewrites the sentence that Linus is commenting on.
  await expect(body(linus.page)).toContainText('The first sentence is here.')
  await selectWords(linus.page, 'sentence is here')
  await linus.page.keyboard.press('Control+Alt+m')
  const draft = linus.page.getByRole('textbox', { name: 'Comment', exact: true })
  await draft.fill('Which one')
  await selectWords(ada.page, 'The first sentence is here.')
  await ada.page.keyboard.type('Nothing of it is left.')
  await expect(body(linus.page)).toContainText('Nothing of it is left.')
  await expect(draft).toHaveValue('Which one')
  await expect(cards(linus.page).getByRole('blockquote')).toHaveText('sentence is here')
  await draft.press('Control+Enter')
  await expect(draft).toHaveCount(0)
  await expect(cards(linus.page)).toContainText('1 detached')
  const { items } = await (await fetch(`${api}/${id}/threads`, { headers })).json()
  expect(items).toMatchObject([{ quote: 'sentence is here', detached: true }])

  for (const [width, height] of [
    [1280, 800],
    [390, 780],
  ] as const) {
    await linus.page.setViewportSize({ width, height })
    await selectWords(linus.page, width === 1280 ? 'another cell' : 'one cell')
    if (width === 1280) await linus.page.keyboard.press('Control+Alt+m')
    else await linus.page.getByRole('button', { name: 'Comment', exact: true }).first().click()
    await comment(linus.page, `In a cell, at ${width}`)
    await expect(card(linus.page, `In a cell, at ${width}`)).toBeInViewport()
    await expect(marked(linus.page).and(linus.page.locator('.is-active'))).toBeInViewport({ ratio: 1 })
  }

  // From commenter to viewer while he types: he reads on, and has his words.
  await linus.page.getByRole('button', { name: 'Reply' }).click()
  await linus.page.getByRole('textbox', { name: 'Reply' }).fill('I was about to say something.')
  const members = await (await fetch(`${api}/${id}/members`, { headers })).json()
  const him = members.items.find((member: { role: string }) => member.role === 'commenter').person.id
  const lowered = await fetch(`${api}/${id}/members/${him}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'viewer' }),
  })
  expect(lowered.status).toBe(200)
  await expect(linus.page.getByText('Your comment was not sent.')).toBeVisible()
  await expect(linus.page.getByText('I was about to say something.')).toBeVisible()
  await expect(linus.page.getByText('Nothing of it is left.')).toBeVisible()
})

test('a click after a comment selects what was clicked, not the commented words again', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'Clicked elsewhere')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Payments are retried.')
  await goUnder(ada.page, 'Background')
  await ada.page.keyboard.type('Queues.')
  await selectWords(ada.page, 'Payments')
  await ada.page.keyboard.press('Control+Alt+m')
  await comment(ada.page, 'All of them?')
  await expect(card(ada.page, 'All of them?')).toBeFocused()
  await goToEndOf(ada.page, 'Queues.')
  await ada.page.keyboard.type(' Crons.')
  await expect(body(ada.page)).toContainText('Queues. Crons.')
  await expect(body(ada.page)).toContainText('Payments are retried.')

  // Whoever changes their mind is back at the words they had selected.
  await selectWords(ada.page, 'retried')
  await ada.page.keyboard.press('Control+Alt+m')
  await ada.page.getByRole('textbox', { name: 'Comment', exact: true }).press('Escape')
  await expect(body(ada.page)).toBeFocused()
  await ada.page.keyboard.type('sent again')
  await expect(body(ada.page)).toContainText('Payments are sent again.')
})

test('with the threads of one section shown, a thread elsewhere opens and one begun elsewhere is seen', async ({
  enter,
}) => {
  const ada = await enter('ada')
  await create(ada.page, 'Looked at by section')
  for (const [section, words] of [
    ['Rationale', 'Payments are retried.'],
    ['Background', 'Queues and crons.'],
  ] as const) {
    await goUnder(ada.page, section)
    await ada.page.keyboard.type(words)
    await selectWords(ada.page, words)
    await ada.page.keyboard.press('Control+Alt+m')
    await comment(ada.page, `About ${section}`)
  }
  const only = (section: string) => sectionMenu(ada.page, section, 'Show its threads')
  await only('1.1 Rationale')
  await expect(card(ada.page, 'About Background')).toHaveCount(0)
  await marked(ada.page).filter({ hasText: 'Queues' }).click()
  await expect(card(ada.page, 'About Background')).toBeVisible()

  await only('1.1 Rationale')
  await selectWords(ada.page, 'crons')
  await ada.page.keyboard.press('Control+Alt+m')
  // The box has the keys of the field beside it.
  await ada.page.getByRole('textbox', { name: 'Comment', exact: true }).fill('Which ones?')
  await ada.page.getByLabel('Must be resolved').check()
  await ada.page.getByLabel('Must be resolved').press('Control+Enter')
  await expect(card(ada.page, 'Which ones?')).toBeFocused()
  await expect(card(ada.page, 'About Rationale')).toBeVisible()
})
