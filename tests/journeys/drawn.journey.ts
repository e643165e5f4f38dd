import { expect, type Page } from '@playwright/test'
import { body, create, isSaved, mayWrite, share } from './document'
import { type Someone, test } from './story'

/** How many words of each kind are coloured. */
const coloured = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => Object.fromEntries([...CSS.highlights].map(([name, { size }]) => [name, size])))

async function begin({ page }: Someone, title: string): Promise<string> {
  const address = await create(page, title)
  await body(page).click()
  await page.keyboard.press('Control+End')
  return address
}

/** Every request of every frame, but those to ourselves. */
function strangers({ context, page }: Someone): string[] {
  const asked: string[] = []
  const own = new URL(page.url()).origin
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== own) asked.push(request.url())
  })
  return asked
}

test('code is coloured beside its text, indented and left by keyboard, and copied by whoever reads it', async ({
  enter,
}) => {
  const ada = await enter('ada')
  const address = await begin(ada, 'Retries')
  const { page } = ada
  await page.keyboard.type('```go ')
  await page.keyboard.type('func f() {\n', { delay: 5 })
  await page.keyboard.press('Tab')
  await page.keyboard.type('return "a" // why\n')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type('}')
  const code = body(page).locator('pre code')
  await expect(code).toHaveText('func f() {\n  return "a" // why\n}')
  await expect
    .poll(() => coloured(page))
    .toMatchObject({ 'code-keyword': 2, 'code-name': 1, 'code-string': 1, 'code-comment': 1 })
  expect(
    await code.evaluate((element) => element.querySelector('span')),
    'nothing is put into the text',
  ).toBeNull()

  await page.keyboard.insertText('\u202e')
  await expect(code.locator('[data-name="RLO"]')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(code.locator('[data-name]')).toHaveCount(0)

  await page.keyboard.press('Escape')
  await page.keyboard.type('Behind it.')
  await expect(body(page).locator('p', { hasText: 'Behind it.' })).toBeVisible()
  await isSaved(page)

  const grace = await enter('grace')
  await share(page, 'Grace Hopper', 'Viewer')
  await grace.page.goto(address)
  await grace.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // Only what is seen has colours.
  await grace.page.locator('pre code').scrollIntoViewIfNeeded()
  await expect.poll(() => coloured(grace.page)).toMatchObject({ 'code-keyword': 2 })
  await grace.page.getByRole('button', { name: 'Copy this code' }).focus()
  await grace.page.keyboard.press('Enter')
  await expect(grace.page.getByText('Copied.')).toBeVisible()
  expect(await grace.page.evaluate(() => navigator.clipboard.readText())).toBe(
    'func f() {\n  return "a" // why\n}',
  )
})

test('a diagram is drawn by keyboard alone, says what is wrong with it, and keeps what it showed', async ({
  enter,
}) => {
  const ada = await enter('ada')
  await begin(ada, 'Storage')
  const { page } = ada
  await page.keyboard.type('/diag')
  await page.getByRole('option', { name: 'Diagram' }).waitFor()
  await page.keyboard.press('Enter')
  const block = body(page).locator('.code-block')
  const picture = block.getByRole('img', { name: 'Diagram: flowchart LR' })
  await expect(picture).toBeVisible()
  await expect(block.locator('pre')).toHaveCSS('opacity', '1')

  const first = await picture.getAttribute('src')
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nstore --> [')
  await expect(block.getByRole('status')).toHaveText(/^Line \d: This cannot be read: /)
  expect(await picture.getAttribute('src'), 'the last good one stays').toBe(first)
  await page.keyboard.press('Backspace')
  await page.keyboard.type('cache')
  await expect(block.getByRole('status')).toHaveText('')
  await expect(picture).not.toHaveAttribute('src', first ?? '')

  await page.keyboard.press('Escape')
  await page.keyboard.type('Behind it.')
  await expect(block.locator('pre')).toHaveCSS('opacity', '0')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowUp')
  await expect(block.locator('pre')).toHaveCSS('opacity', '1')
})

test('a diagram without an end, and a frame in strange hands, keep nobody from writing and reach nothing', async ({
  enter,
}) => {
  const ada = await enter('ada')
  const { page } = ada
  await begin(ada, 'Hostile')
  const asked = strangers(ada)
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  // What draws is another program: it tries to get out, and never ends what it was asked for.
  await page.route('**/diagram/frame-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
      body: `
        const attempt = async (name, run) => {
          try { console.log(name, 'went through', await run()) } catch (error) { console.log(name, 'was refused') }
        }
        addEventListener('message', async ({ ports: [port] }) => {
          await attempt('fetch', () => fetch('/api/v1/me'))
          await attempt('another origin', () => fetch('https://example.com/'))
          await attempt('page', () => parent.document.title)
          await attempt('storage', () => localStorage.length)
          await attempt('cookie', () => document.cookie)
          await attempt('top', () => { top.location = 'https://example.com/top' })
          await attempt('window', () => { if (!open('https://example.com/window')) throw 0 })
          port.onmessage = () => { console.log('begun'); for (;;); }
          port.postMessage({ kind: 'ready' })
        })`,
    }),
  )
  await page.keyboard.type('/diag')
  await page.getByRole('option', { name: 'Diagram' }).waitFor()
  await page.keyboard.press('Enter')
  await expect.poll(() => said, { timeout: 30_000 }).toContain('begun')
  const block = body(page).locator('.code-block')
  await page.keyboard.press('Escape')
  await page.keyboard.type('Writing')
  await expect(body(page).locator('p', { hasText: 'Writing' })).toBeVisible()
  await expect(block.getByRole('status')).toHaveText(
    'This diagram was given up after 3 seconds. Make it smaller.',
  )
  await expect(page.locator('iframe')).toHaveCount(0)
  for (const name of ['fetch', 'another origin', 'page', 'storage', 'cookie', 'top', 'window']) {
    expect(said, name).toContain(`${name} was refused`)
  }
  // The browser tells of each refusal, which is what was wanted.
  ;(ada.wrong as string[]).splice(0)

  // What is drawn with from now on is our own, in a frame of its own; what is drawn is hostile.
  await page.unroute('**/diagram/frame-*.js')
  await page.keyboard.press('Enter')
  await page.keyboard.type('```mermaid ')
  await page.keyboard.insertText(
    [
      '%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "*{background:url(https://example.com/css)}"}}%%',
      'flowchart LR',
      '  a["<img src=https://example.com/a.png onerror=alert(1)>"] --> b["<script>alert(2)</script>"]',
      '  click a href "javascript:alert(3)"',
      '  click b call alert(4)',
    ].join('\n'),
  )
  await expect(block.nth(1).getByRole('img')).toBeVisible()
  expect(dialogs).toEqual([])
  expect(asked).toEqual([])
})

