import { expect, type Page } from '@playwright/test'
import { body, create, mayWrite } from './document'
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
  const after = await places(page, '.tiptap.body')
  expect(after.length).toBeGreaterThan(before.length)
  // Of a long text what is further away is not laid out yet.
  const inSight = before.filter(([, top]) => top < 1_400)
  expect(inSight.length).toBeGreaterThan(30)
  expect(after.slice(0, inSight.length)).toEqual(inSight)
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
