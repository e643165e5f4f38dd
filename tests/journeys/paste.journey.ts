import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { told } from '../lib/content/paste/told'
import { pasteHeld, stored } from './clipboard'
import { body, create } from './document'
import { test } from './story'

const clipboards = join(import.meta.dirname, '../lib/content/paste/clipboards')
const file = (name: string) => readFileSync(join(clipboards, name), 'utf8')

/** Footnotes get labels of their own in the text that they come into. */
const withoutLabels = (text: string) => text.replace(/label=[^\s}]+/g, 'label')

/** Empties the text and leaves the caret in it. */
async function clear(page: Page): Promise<void> {
  // By keyboard: in its middle may stand anything.
  await body(page).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Backspace')
  await expect(body(page)).toHaveText('')
}

test('what other programs copied becomes blocks, in a browser as in theory', async ({ enter, server }) => {
  const ada = await enter('ada')
  const { page } = ada
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await create(page, 'Pasted')
  for (const name of [
    'word',
    'word-online',
    'google-docs',
    'github',
    'github-file',
    'excel',
    'sheets',
    'vscode',
  ]) {
    await clear(page)
    await pasteHeld(page, { 'text/html': file(`${name}.html.txt`), 'text/plain': 'text' })
    await expect
      .poll(async () => withoutLabels(told(await stored(server, page))), { message: name })
      .toContain(withoutLabels(file(`${name}.told.txt`).trim()))
  }
  expect(
    asked.filter((address) => !address.startsWith(server.origin) && !/^(data|blob):/.test(address)),
  ).toEqual([])
})

test('text is read as what it looks like, and one step of undo gives the very text', async ({
  enter,
  server,
}) => {
  const { page } = await enter('ada')
  await create(page, 'Text')
  await clear(page)
  const markdown = '## Goals\n\n- fewer pages\n- **one** owner'
  await pasteHeld(page, { 'text/plain': markdown })
  const read =
    'heading level=2: Goals\nbulletList\n  listItem\n    paragraph: fewer pages\n' +
    '  listItem\n    paragraph: <bold>one</> owner'
  await expect.poll(async () => told(await stored(server, page))).toContain(read)

  await page.keyboard.press('ControlOrMeta+z')
  const plain = 'paragraph: ## Goals\nparagraph: - fewer pages\nparagraph: - **one** owner'
  await expect.poll(async () => told(await stored(server, page))).toContain(plain)
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect.poll(async () => told(await stored(server, page))).toContain(read)
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(body(page)).toHaveText('')

  // A real clipboard, and the key for its text alone.
  const elsewhere = await page.context().newPage()
  await elsewhere.setContent('<h2>Plan</h2><p>Ship <b>soon</b>, or <i>never</i>.</p>')
  await elsewhere.keyboard.press('ControlOrMeta+a')
  await elsewhere.keyboard.press('ControlOrMeta+c')
  await elsewhere.close()
  await body(page).click()
  await page.keyboard.press('ControlOrMeta+v')
  const rich = 'heading level=2: Plan\nparagraph: Ship <bold>soon</>, or <italic>never</>.'
  await expect.poll(async () => told(await stored(server, page))).toContain(rich)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(body(page)).toHaveText('')
  await page.keyboard.press('ControlOrMeta+Shift+v')
  await expect
    .poll(async () => told(await stored(server, page)))
    .toContain('paragraph: Plan\nparagraph: Ship soon, or never.')

  // What is pasted within a line stays in it.
  await clear(page)
  await page.keyboard.type('before after')
  for (let steps = 0; steps < 5; steps += 1) await page.keyboard.press('ArrowLeft')
  await pasteHeld(page, { 'text/html': '<b>bold</b> words', 'text/plain': 'bold words' })
  await page.keyboard.type('!')
  await expect
    .poll(async () => told(await stored(server, page)))
    .toContain('paragraph: before <bold>bold</> words!after')
})
