import { expect } from '@playwright/test'
import * as Y from 'yjs'
import { call } from '../faults/call'
import { Writer } from '../faults/writer'
import { pasteHeld, pasteMade, stored } from './clipboard'
import { body, create, isSaved, share, words } from './document'
import { type Someone, test } from './story'

// A token comes from a process of its own, and ten pages are opened and closed on the way.
test.describe.configure({ timeout: 180_000 })

/** What a page did that content must never make it do. */
async function watch({ page, context }: Someone, origin: string): Promise<() => Promise<string[]>> {
  const found: string[] = []
  context.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(`${origin}/`) && !/^(?:data|blob):/.test(address)) found.push(`asked ${address}`)
  })
  context.on('page', (other) => found.push(`opened ${other.url()}`))
  page.on('dialog', (dialog) => {
    found.push(`said ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`console ${message.text()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  return async () => {
    if (await page.evaluate(() => 'ran' in window)) found.push('a script ran')
    return found
  }
}

/** Ends attributes, elements and strings alike, and says so where it ran. */
const markup = `"'><img src=x onerror=ran=1><svg/onload=ran=1><script>ran=1</script>\${ran=1}{{ran=1}}`
const away = 'https://away.example'

type Attributes = Readonly<Record<string, string | number | boolean>>

function block(name: string, attributes: Attributes, ...within: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name)
  // Yjs holds whatever it is given; its types know texts alone.
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string)
  made.insert(0, within)
  return made
}

const text = (said: string, marks: Record<string, object> = {}): Y.XmlText => {
  const made = new Y.XmlText()
  made.insert(0, said, marks)
  return made
}

const line = (...within: (Y.XmlElement | Y.XmlText)[]) => block('paragraph', {}, ...within)

/** Every attribute that takes words or an address, with the worst that the guard lets in. */
const legal = (person: string): Y.XmlElement[] => [
  block('codeBlock', { language: markup }, text(`${markup} \u202E} \u2066if (admin) {\u2069`)),
  block(
    'codeBlock',
    { language: 'mermaid' },
    text(`graph TD\nA["${markup}"] --> B\nclick A "javascript:ran=1"`),
  ),
  block(
    'codeBlock',
    { language: 'math' },
    text(`\\href{javascript:ran=1}{x} \\includegraphics{${away}/m.png}`),
  ),
  block('image', { src: `${away}/tracked.png`, alt: markup }),
  block('image', { src: `../${encodeURI(markup)}`, alt: markup }),
  block('file', { src: `${away}/file.exe`, name: markup, size: 1 }),
  block('decision', { state: 'accepted', day: '2026-11-26', deciders: markup }, line(text(markup))),
  block('callout', { kind: 'warning' }, line(text(markup))),
  block('details', {}, line(text(markup)), line(text(markup))),
  line(
    block('mention', { person, name: markup }),
    text(' and '),
    block('footnoteReference', { label: '">' }),
  ),
  block('footnote', { label: '">' }, line(text(markup))),
  line(text(markup, { link: { href: `${away}/?q=${encodeURIComponent(markup)}`, title: markup } })),
  line(text(markup, { link: { href: `mailto:${markup}`, title: null } })),
  line(text(`\\href{javascript:ran=1}{${markup}}`, { formula: {} })),
  block('heading', { level: 2 }, text(markup)),
]

/** What no body may hold: each is refused by itself, and the connection with it. */
const illegal: readonly (() => Y.XmlElement)[] = [
  () => line(text('x', { link: { href: 'javascript:ran=1', title: null } })),
  () => line(text('x', { link: { href: 'java\nscript:ran=1', title: null } })),
  () => line(text('x', { link: { href: 'vbscript:ran', title: null } })),
  () => line(text('x', { link: { href: 'data:text/html,<script>ran=1</script>', title: null } })),
  () => line(text('x', { link: { href: '//away.example', title: null } })),
  () => block('image', { src: 'data:image/svg+xml,<svg onload=ran=1>' }),
  () => block('image', { src: 'javascript:ran=1' }),
  () => block('image', { src: `${away}/a.png`, onerror: 'ran=1' }),
  () => block('callout', { kind: markup }, line(text('x'))),
  () => block('script', {}, text('ran=1')),
]

test('nothing that stands in a body runs, leads away or is asked for', async ({ enter, server }) => {
  const ada = await enter('ada')
  const found = await watch(ada, server.origin)
  const { page } = ada
  const token = await server.token('ada')
  const me = await call<{ id: string }>(server.origin, token, 'GET', '/me')
  await create(page, `Trap ${markup}`.slice(0, 200))
  const documentId = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  for (const [index, make] of illegal.entries()) {
    const writer = new Writer(`bad-${index}`, { origin: server.origin, documentId, token })
    // y-websocket writes to the console of whatever it does not know: here `refused`.
    writer.provider.messageHandlers[101] = () => {}
    await writer.ready()
    writer.doc.getXmlFragment('content').push([make()])
    await expect.poll(() => writer.closeCodes, { message: make.toString() }).toContain(4400)
    writer.leave()
  }
  const writer = new Writer('good', { origin: server.origin, documentId, token })
  await writer.ready()
  writer.doc.transact(() => {
    const content = writer.doc.getXmlFragment('content')
    content.push(legal(me.id))
  })
  await expect(body(page)).toContainText('onerror=ran=1')
  writer.leave()
  expect(writer.closeCodes).not.toContain(4400)

  // Drawn from nothing, to its end, and by somebody else; then where else a document is shown.
  await page.reload()
  await expect(body(page)).toContainText('onerror=ran=1')
  for (let screens = 0; screens < 6; screens += 1) await page.mouse.wheel(0, 600)
  await body(page).locator('p').last().click()
  await page.keyboard.press('ControlOrMeta+End')
  await isSaved(page)
  await page.goto('/')
  await expect(page.getByText('Trap').first()).toBeVisible()
  expect(await found()).toEqual([])
})

test('nothing that is pasted or imported runs, leads away or is asked for', async ({ enter, server }) => {
  const ada = await enter('ada')
  const found = await watch(ada, server.origin)
  const { page } = ada
  await create(page, 'Paste of traps')
  await body(page).click()
  const html =
    `<link rel="stylesheet" href="${away}/a.css"><style>@import "${away}/b.css"; p{background:url(${away}/c.png)}</style>` +
    `<base href="javascript:ran=1"><script>ran=1</script><img src="${away}/d.png" onerror="ran=1" alt="kept">` +
    `<svg onload="ran=1"><script>ran=1</script></svg><iframe srcdoc="<script>parent.ran=1</script>"></iframe>` +
    `<p onclick="ran=1" style="background:url(${away}/e.png)">words</p><a href="java&#10;script:ran=1">trap</a>` +
    `<a href="data:text/html,<script>ran=1</script>">data</a><video src="${away}/f.mp4" autoplay></video>` +
    `<math href="javascript:ran=1"><mtext><img src="${away}/g.png" onerror="ran=1"></mtext></math>` +
    `<object data="${away}/h.swf"></object><form action="javascript:ran=1"><button>go</button></form>`
  await pasteHeld(page, { 'text/html': html, 'text/plain': 'words' })
  await expect(body(page)).toContainText('words')
  // Copied from another editor of the same make, with what it says of itself.
  await pasteHeld(page, {
    'text/html': `<p data-pm-slice="0 0 []" data-id="a"><a href="javascript:ran=1">own</a><img src="${away}/i.png" onerror="ran=1"></p>`,
    'text/plain': 'own',
  })
  await expect(body(page)).toContainText('own')
  await pasteHeld(page, {
    'text/plain': `## Markdown\n\n[a](javascript:ran=1) ![b](${away}/j.png) <img src=x onerror=ran=1>\n\n- [c](vbscript:x)\n- d`,
  })
  await expect(body(page).getByRole('heading', { name: 'Markdown' })).toBeVisible()
  const blocks = JSON.stringify(await stored(server, page))
  expect(blocks).not.toMatch(/"href":"(?!https?:|mailto:)/)
  expect(blocks).not.toMatch(/"src":"(?!https:\/\/away)/)

  const token = await server.token('ada')
  const answer = await fetch(`${server.origin}/api/v1/documents/import`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'text/markdown',
      'idempotency-key': crypto.randomUUID(),
    },
    body: `# Imported\n\n[a](javascript:ran=1)\n\n![b](${away}/k.png)\n\n<script>ran=1</script>\n\n<svg onload=ran=1>\n`,
  })
  expect(answer.status).toBe(201)
  const imported = (await answer.json()) as { document: { id: string } }
  await page.goto(`/d/${imported.document.id}`)
  await expect(body(page)).toContainText('a')
  expect(await found()).toEqual([])
})

test('too much is refused with what to do, and what is long hinders nobody', async ({ enter, server }) => {
  const ada = await enter('ada')
  const { page } = ada
  const grace = await enter('grace')
  await create(page, 'Much')
  await share(page, 'Grace Hopper')
  await grace.page.goto(new URL(page.url()).pathname)
  await expect(body(grace.page)).toHaveAttribute('contenteditable', 'true')
  await body(page).click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Before.')
  await isSaved(page)
  const before = JSON.stringify(await stored(server, page))
  const row = `<tr>${'<td>1</td>'.repeat(200)}</tr>`
  const tooMuch: [string, string, number, RegExp][] = [
    ['text/plain', 'Ten million. ', 800_000, /10 million characters/],
    ['text/html', '<p>Ten million.</p>', 600_000, /11 million characters/],
    ['text/plain', 'a', 1_000_000, /1,000,000 characters/],
    ['text/plain', 'a\n', 100_000, /more than 10,000/],
    ['text/html', `<b>x</b>${'<p>&#8203;</p>'.repeat(10)}`, 6_000, /more than 10,000/],
    ['text/html', `<table>${row.repeat(200)}</table>`, 1, /40,000 cells/],
  ]
  for (const [kind, unit, times, words] of tooMuch) {
    await body(page).press('ControlOrMeta+End')
    await pasteMade(page, kind, unit, times)
    await expect(page.getByText(words).last()).toBeAttached()
  }
  expect(JSON.stringify(await stored(server, page))).toBe(before)

  // Two thousand blocks, while Grace writes above them and Ada goes on below.
  await body(grace.page).press('ControlOrMeta+Home')
  await pasteMade(page, 'text/plain', `${'Lorem ipsum dolor sit amet. '.repeat(15)}\n`, 2_000)
  await grace.page.keyboard.type('Grace writes on meanwhile. ', { delay: 30 })
  await expect(body(page).locator('> p')).toHaveCount(2_001)
  await expect(body(grace.page).locator('> p')).toHaveCount(2_001)
  // Without the name at her caret.
  await expect
    .poll(async () => (await words(page)).startsWith('Grace writes on meanwhile. Before.'))
    .toBe(true)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(body(page).locator('> p')).toHaveCount(1)
  await expect.poll(() => words(grace.page)).toBe('Grace writes on meanwhile. Before.')
})
