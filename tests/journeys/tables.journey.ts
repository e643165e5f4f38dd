import { expect, type Locator, type Page } from '@playwright/test'
import { pasteHeld } from './clipboard'
import { body, create, exported, isSaved, mayWrite, share } from './document'
import { press } from './keys'
import { fullName, type Someone, test } from './story'

const cells = (page: Page): Locator => body(page).locator('th, td')
/** What its cells say, without the names at others' carets. */
const rows = (page: Page): Promise<string[][]> =>
  body(page)
    .locator('tr')
    .evaluateAll((all) =>
      all.map((row) =>
        [...row.children].map((cell) => {
          const copy = cell.cloneNode(true) as Element
          for (const drawn of copy.querySelectorAll('.ProseMirror-widget')) drawn.remove()
          return copy.textContent ?? ''
        }),
      ),
    )
const choose = async (page: Page, item: string): Promise<void> => {
  // Behind its name stands its shortcut.
  await page.getByRole('menuitem', { name: new RegExp(`^${item}`) }).click()
  await expect(page.getByRole('menu')).toHaveCount(0)
}

/** What is typed, what it becomes, and what a step back gives. */
const typed: readonly (readonly [typed: string, becomes: string, back: string])[] = [
  ['## ', 'h2', '## '],
  ['- ', 'ul', '- '],
  ['1. ', 'ol', '1. '],
  ['[] ', 'ul[data-type="taskList"]', '[] '],
  ['> ', 'blockquote', '> '],
  ['```js ', 'pre', '```js '],
  ['---', 'hr', '---'],
  ['**bold**', 'strong', '**bold**'],
  ['*italic*', 'em', '*italic*'],
  ['~~gone~~', 's', '~~gone~~'],
  ['`code`', 'code', '`code`'],
  ['[words](https://example.com)', 'a[href="https://example.com"]', '[words](https://example.com)'],
]

test('what is typed as in Markdown becomes it, and one step back is what was typed', async ({ enter }) => {
  const { page } = await enter('ada')
  await create(page, 'Typed', /Blank/)
  const text = body(page)
  await text.click()
  for (const key of ['Control+z', 'Backspace']) {
    for (const [keys, becomes, back] of typed) {
      await page.keyboard.type(keys)
      await expect(text.locator(becomes), keys).toHaveCount(1)
      await page.keyboard.press(key)
      await expect(text.locator(becomes), `${keys} ${key}`).toHaveCount(0)
      await expect(text, `${keys} ${key}`).toHaveText(back)
      await press(page, 'Control+a', 'Backspace')
      await expect(text).toHaveText('')
    }
  }
  // The words behind it are a step of their own.
  await page.keyboard.type('## Title')
  await page.keyboard.press('Control+z')
  await expect(text.locator('h2')).toHaveText('')
  await page.keyboard.press('Control+z')
  await expect(text).toHaveText('## ')
})

test('a table by keyboard alone: made, filled, changed and left', async ({ enter, server }) => {
  const { page } = await enter('ada')
  await create(page, 'By keyboard', /Blank/)
  await body(page).click()
  await page.keyboard.type('| Name | Kind |')
  await page.keyboard.press('Enter')
  await page.keyboard.type('queue')
  await page.keyboard.press('Tab')
  await page.keyboard.type('durable')
  await page.keyboard.press('Tab')
  await page.keyboard.type('cache')
  await press(page, 'Tab')
  await page.keyboard.type('lossy')
  expect(await rows(page)).toEqual([
    ['Name', 'Kind'],
    ['queue', 'durable'],
    ['cache', 'lossy'],
  ])
  await press(page, 'Alt+Shift+ArrowUp', 'Alt+Shift+ArrowLeft')
  expect(await rows(page)).toEqual([
    ['Kind', 'Name'],
    ['lossy', 'cache'],
    ['durable', 'queue'],
  ])
  // The menu of the block leads to that of the table.
  await page.keyboard.press('Alt+F9')
  await page.getByRole('menuitem', { name: 'Rows and columns' }).waitFor()
  await page.keyboard.type('Rows')
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Column after' }).waitFor()
  await page.keyboard.type('Column a')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.type('both')
  expect(await rows(page)).toEqual([
    ['Kind', '', 'Name'],
    ['lossy', 'both', 'cache'],
    ['durable', '', 'queue'],
  ])
  await page.keyboard.press('Alt+Shift+.')
  await expect(cells(page).first()).toHaveAttribute('width', /^\d+$/)
  const wide = Number(await cells(page).nth(1).getAttribute('width'))
  await page.keyboard.press('Alt+Shift+,')
  await expect(cells(page).nth(1)).toHaveAttribute('width', String(wide - 20))
  await page.keyboard.press('Control+Enter')
  await page.keyboard.type('Below it.')
  await expect(body(page).locator('> p')).toHaveText('Below it.')
  await isSaved(page)
  expect(await exported(server, page)).toMatch(/\|\s*lossy\s*\|\s*both\s*\|\s*cache\s*\|/)
})

