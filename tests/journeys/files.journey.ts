import { expect, type Page, type Request } from '@playwright/test'
import { picture } from '../api/attachment-story'
import { pasteHeld } from './clipboard'
import { body, create, goToEndOf, goUnder, isSaved, mayWrite, share } from './document'
import { fullName, test } from './story'

interface GivenFile {
  name: string
  type: string
  bytes: Buffer
}

const image = (page: Page) => body(page).locator('.image')
const anyBody = (page: Page) => page.locator('.tiptap.body')

/** As the browser does it for a file on the clipboard, or one that is let go over the text. */
function give(page: Page, how: 'paste' | 'drop', files: readonly GivenFile[], above?: string) {
  const packed = files.map(({ bytes, ...file }) => ({ ...file, base64: bytes.toString('base64') }))
  return body(page).evaluate(
    (element, { how, files, above }) => {
      const data = new DataTransfer()
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
      }
      if (how === 'paste') {
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
        return
      }
      const target = [...element.querySelectorAll('p')].find((line) => line.textContent === above) ?? element
      const { left, top } = target.getBoundingClientRect()
      const at = { clientX: left + 30, clientY: top + 2, dataTransfer: data, bubbles: true, cancelable: true }
      target.dispatchEvent(new DragEvent('dragover', at))
      target.dispatchEvent(new DragEvent('drop', at))
    },
    { how, files: packed, above },
  )
}

const png = (width: number, height: number, name = 'flow.png'): GivenFile => ({
  name,
  type: 'image/png',
  bytes: picture({ width, height }),
})

test('a picture is pasted while a colleague types above it, described, made smaller, and seen by everybody', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const [ada, grace, edsger] = [await enter('ada'), await enter('grace'), await enter('edsger')]
  const address = await create(ada.page, 'Retries drawn')
  await share(ada.page, fullName('grace'))
  await share(ada.page, fullName('edsger'), 'Viewer')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Above.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('As drawn:')
  await isSaved(ada.page)
  await grace.page.goto(address)
  await mayWrite(grace.page)

  // It waits for the server while both type on: only Ada sees that it does.
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await ada.page.route('**/attachments?name=*', async (route) => {
    await held
    await route.continue()
  })
  await give(ada.page, 'paste', [png(900, 300)])
  await expect(ada.page.getByRole('progressbar', { name: /flow\.png/ })).toBeVisible()
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('Below.')
  await goToEndOf(grace.page, 'Above.')
  await grace.page.keyboard.press('Enter')
  await grace.page.keyboard.type('Between.')
  await expect(body(ada.page)).toContainText('Between.')
  await expect(body(grace.page)).toContainText('Below.')
  await expect(body(grace.page).locator('figure, img:not(.ProseMirror-separator)')).toHaveCount(0)
  letGo()
  await expect(image(ada.page).locator('img')).toHaveJSProperty('naturalWidth', 900)
  await expect(image(grace.page).locator('img')).toHaveJSProperty('naturalWidth', 900)
  await isSaved(ada.page)
  const order = (page: Page) =>
    body(page).evaluate((element) =>
      [...element.querySelectorAll(':scope > p, :scope > figure')]
        .map((block) =>
          block.tagName === 'FIGURE'
            ? 'picture'
            : // Without others' carets, which are elements.
              [...block.childNodes].map((node) => (node instanceof Text ? node.data : '')).join(''),
        )
        .filter(Boolean),
    )
  for (const { page } of [ada, grace]) {
    expect(await order(page)).toEqual(['Above.', 'Between.', 'As drawn:', 'picture', 'Below.'])
  }

  // Its place is kept before it has come.
  await edsger.page.route('**/api/v1/attachments/*', () => {})
  await edsger.page.goto(address)
  const frame = anyBody(edsger.page).locator('.image-frame')
  await expect(frame).toBeVisible()
  const { width = 0, height = 1 } = (await frame.boundingBox()) ?? {}
  expect(Math.round((width / height) * 10)).toBe(30)
  await edsger.page.unroute('**/api/v1/attachments/*')
  await expect(anyBody(edsger.page).getByRole('textbox')).toHaveCount(0)
  await expect(anyBody(edsger.page).getByRole('button', { name: 'Describe' })).toHaveCount(0)

  // By keyboard alone: from the line above to the picture, to its description, and to its width.
  await goToEndOf(ada.page, 'As drawn:')
  await ada.page.keyboard.press('ArrowRight')
  await expect(image(ada.page)).toHaveClass(/is-selected/)
  await ada.page.keyboard.press('Tab')
  await expect(image(ada.page).getByRole('textbox', { name: 'Description of the image' })).toBeFocused()
  await ada.page.keyboard.type('A retry, from call to answer')
  await ada.page.keyboard.press('Enter')
  await expect(image(grace.page).getByRole('img', { name: 'A retry, from call to answer' })).toBeVisible()
  const handle = image(ada.page).getByRole('slider', { name: 'Width of the image' })
  await handle.focus()
  await expect(handle).toHaveAttribute('aria-valuenow', '100')
  for (let times = 0; times < 4; times += 1) await handle.press('ArrowLeft')
  await expect(image(grace.page).locator('.image-frame')).toHaveAttribute('style', /width: 80%/)

  // It has no words to comment on: what is said about it is said in its section.
  await goToEndOf(ada.page, 'As drawn:')
  await ada.page.keyboard.press('ArrowRight')
  await expect(image(ada.page)).toHaveClass(/is-selected/)
  await ada.page.keyboard.press('Alt+F9')
  await ada.page.getByRole('menuitem', { name: 'Comment on its section' }).click()
  const comment = ada.page.getByRole('textbox', { name: 'Comment', exact: true })
  await comment.fill('Is this the call as it was measured?')
  await comment.press('Control+Enter')
  await expect(grace.page.locator('[data-card-id]').getByText('Is this the call as it was')).toBeVisible()

  // A picture that is dropped stands where it was let go, and one step of undo takes it away again.
  await give(ada.page, 'drop', [png(40, 40, 'dot.png')], 'Below.')
  await expect(image(grace.page)).toHaveCount(2)
  expect(
    await body(grace.page).evaluate(
      (element) =>
        [...element.children].find(({ textContent }) => textContent === 'Below.')?.previousElementSibling
          ?.className,
    ),
  ).toContain('image')
  await ada.page.getByRole('button', { name: 'Decorative' }).last().click()
  await expect(image(grace.page).last().locator('img')).toHaveAttribute('alt', '')
  await body(ada.page).press('Control+z')
  await body(ada.page).press('Control+z')
  await expect(image(grace.page)).toHaveCount(1)
})

