import { expect, type Page } from '@playwright/test'
import type { DocumentJson } from '../../lib/content/document-json'
import { exportMarkdown } from '../../lib/content/markdown/markdown-export'
import { contentSchema } from '../../lib/content/schema'
import { everyBlock, pictureAt, reportAt } from '../lib/content/every-block'
import { stored } from './clipboard'
import { body, create, exported, isSaved } from './document'
import { test } from './story'

/** Without ids, which are a document's own, and with places that need no upload. */
const plain = (blocks: readonly DocumentJson[]): string =>
  JSON.stringify(blocks, (key, value) => (key === 'id' ? undefined : value))

const withoutUploads = JSON.parse(
  JSON.stringify(everyBlock)
    .replaceAll(pictureAt, 'https://elsewhere.example/queue.png')
    .replaceAll(reportAt, '../report.pdf'),
) as DocumentJson

async function copyAll(page: Page): Promise<void> {
  await body(page).click({ position: { x: 5, y: 5 } })
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
}

test('a document with every block survives export, import, and copying into another one', async ({
  enter,
  server,
}) => {
  const ada = await enter('ada')
  const { page } = ada
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const file = exportMarkdown(contentSchema.nodeFromJSON(withoutUploads), {
    title: 'Every block',
    status: 'draft',
    templateKey: 'blank',
    titleHeading: false,
  })
  const made = await page.request.post(`${server.origin}/api/v1/documents/import`, {
    headers: { origin: server.origin, 'content-type': 'text/markdown' },
    data: file,
  })
  expect(made.status(), await made.text()).toBe(201)
  const { document } = (await made.json()) as { document: { id: string } }
  await page.goto(`${server.origin}/d/${document.id}`)
  await expect(body(page)).toContainText('Right to left')
  expect(await exported(server, page)).toBe(file)
  const imported = await stored(server, page)
  await copyAll(page)

  await page.goto(server.origin)
  await create(page, 'A copy', /Blank/)
  await body(page).click()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(body(page)).toContainText('Right to left')
  await isSaved(page)
  expect(plain(await stored(server, page))).toBe(plain(imported))
  // Nobody is asked for a picture that lies elsewhere.
  expect(asked.filter((url) => new URL(url).origin !== server.origin)).toEqual([])
})
