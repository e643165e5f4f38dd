import { expect, type Page } from '@playwright/test'
import {
  body,
  count,
  create,
  exported,
  goToEndOf,
  goUnder,
  isSaved,
  mayWrite,
  outline,
  share,
} from './document'
import { fullName, test } from './story'

/** Everything that this page says to the server, and hears, takes so long each way. */
async function slow(page: Page, delayMs: number): Promise<void> {
  await page.routeWebSocket(/\/collab\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => setTimeout(() => server.send(message), delayMs))
    server.onMessage((message) => setTimeout(() => socket.send(message), delayMs))
  })
}

const tokens = (name: string, from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, n) => `${name}${from + n}.`)

test('a section is moved while two type in it and beside it: it is asked first, and each word stands once', async ({
  enter,
  server,
}) => {
  const [ada, grace, linus] = [await enter('ada'), await enter('grace'), await enter('linus')]
  const address = await create(ada.page, 'Moved beside others')
  for (const name of ['grace', 'linus'] as const) await share(ada.page, fullName(name))
  for (const { page } of [grace, linus]) {
    await slow(page, 300)
    await page.goto(address)
    await mayWrite(page)
  }
  // Whoever rests in a section is told, politely, of who writes in it.
  await goUnder(ada.page, 'Rationale')
  await goUnder(grace.page, 'Rationale')
  await grace.page.keyboard.type('Retries are lost. ')
  await expect(ada.page.locator('[data-change-news]')).toHaveText(
    /^Grace Hopper is writing in (1\.1 )?Rationale\.$/,
  )
  await goUnder(linus.page, 'Background')
  await linus.page.keyboard.type('It grew in 2021. ')
  await expect(body(ada.page)).toContainText('It grew in 2021.')
  const rows = outline(ada.page)
  await expect(rows.getByRole('button', { name: /Rationale.*Grace Hopper writes here/ })).toBeVisible()

  const row = rows.getByRole('button', { name: /^1\.1 ?Rationale/ })
  await row.focus()
  await ada.page.keyboard.press('Alt+ArrowDown')
  const question = ada.page.getByRole('dialog', {
    name: 'Grace Hopper is writing in this section. Move it anyway?',
  })
  await question.getByRole('button', { name: 'Leave it' }).click()
  await expect(question).toHaveCount(0)
  await expect(body(ada.page).locator('h2, h3').first()).toContainText('Rationale')

  await row.focus()
  await ada.page.keyboard.press('Alt+ArrowDown')
  const typing = [
    grace.page.keyboard.type(tokens('g', 0, 40).join(' '), { delay: 30 }),
    linus.page.keyboard.type(tokens('l', 0, 40).join(' '), { delay: 30 }),
  ]
  await question.getByRole('button', { name: 'Move it' }).click()
  await Promise.all(typing)
  await expect(body(ada.page)).toContainText('g39.')
  await expect(body(ada.page)).toContainText('l39.')
  for (const { page } of [grace, linus, ada]) await isSaved(page)

  const text = await exported(server, ada.page)
  expect(text.indexOf('Background')).toBeLessThan(text.indexOf('Rationale'))
  expect(text).toContain(`Retries are lost. ${tokens('g', 0, 40).join(' ')}`)
  expect(text).toContain(`It grew in 2021. ${tokens('l', 0, 40).join(' ')}`)
  for (const token of [...tokens('g', 0, 40), ...tokens('l', 0, 40)]) {
    expect(count(` ${text}`, ` ${token}`), token).toBe(1)
  }
  const id = address.split('/').at(-1)
  const versions = await ada.page.request.get(`/api/v1/documents/${id}/versions`)
  expect((await versions.json()).items.length).toBeGreaterThan(0)

  // Who moved it takes it back, with what the others wrote.
  await body(ada.page).focus()
  await ada.page.keyboard.press('Control+z')
  await expect
    .poll(async () => {
      const now = await exported(server, ada.page)
      return (
        now.indexOf('Rationale') < now.indexOf('Background') && now.includes(tokens('g', 0, 40).join(' '))
      )
    })
    .toBe(true)
})