test('what is too large is refused with a sentence, a program is only kept, and nothing in a drawing runs', async ({
  enter,
  server,
}) => {
  const ada = await enter('ada')
  await create(ada.page, 'Files of all kinds')
  await goUnder(ada.page, 'Rationale')
  // 50 MB, made in the page.
  await body(ada.page).evaluate((element) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(50 * 1024 * 1024)], 'huge.png', { type: 'image/png' }))
    element.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  const refusal = ada.page.getByRole('alert').filter({ hasText: 'huge.png' })
  await expect(refusal).toContainText('This image has 50 MB; images of up to 10 MB can be in a document.')
  await ada.page.getByRole('button', { name: 'Remove' }).click()
  await expect(refusal).toHaveCount(0)

  const program = { name: 'holiday.png', type: 'image/png', bytes: Buffer.from('MZ, a program') }
  const drawing = {
    name: 'drawing.svg',
    type: 'image/svg+xml',
    bytes: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" onload="alert(1)">
        <script>document.documentElement.setAttribute('data-ran', 'yes'); alert(document.cookie)</script>
        <image href="https://elsewhere.example/seen.png" width="9" height="9"/>
        <rect width="60" height="40"/></svg>`,
    ),
  }
  const asked: Request[] = []
  ada.context.on('request', (request) => asked.push(request))
  const spoke: string[] = []
  ada.context.on('dialog', (dialog) => {
    spoke.push(dialog.message())
    void dialog.dismiss()
  })
  // The server is away: the file stays, and goes when it is back.
  await ada.page.route('**/attachments?name=*', (route) => route.abort())
  await give(ada.page, 'paste', [program, drawing])
  await expect(ada.page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' })).toHaveCount(
    2,
  )
  await ada.page.unroute('**/attachments?name=*')
  await ada.page.getByRole('button', { name: 'Try again' }).first().click()
  const kept = body(ada.page).locator('.file')
  await expect(kept).toContainText('holiday.png')
  // It stands now, and moves the other one's button no more.
  await ada.page.getByRole('button', { name: 'Try again' }).click()

  const [download] = await Promise.all([
    ada.page.waitForEvent('download'),
    kept.getByRole('link', { name: 'Download holiday.png' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('holiday.png')

  const shown = image(ada.page).locator('img')
  await expect(shown).toHaveJSProperty('naturalWidth', 60)
  const src = await shown.getAttribute('src')
  // Opened by itself, past the page.
  const alone = await ada.context.newPage()
  const answer = await alone.goto(`${server.origin}${src}`)
  const headers = answer?.headers() ?? {}
  expect(headers['content-type']).toBe('image/svg+xml')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/)
  expect(await alone.evaluate(() => document.documentElement.tagName)).toBe('svg')
  expect(await alone.evaluate(() => document.documentElement.hasAttribute('data-ran'))).toBe(false)
  expect(await alone.evaluate(() => self.origin)).toBe('null')
  expect(spoke).toEqual([])
  // What it wanted from elsewhere was stopped before it left.
  const elsewhere = asked.filter(
    (one) => !one.url().startsWith(server.origin) && !one.url().startsWith('blob:'),
  )
  expect(elsewhere.map((one) => one.failure()?.errorText).filter((why) => why !== 'csp')).toEqual([])
})

test('what is copied into another document goes along with it, whoever may read the first', async ({
  enter,
}) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  await create(ada.page, 'Copied from')
  await goUnder(ada.page, 'Rationale')
  await give(ada.page, 'paste', [png(120, 80)])
  await expect(image(ada.page)).toBeVisible()
  await isSaved(ada.page)
  const html = await body(ada.page).evaluate((element) => {
    const shown = element.querySelector('.image img')
    return `<p>Copied words</p><img src="${shown?.getAttribute('src')}" alt="Copied">`
  })
  const from = await image(ada.page).locator('img').getAttribute('src')

  await ada.page.goto('/')
  await create(ada.page, 'Copied to')
  await share(ada.page, fullName('grace'))
  await goUnder(ada.page, 'Rationale')
  await pasteHeld(ada.page, { 'text/html': html })
  await expect(image(ada.page).locator('img')).not.toHaveAttribute('src', from ?? '')
  await isSaved(ada.page)
  await grace.page.goto(new URL(ada.page.url()).pathname)
  await expect(image(grace.page).locator('img')).toHaveJSProperty('naturalWidth', 120)
})
