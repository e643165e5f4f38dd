import { expect } from '@playwright/test'
import { random } from '../support/random'
import { body, count, create, exported, goUnder, isSaved, mayWrite, says, share } from './document'
import { fullName, signIn, test } from './story'

test('both pages come back by themselves when the server is killed while two people type', async ({
  enter,
  server,
}) => {
  test.setTimeout(180_000)
  const { between, seed } = random()
  console.log(`kills under two pages: seed ${seed}`)
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Killed while typing')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await goUnder(ada.page, 'Rationale')
  await goUnder(grace.page, 'Data Model')

  let typed = 0
  for (let round = 0; round < 3; round += 1) {
    const tokens = Array.from({ length: 25 }, (_, n) => typed + n)
    typed += tokens.length
    const typing = [
      ada.page.keyboard.type(tokens.map((n) => `a${n}. `).join(''), { delay: 12 }),
      grace.page.keyboard.type(tokens.map((n) => `g${n}. `).join(''), { delay: 12 }),
    ]
    await expect(body(ada.page)).toContainText(`a${tokens[between(2, 15)]}.`)
    await server.kill()
    await Promise.all(typing)
    await server.start()
  }
  for (const { page } of [ada, grace]) await isSaved(page)
  const text = await exported(server, ada.page)
  const whole = (letter: string) => Array.from({ length: typed }, (_, n) => `${letter}${n}.`).join(' ')
  expect(text).toContain(whole('a'))
  expect(text).toContain(whole('g'))
  for (const { page } of [ada, grace]) {
    await expect(body(page)).toContainText(whole('a'))
    await expect(body(page)).toContainText(whole('g'))
  }
})

test('keys that pile up while the page is busy are taken one after the other, with no error', async ({
  enter,
}) => {
  const ada = await enter('ada')
  await create(ada.page, 'A busy page')
  await goUnder(ada.page, 'Rationale')
  const busy = ada.page.evaluate(() => {
    const until = performance.now() + 1_500
    while (performance.now() < until);
  })
  // Sent without waiting for each other: the browser serves them all before anything that React has put off.
  const devtools = await ada.context.newCDPSession(ada.page)
  const key = { text: 'x', key: 'x', code: 'KeyX' }
  const keys = Array.from({ length: 120 }, () => [
    devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key }),
    devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ])
  await Promise.all([busy, ...keys.flat()])
  await expect(body(ada.page)).toContainText('x'.repeat(120))
  await isSaved(ada.page)
})

test('what is typed without a connection is kept through a reload and sent once', async ({
  enter,
  server,
}) => {
  const ada = await enter('ada')
  await create(ada.page, 'On a train')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Before the tunnel. ')
  await isSaved(ada.page)
  await server.kill()
  await ada.page.keyboard.type('IN-THE-TUNNEL ')
  await says(ada.page, /^Offline, \d+ changes? kept on this device/)
  await server.start()
  // A reload at the very moment of coming back: the local store and the server both have the text.
  await ada.page.reload()
  await mayWrite(ada.page)
  await isSaved(ada.page)
  await expect(body(ada.page)).toContainText('IN-THE-TUNNEL')
  expect(count(await exported(server, ada.page), 'IN-THE-TUNNEL')).toBe(1)
})