test('a formula is drawn where it is typed, and opened and left by arrows', async ({ enter }) => {
  const ada = await enter('ada')
  await begin(ada, 'Odds')
  const { page } = ada
  await page.keyboard.type('It costs $5 and $6, so $x^2$ holds.')
  const formula = body(page).locator('.formula')
  const source = formula.locator('.formula-source')
  await expect(formula).toHaveCount(1)
  await expect(formula.locator('math')).toBeVisible()
  await expect(source).toHaveText('x^2')
  await expect(body(page)).toContainText('holds.')

  for (let step = 0; step < ' holds.'.length + 1; step += 1) await page.keyboard.press('ArrowLeft')
  await expect(formula.locator('math')).toBeHidden()
  await page.keyboard.type('+y')
  await expect(source).toHaveText('x^2+y')
  await page.keyboard.press('ArrowRight')
  await expect(formula.locator('math')).toBeVisible()
  await page.keyboard.type(' always')
  await expect(source).toHaveText('x^2+y')

  await page.keyboard.press('End')
  await page.keyboard.type(' And $\\frac{a$.')
  await expect(formula).toHaveCount(2)
  await expect(source.nth(1)).toHaveAttribute('title', /Unexpected end of input/)
  await expect(source.nth(1), 'stays to be read').toBeVisible()

  await page.keyboard.press('Enter')
  await page.keyboard.type('$$')
  await page.keyboard.press('Enter')
  await page.keyboard.type('\\sum_i i')
  await expect(body(page).locator('.code-block math')).toBeVisible()
  await isSaved(page)
  await page.reload()
  await mayWrite(page)
  // What nobody is near is not drawn.
  await body(page).locator('.code-block').scrollIntoViewIfNeeded()
  await expect(body(page).locator('math')).toHaveCount(2)
})

test('what nobody has come near is drawn before it is printed', async ({ enter, server }) => {
  const { page } = await enter('ada')
  const made = await page.request.post(`${server.origin}/api/v1/documents/import`, {
    headers: { 'content-type': 'text/markdown', origin: server.origin },
    data: `${'Words.\n\n'.repeat(250)}\`\`\`mermaid\nflowchart LR\n  a --> b\n\`\`\`\n\nSo $x^2$ is, and\n\n$$\ny\n$$\n`,
  })
  const { document } = await made.json()
  await page.addInitScript(() => {
    window.print = () => {
      const drawn = ['.code-picture img', '.code-picture math', '.formula-drawn math']
      const counts = drawn.map((what) => window.document.querySelectorAll(`.tiptap ${what}`).length)
      window.document.title = `printed ${counts.join(' ')}`
    }
  })
  await page.goto(`/d/${document.id}`)
  await mayWrite(page)
  await expect(body(page).locator('.code-block')).toHaveCount(2)
  await expect(body(page).locator('.code-picture > *')).toHaveCount(0)
  await page.keyboard.press('ControlOrMeta+p')
  await expect(page).toHaveTitle('printed 1 1 1')
})
