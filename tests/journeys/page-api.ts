import { expect } from '@playwright/test'
import type { Someone } from './story'

/** Asks the API as somebody's page does: by their session, from our own origin. Null where nothing is answered. */
export async function api<Answer = { id: string }>(
  { page }: Someone,
  method: string,
  path: string,
  data?: unknown,
): Promise<Answer> {
  const { origin } = new URL(page.url())
  const answer = await page.request.fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { origin },
    ...(data ? { data } : {}),
  })
  const text = await answer.text()
  expect(answer.ok(), `${method} ${path}: ${text}`).toBe(true)
  return (text ? JSON.parse(text) : null) as Answer
}
