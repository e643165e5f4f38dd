import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { startServer } from '../support/server'
import type { Someone } from './story'
import { tour } from './tour'

/**
 * `npm run screenshots`: every state of every screen at three widths, light and dark, into `screenshots/` for
 * looking at, and the picture that README shows. `--only document-threads,in-review` takes those alone.
 */
const { values } = parseArgs({ options: { only: { type: 'string' } } })
const only = values.only?.split(',')
const folder = join(import.meta.dirname, '../../screenshots')
const readme = join(import.meta.dirname, '../../public/readme')
const widths = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]

async function shoot({ page }: Someone, state: string): Promise<void> {
  if (only && !only.includes(state)) return
  for (const viewport of widths) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({
        path: join(folder, `${state}-${viewport.width}-${colorScheme}.png`),
        // To hide it, Playwright writes into each editable element; the editor then draws anew what was changed.
        caret: 'initial',
      })
    }
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  if (state === 'document-threads') {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.screenshot({ path: join(readme, 'document.png'), caret: 'initial' })
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

const server = await startServer()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
try {
  mkdirSync(readme, { recursive: true })
  await tour(browser, server.origin, shoot)
} finally {
  await browser.close()
  await server.remove()
}
