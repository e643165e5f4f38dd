import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { type Someone, test } from './story'
import { tour } from './tour'

/** Every rule of axe, best practices among them; what is found is told by its rule and where it is. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
  if (rules) axe.withRules(rules)
  const { violations: found } = await axe.analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** The page is no wider than its window: nobody has to scroll it both ways (WCAG 2.2, 1.4.10). */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('every state of every screen passes axe, light and dark, and fits a phone and a page at 200 %', async ({
  browser,
  server,
}) => {
  test.setTimeout(600_000)
  const wrong: Record<string, string[]> = {}
  await tour(browser, server.origin, async ({ page }: Someone, state) => {
    const found = await violations(page)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    for (const line of await violations(page, ['color-contrast'])) found.push(`dark, ${line}`)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    // 1280 at 200 % is a window of 640.
    for (const width of [640, 390]) {
      await page.setViewportSize({ width, height: 844 })
      if ((await overflow(page)) > 0) found.push(`wider than ${width}`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    if (found.length > 0) wrong[state] = found
  })
  expect(wrong).toEqual({})
})