/** The first block of the body with these words: how far from the window's top, in CSS px. */
const topOf = (page: Page, words: string): Promise<number> =>
  body(page)
    .locator('p')
    .filter({ hasText: words })
    .first()
    .evaluate((element) => element.getBoundingClientRect().top)

test('beside somebody: their view is followed, they are told of, nothing jumps, and a composition goes on', async ({
  enter,
  server,
}) => {
  const [ada, grace] = [await enter('ada'), await enter('grace')]
  const address = await create(ada.page, 'Written beside', /Blank/)
  await share(ada.page, fullName('grace'))
  await body(ada.page).click()
  await ada.page.keyboard.type('Start of it.')
  for (let n = 0; n < 60; n += 1) {
    await ada.page.keyboard.press('Enter')
    await ada.page.keyboard.type(`Line ${n}.`)
  }
  await grace.page.goto(address)
  await mayWrite(grace.page)

  // Follow: to where she is, and on with her.
  await goToEndOf(grace.page, 'Line 50.')
  await ada.page.evaluate(() => scrollTo(0, 0))
  await ada.page.getByRole('button', { name: /^Go to Grace Hopper/ }).click()
  await ada.page.getByRole('button', { name: 'Follow Grace Hopper' }).click()
  await expect(ada.page.getByText('Following Grace Hopper')).toBeVisible()
  const caret = body(ada.page).getByRole('img', { name: 'Caret of Grace Hopper' })
  await expect(caret).toBeInViewport()
  await goToEndOf(grace.page, 'Line 3.')
  await expect(caret).toBeInViewport()
  await ada.page.keyboard.press('Escape')
  await expect(ada.page.getByText('Following Grace Hopper')).toHaveCount(0)

  // What is read stays where it is while she writes above: without a caret there, and with one.
  for (const withCaret of [false, true]) {
    if (withCaret) await goToEndOf(ada.page, 'Line 40.')
    else {
      await ada.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      await body(ada.page)
        .locator('p')
        .filter({ hasText: 'Line 40.' })
        .evaluate((element) => element.scrollIntoView({ block: 'center' }))
    }
    const before = await topOf(ada.page, 'Line 40.')
    const mark = withCaret ? 'with' : 'without'
    for (let n = 0; n < 8; n += 1) {
      await grace.page.keyboard.press('Enter')
      await grace.page.keyboard.type(`Above ${mark} ${n}.`)
    }
    await expect(body(ada.page)).toContainText(`Above ${mark} 7.`)
    expect(Math.abs((await topOf(ada.page, 'Line 40.')) - before), mark).toBeLessThanOrEqual(1)
  }

  // She writes where Ada composes: both stand there, once.
  await goToEndOf(grace.page, 'Line 40.')
  const session = await ada.context.newCDPSession(ada.page)
  const compose = (text: string) =>
    session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await compose('に')
  await compose('にほ')
  await grace.page.keyboard.type(' Grace was here.')
  await isSaved(grace.page)
  await compose('にほん')
  await session.send('Input.insertText', { text: '日本' })
  await ada.page.keyboard.type(' And on.')
  await expect(body(ada.page)).toContainText('Grace was here.')
  await isSaved(ada.page)
  const text = await exported(server, ada.page)
  for (const words of ['日本', 'Grace was here.', 'And on.', 'Line 40.'])
    expect(count(text, words), words).toBe(1)
  expect(text).not.toContain('に')

  // Right-to-left lines run the way they are written, in lists too.
  await goToEndOf(ada.page, 'Start of it.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('שלום עולם and English')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('- مرحبا')
  const item = body(ada.page).locator('li').filter({ hasText: 'مرحبا' })
  await expect(item).toHaveCSS('direction', 'rtl')
  await expect(body(ada.page).locator('p').filter({ hasText: 'שלום' })).toHaveCSS('unicode-bidi', 'plaintext')
})