test('two people in one table: handles, widths and columns that both add at once', async ({ enter }) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'By two', /Blank/)
  await share(ada.page, fullName('grace'))
  await body(ada.page).click()
  await ada.page.keyboard.type('Before the table.')
  await ada.page.keyboard.press('Enter')
  await ada.page.keyboard.type('/table')
  await ada.page.keyboard.press('Enter')
  for (const word of ['H1', 'H2', 'H3', 'A1', 'B1', 'C1', 'A2', 'B2']) {
    await ada.page.keyboard.type(word)
    await ada.page.keyboard.press('Tab')
  }
  await ada.page.keyboard.type('C2')
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await expect.poll(async () => (await rows(grace.page)).flat().join(' ')).toBe('H1 H2 H3 A1 B1 C1 A2 B2 C2')

  // Ada drags the second row above the first, by its handle, and makes a column wider by its edge.
  await cells(ada.page).nth(7).hover()
  const handle = await middleOf(ada.page.getByRole('button', { name: 'This row' }))
  const first = await middleOf(cells(ada.page).nth(3))
  await drag(ada.page, handle, { x: handle.x, y: first.y - 8 })
  await expect
    .poll(() => rows(grace.page))
    .toEqual([
      ['H1', 'H2', 'H3'],
      ['A2', 'B2', 'C2'],
      ['A1', 'B1', 'C1'],
    ])
  await cells(ada.page).nth(4).hover()
  const box = await cells(ada.page).nth(4).boundingBox()
  if (!box) throw new Error('no cell')
  const edge = { x: box.x + box.width, y: box.y + box.height / 2 }
  await drag(ada.page, edge, { x: edge.x + 60, y: edge.y })
  const width = Math.round(box.width + 60)
  await expect
    .poll(async () => Number(await cells(grace.page).nth(1).getAttribute('width')))
    .toBeGreaterThan(width - 4)
  await expect
    .poll(async () => Math.round((await cells(grace.page).nth(4).boundingBox())?.width ?? 0))
    .toBeGreaterThan(width - 4)

  // Both add a column at once, each by the handle of another column.
  const add = async (page: Page, cell: number) => {
    // The other's column may move the handle away from under the pointer: whoever means it points once more.
    await expect(async () => {
      await cells(page).nth(cell).hover({ timeout: 2_000 })
      await page.getByRole('button', { name: 'This column' }).click({ timeout: 2_000 })
    }).toPass()
    await choose(page, 'Column after')
  }
  await Promise.all([add(ada.page, 0), add(grace.page, 2)])
  await ada.page.keyboard.type('ADA')
  await grace.page.keyboard.type('GRACE')
  for (const { page } of [ada, grace]) {
    await expect.poll(async () => (await rows(page)).map((row) => row.length)).toEqual([5, 5, 5])
    await expect(body(page)).toContainText('ADA')
    await expect(body(page)).toContainText('GRACE')
  }
  expect(await rows(ada.page)).toEqual(await rows(grace.page))
  await ada.page.keyboard.press('Control+z')
  await ada.page.keyboard.press('Control+z')
  await expect.poll(async () => (await rows(grace.page)).map((row) => row.length)).toEqual([4, 4, 4])
  await expect(body(ada.page)).toContainText('GRACE')

  // What a spreadsheet copies fills the cells from the caret on.
  await cells(ada.page).filter({ hasText: 'A1' }).click()
  await pasteHeld(ada.page, { 'text/plain': 'x\ty\n1\t2\n' })
  await expect
    .poll(async () => (await rows(grace.page)).slice(2).map((row) => row.slice(0, 2)))
    .toEqual([
      ['x', 'y'],
      ['1', '2'],
    ])
})

