import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { startServer } from '../support/server'
import { body, create, isSaved, mayWrite } from './document'
import { corpus, open, type Someone, signIn } from './story'

/**
 * `npm run screenshots`: every screen at three widths, light and dark, into `screenshots/` for looking at,
 * and the picture that README shows.
 */
const folder = join(import.meta.dirname, '../../screenshots')
const picture = join(import.meta.dirname, '../../public/readme/document.png')
const widths = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

async function shoot({ page }: Someone, name: string): Promise<void> {
  for (const viewport of widths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: join(folder, `${name}-${viewport.width}-${colorScheme}.png`) })
    }
  }
  await page.setViewportSize(widths[1] ?? { width: 1280, height: 800 })
}

async function take(browser: Browser, origin: string): Promise<void> {
  const ada = await open(browser, 'ada', origin)
  await ada.page.goto('/sign-in')
  await shoot(ada, 'sign-in')
  await signIn(ada)
  const grace = await open(browser, 'grace', origin)
  await signIn(grace)
  await shoot(ada, 'home-new')

  const choose = ada.page.getByLabel('Markdown file to import')
  await choose.setInputFiles(join(corpus, 'design-docs/kep-3331-structured-authn.md'))
  await ada.page.getByRole('button', { name: 'Open document' }).waitFor()
  await shoot(ada, 'import-losses')
  await ada.page.getByRole('button', { name: 'Open document' }).click()
  await ada.page.waitForURL(/\/d\//)
  await mayWrite(ada.page)
  await shoot(ada, 'document-imported')

  for (const title of [
    'Moving the read path off the primary',
    'One identity for services and for people, with a title that goes on for longer than any list would like it to',
  ]) {
    await ada.page.goto('/')
    await create(ada.page, title)
  }
  await shoot(ada, 'document-new')
  await ada.page.goto('/')
  await shoot(ada, 'home')

  const address = await sample(ada)
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await body(grace.page).locator('p').nth(2).click()
  await grace.page.keyboard.press('End')
  await ada.page.getByRole('button', { name: /Go to Grace Hopper/ }).waitFor()
  await shoot(ada, 'document-sample')
  const api = `${origin}/api/v1${address.replace('/d/', '/documents/')}/threads`
  const say = async ({ page }: Someone, data: Record<string, string>, to = api): Promise<string> => {
    const answer = await page.request.post(to, { data, headers: { origin } })
    return ((await answer.json()) as { id: string }).id
  }
  const asked = await say(grace, {
    kind: 'concern',
    body: 'Which of them do we slow? The export runs at night, the shop does not sleep.',
    quote: 'checkout for the rest of the minute',
  })
  const threads = `${origin}/api/v1/threads`
  await say(ada, { body: 'Exports have a bucket of their own: see 2.4.' }, `${threads}/${asked}/comments`)
  await say(grace, { kind: 'nit', body: '“attached to luck” reads odd.', quote: 'depending on luck' })
  await ada.page.locator(`[data-thread-card="${asked}"]`).click()
  await ada.page.locator('.thread-words.is-active').waitFor()
  await shoot(ada, 'document-threads')
  await ada.page.setViewportSize({ width: 1440, height: 900 })
  await ada.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await grace.page.keyboard.type(' ')
  await isSaved(grace.page)
  mkdirSync(join(picture, '..'), { recursive: true })
  await ada.page.screenshot({ path: picture })
}

async function sample({ page }: Someone): Promise<string> {
  await page.goto('/')
  await page
    .getByRole('list', { name: /Documents/ })
    .getByRole('link')
    .last()
    .click()
  await page.waitForURL(/\/d\//)
  await mayWrite(page)
  return new URL(page.url()).pathname
}

const server = await startServer()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
try {
  await take(browser, server.origin)
} finally {
  await browser.close()
  await server.remove()
}