test('a session that ends while somebody types loses nothing, and nobody else sees it', async ({
  enter,
  server,
}) => {
  const ada = await enter('ada')
  await create(ada.page, 'Signed out in the middle')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('First words. ')
  await isSaved(ada.page)

  // The session ends elsewhere: another page of the same browser signs out.
  const elsewhere = await ada.context.newPage()
  await elsewhere.goto('/')
  await elsewhere.getByRole('button', { name: 'You are Ada Lovelace' }).click()
  await elsewhere.getByRole('menuitem', { name: 'Sign out' }).click()
  await elsewhere.waitForURL(/sign-in/)
  const again = ada.page.getByRole('button', { name: 'Sign in again' })
  await expect(again).toBeVisible()
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.press('End')
  await ada.page.keyboard.type('AFTER-THE-END ')
  await says(ada.page, /kept on this device/)

  // Grace signs in in the small window: nothing of Ada's is shown or sent as Grace.
  const [hers] = await Promise.all([ada.page.waitForEvent('popup'), again.click()])
  await hers.getByRole('button', { name: 'Sign in as Grace Hopper' }).click()
  await expect(ada.page.getByRole('heading', { name: 'Grace Hopper is signed in now' })).toBeVisible()
  await expect(ada.page.getByText('First words.')).toHaveCount(0)
  await expect(ada.page.getByText('AFTER-THE-END')).toHaveCount(0)

  // Ada signs in again: everything is there, once.
  const [adas] = await Promise.all([
    ada.page.waitForEvent('popup'),
    ada.page.getByRole('button', { name: 'Sign in as Ada Lovelace' }).click(),
  ])
  await adas.getByRole('button', { name: 'Sign in as Ada Lovelace' }).click()
  await expect(body(ada.page)).toContainText('AFTER-THE-END')
  await isSaved(ada.page)
  expect(count(await exported(server, ada.page), 'AFTER-THE-END')).toBe(1)
  await elsewhere.close()
})

test('access taken away closes the page within two seconds and says so', async ({ enter }) => {
  const ada = await enter('ada')
  const grace = await enter('grace')
  const address = await create(ada.page, 'Not for everyone')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await goUnder(grace.page, 'Rationale')
  await grace.page.keyboard.type('Mine for now.')
  await isSaved(grace.page)

  await ada.page.getByRole('button', { name: 'Share' }).click()
  await ada.page.getByRole('button', { name: 'Remove Grace Hopper' }).click()
  await expect(
    grace.page.getByRole('heading', { name: 'You no longer have access to this document' }),
  ).toBeVisible({ timeout: 2_000 })
  await expect(body(grace.page)).toHaveCount(0)
  await grace.page.reload()
  await expect(grace.page.getByText('Not for everyone')).toHaveCount(0)
})

test('a viewer reads along and writes nothing', async ({ enter, server }) => {
  const ada = await enter('ada')
  const linus = await enter('linus')
  const address = await create(ada.page, 'To be read')
  await share(ada.page, fullName('linus'), 'Viewer')
  await linus.page.goto(address)
  await says(linus.page, 'Read-only')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Seen by Linus.')
  const text = linus.page.getByRole('document', { name: /^Text of / })
  await expect(text).toContainText('Seen by Linus.')
  await expect(text).toHaveAttribute('contenteditable', 'false')
  await text.getByText('Seen by Linus.').click()
  await linus.page.keyboard.type('NOT-TO-BE')
  await ada.page.keyboard.type(' And no more.')
  await expect(text).toContainText('Seen by Linus. And no more.')
  await isSaved(ada.page)
  expect(await exported(server, ada.page)).not.toContain('NOT-TO-BE')
})

test('whoever is not on a document sees the same as for one that does not exist', async ({
  enter,
  browser,
  server,
}) => {
  const ada = await enter('ada')
  const address = await create(ada.page, 'A private thought')
  const edsger = await enter('edsger')
  const forbidden = await edsger.page.goto(address)
  const theirs = await edsger.page.locator('main').innerText()
  const unknown = await edsger.page.goto('/d/00000000-0000-4000-8000-000000000000')
  expect(forbidden?.status()).toBe(unknown?.status())
  expect(await edsger.page.locator('main').innerText()).toBe(theirs)

  // Somebody who is not signed in is asked to, and then taken there.
  const context = await browser.newContext({ baseURL: server.origin })
  const page = await context.newPage()
  await signIn({ name: 'ada', page, context, wrong: [] }, address)
  await mayWrite(page)
  await context.close()
})

test('sharing that is asked for without a connection leaves the page as it is', async ({ enter }) => {
  const ada = await enter('ada')
  await create(ada.page, 'On a train without company')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('Before the tunnel. ')
  await isSaved(ada.page)
  await ada.page.waitForLoadState('networkidle')
  await ada.context.setOffline(true)
  await ada.page.getByRole('button', { name: 'Share' }).click()
  await expect(ada.page.getByRole('dialog')).toBeVisible()
  await ada.page.keyboard.press('Escape')
  await goUnder(ada.page, 'Rationale')
  await ada.page.keyboard.type('In it. ')
  await ada.context.setOffline(false)
  await isSaved(ada.page)
})
