import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { found } from './accessible'
import { type Someone, test } from './story'
import { tour } from './tour'

/** What floats over the page is in no landmark: it has the focus while it stands. */
const regionMatcher = 'dialog, [role=dialog], [role=alertdialog], svg, [role=menu], [role=listbox]'
const options = { rules: {}, checks: { region: { options: { regionMatcher } } } }

/** Every rule of axe, best practices among them. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options(options)
    // At the ends of a menu: who comes there is led on at once (a passed case of ACT rule 6cfa84).
    .exclude('[data-base-ui-focus-guard]')
  if (rules) axe.withRules(rules)
  // What somebody left empty in a table of their own (WCAG has no word against it).
  else axe.disableRules('empty-table-header')
  return found(axe)
}

/** The page is no wider than its window: nobody has to scroll it both ways (WCAG 2.2, 1.4.10). */
const overflow = (page: Page) =>
  page.evaluate(async () => {
    // What floats is put to its place in the frame after the window has changed.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
    return document.documentElement.scrollWidth - document.documentElement.clientWidth
  })

test('every state of every screen passes axe, light and dark, and fits a phone and a page at 200 %', async ({
  browser,
  server,
}) => {
  test.setTimeout(600_000)
  const wrong: Record<string, string[]> = {}
  await tour(browser, server.origin, async ({ page }: Someone, state) => {
    const here = await violations(page)
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
    for (const line of await violations(page, ['color-contrast'])) here.push(`dark, ${line}`)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    // 1280 at 200 % is a window of 640.
    for (const width of [640, 390]) {
      await page.setViewportSize({ width, height: 844 })
      if ((await overflow(page)) > 0) here.push(`wider than ${width}`)
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    if (here.length > 0) wrong[state] = here
  })
  expect(wrong).toEqual({})
})