test('a block is dragged, turned, copied, moved by key and linked to', async ({ enter }) => {
  const { page, context } = await enter('ada')
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await create(page, 'Blocks', /Blank/)
  const text = body(page)
  await text.click()
  for (const words of ['First.', 'Second.', 'Third.']) {
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type('Last.')
  // Beside headings there are buttons.
  const blocks = text.locator('> *:not(.ProseMirror-widget)')
  const block = (words: string) => blocks.filter({ hasText: words })
  const words = () => blocks.allTextContents()

  await block('Third.').hover()
  const handle = await middleOf(page.getByRole('button', { name: 'This block' }))
  const first = await block('First.').boundingBox()
  if (!first) throw new Error('no block')
  await drag(page, handle, { x: first.x + 40, y: first.y + 2 })
  await expect.poll(words).toEqual(['Third.', 'First.', 'Second.', 'Last.'])
  await page.keyboard.press('Control+z')
  await expect.poll(words).toEqual(['First.', 'Second.', 'Third.', 'Last.'])

  await block('Second.').hover()
  await page.getByRole('button', { name: 'This block' }).click()
  await page.getByRole('menuitem', { name: 'Turn into' }).click()
  await choose(page, 'Heading 2')
  await expect(text.locator('h2')).toHaveText('Second.')
  await press(page, 'Alt+Shift+ArrowDown')
  await expect.poll(words).toEqual(['First.', 'Third.', 'Second.', 'Last.'])
  await press(page, 'Alt+F9')
  await choose(page, 'Duplicate')
  await expect(text.locator('h2')).toHaveCount(2)
  await press(page, 'Alt+F9')
  await choose(page, 'Delete')
  await expect(text.locator('h2')).toHaveCount(1)

  await block('Last.').click()
  await press(page, 'Alt+F9')
  await choose(page, 'Copy link')
  const address = await page.evaluate(() => navigator.clipboard.readText())
  await isSaved(page)
  await page.goto('about:blank')
  await page.goto(address)
  await expect(text.locator('.is-pointed')).toHaveText('Last.')
})

test('the menu of a block means that block, also when somebody takes it away', async ({ enter }) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Taken away', /Blank/)
  await body(ada.page).click()
  await ada.page.keyboard.type('First.')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('Second.')
  await press(ada.page, 'Enter')
  await ada.page.keyboard.type('Last.')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  const lines = ({ page }: Someone) => body(page).locator('> p')
  await lines(ada).filter({ hasText: 'Second.' }).click()
  await press(ada.page, 'Alt+F9')
  const item = ada.page.getByRole('menuitem', { name: 'Delete', exact: true })
  await item.waitFor()
  await lines(grace).filter({ hasText: 'Second.' }).click()
  await press(grace.page, 'Alt+F9')
  await choose(grace.page, 'Delete')
  await expect(lines(ada)).toHaveCount(2)
  await item.click()
  await expect(ada.page.getByText('Somebody took this block away')).toBeVisible()
  await expect(lines(grace)).toHaveCount(2)
  await expect(lines(grace).first()).toContainText('First.')
})

test('a phone puts a table in, and works on it and on blocks, from the bar at its foot', async ({
  enter,
}) => {
  const { page } = await enter('ada')
  await create(page, 'On a phone', /Blank/)
  await page.setViewportSize({ width: 390, height: 740 })
  const text = body(page)
  await text.click()
  await page.keyboard.type('Above.')
  await page.keyboard.press('Enter')
  const bar = page.getByRole('toolbar', { name: 'Format' })
  await bar.getByRole('button', { name: 'Insert' }).click()
  await choose(page, 'Table')
  await page.keyboard.type('Wide')
  await expect(cells(page).first()).toHaveText('Wide')
  await bar.getByRole('button', { name: 'This block' }).click()
  await page.getByRole('menuitem', { name: 'Rows and columns' }).click()
  await choose(page, 'Column after')
  await expect(text.locator('tr').first().locator('th')).toHaveCount(4)
  // It scrolls by itself, the page does not.
  const region = text.locator('.table-box')
  expect(await region.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await bar.getByRole('button', { name: 'This block' }).click()
  await choose(page, 'Move up')
  await expect(text.locator('> *').first()).toHaveClass(/table-box/)
})

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox()
  if (!box) throw new Error('it is not drawn')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await page.mouse.up()
}
