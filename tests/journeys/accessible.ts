import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds, each by its rule and where it is. */
export async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

/** The page as it stands now passes every rule of axe. */
export async function isAccessible(page: Page): Promise<void> {
  expect(await found(new AxeBuilder({ page }))).toEqual([])
}
