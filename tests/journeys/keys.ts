import type { Page } from '@playwright/test'

/** Presses one key after another. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}
