import { expect, type Page } from '@playwright/test'
import { body, create, mayWrite, outlineRows } from './document'
import { press } from './keys'
import { test } from './story'

const design = `# Opening

Said before the first heading, **boldly**, with \`code\` and [a link](https://example.com).

## Why

- a first reason
  - and one below it

Between lists.

- [x] done
- [ ] not done

1. one
2. two

### How

> Quoted.

| Name | Meaning |
| --- | --- |
| a | the first |

\`\`\`
plain code
\`\`\`

\`\`\`ts
const coloured = true
\`\`\`

> [!NOTE]
> Noted.

---

#### Detail

${'A paragraph that is long enough for several lines of the sheet, as most of them are. '.repeat(4)}

${'## Another section\n\nWith words of its own.\n\n'.repeat(100)}`

/** Where each line of the text stands, from the top of the text. */
const places = (page: Page, text: string): Promise<(readonly [string, number])[]> =>
  page.locator(text).evaluate((element) => {
    const { top } = element.getBoundingClientRect()
    const blocks = element.querySelectorAll('p, h1, h2, h3, h4, h5, h6, pre, hr, td, th')
    return Array.from(blocks, (block) => [
      block.textContent ?? '',
      Math.round(block.getBoundingClientRect().top - top),
    ])
  })

test('a text is read before any script has come, and stays where it stands when its editor does', async ({
  enter,
  server,
}) => {
  const { page } = await enter('ada')
  const made = await page.request.post(`${server.origin}/api/v1/documents/import`, {
    headers: { 'content-type': 'text/markdown', origin: server.origin },
    data: design,
  })
  expect(made.status()).toBe(201)
  const { document } = await made.json()

  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/*.js', async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`/d/${document.id}`, { waitUntil: 'commit' })
  const beginning = page.locator('.is-beginning')
  await expect(beginning.getByRole('heading', { name: 'Why' })).toBeVisible()
  await expect(beginning.getByText('Noted.')).toBeVisible()
  await expect(beginning.getByRole('status', { name: 'The rest of the text is on its way' })).toBeAttached()
  await expect(body(page)).toHaveCount(0)
  const before = await places(page, '.is-beginning')

  release()
  await mayWrite(page)
  await expect(beginning).toHaveCount(0)
  // Spelling is the browser's own affair, and is left to it.
  await expect(body(page)).toHaveAttribute('spellcheck', 'true')
  const after = await places(page, '.tiptap.body')
  expect(after.length).toBeGreaterThan(before.length)
  // Of a long text what is further away is not laid out yet.
  const inSight = before.filter(([, top]) => top < 1_400)
  expect(inSight.length).toBeGreaterThan(30)
  expect(after.slice(0, inSight.length)).toEqual(inSight)
})

test('in a long text far places are gone to exactly, though most of it was never laid out', async ({
  enter,
  server,
}) => {
  const { page } = await enter('ada')
  const sections = Array.from({ length: 150 }, (_, n) => {
    const words = 'Words that fill some lines, more in one section than in the next. '.repeat(
      1 + ((n * 7) % 11),
    )
    return `## Section ${n}\n\n${words}\n\n- a list\n- of two, ${n}`
  })
  const made = await page.request.post(`${server.origin}/api/v1/documents/import`, {
    headers: { 'content-type': 'text/markdown', origin: server.origin },
    data: sections.join('\n\n'),
  })
  const { document } = await made.json()
  await page.goto(`/d/${document.id}`)
  await mayWrite(page)
  const topOf = (words: string) =>
    body(page)
      .getByText(words, { exact: true })
      .evaluate((element) => element.getBoundingClientRect().top)
  for (const n of [140, 10, 80]) {
    await outlineRows(page).nth(n).click()
    await expect.poll(() => topOf(`Section ${n}`), { message: `section ${n}` }).toBeLessThan(200)
    expect(await topOf(`Section ${n}`)).toBeGreaterThan(40)
  }
  await press(page, 'ControlOrMeta+f')
  const field = page.getByRole('textbox', { name: 'Find' })
  await expect(field).toBeFocused()
  await field.fill('of two, 133')
  const found = body(page).getByText('of two, 133', { exact: true })
  await expect(found).toBeInViewport()
  await press(page, 'Escape')
  // By keyboard as well: to the end of the text and back to its beginning.
  await body(page).focus()
  await press(page, 'ControlOrMeta+End')
  await expect(body(page).getByText('of two, 149', { exact: true })).toBeInViewport()
  await press(page, 'ControlOrMeta+Home')
  await expect(body(page).getByText('Section 0', { exact: true })).toBeInViewport()
})

test('the sections of a template say what is asked of them from the first moment', async ({ enter }) => {
  const { page } = await enter('ada')
  const address = await create(page, 'From the template')
  await page.route('**/*.js', (route) => route.abort())
  await page.goto(address, { waitUntil: 'commit' })
  const beginning = page.locator('.is-beginning')
  await expect(beginning.getByRole('heading', { name: 'Rationale' })).toBeVisible()
  expect(await beginning.locator('.has-hint').count()).toBeGreaterThan(5)
})
