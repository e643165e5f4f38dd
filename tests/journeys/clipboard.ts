import type { Page } from '@playwright/test'
import type { DocumentJson } from '../../lib/content/document-json'
import type { ServerProcess } from '../support/server'
import { body, isSaved } from './document'

/** What a program puts on the clipboard, by its kind. */
export type Held = Readonly<Record<string, string>>

/** A paste of what another program copied: an event with its data, as the browser makes it. */
export const pasteHeld = (page: Page, held: Held): Promise<void> =>
  body(page).evaluate((element, data) => {
    const clipboardData = new DataTransfer()
    for (const [kind, value] of Object.entries(data)) clipboardData.setData(kind, value)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, held)

/** A paste of text that is made in the page, where it would be slow to hand it over. */
export const pasteMade = (page: Page, kind: string, unit: string, times: number): Promise<void> =>
  body(page).evaluate(
    (element, { type, part, count }) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData(type, part.repeat(count))
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    },
    { type: kind, part: unit, count: times },
  )

/** The blocks of the document as they are stored. */
export async function stored(server: ServerProcess, page: Page): Promise<DocumentJson[]> {
  await isSaved(page)
  const id = new URL(page.url()).pathname.split('/').at(-1)
  const answer = await page.request.get(`${server.origin}/api/v1/documents/${id}/content?format=json`)
  const { content } = (await answer.json()) as DocumentJson
  return content ?? []
}
