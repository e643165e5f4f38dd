import { join } from 'node:path'
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import { type ServerProcess, startServer } from '../support/server'

const people = {
  ada: 'Ada Lovelace',
  grace: 'Grace Hopper',
  linus: 'Linus Torvalds',
  margaret: 'Margaret Hamilton',
  edsger: 'Edsger Dijkstra',
} as const
export type Name = keyof typeof people
export const fullName = (name: Name): string => people[name]

/** Real documents, written by other people. */
export const corpus = process.env.CORPUS_DIR ?? join(import.meta.dirname, '../../../shared/corpus')

/** Somebody with a browser of their own. */
export interface Someone {
  readonly name: Name
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser reported as wrong: errors of scripts, and refusals of the content security policy. */
  readonly wrong: readonly string[]
}

export async function open(browser: Browser, name: Name, address: string): Promise<Someone> {
  const context = await browser.newContext({ baseURL: address })
  const page = await context.newPage()
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.stack ?? String(error)))
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      /Content Security Policy|Hydration|Minified React/i.test(message.text())
    ) {
      wrong.push(message.text())
    }
  })
  return { name, page, context, wrong }
}

/** One click on a name, through the whole code flow; ends at home or where the person was going. */
export async function signIn({ page, name }: Someone, to = '/'): Promise<void> {
  await page.goto(to)
  await page.getByRole('button', { name: `Sign in as ${fullName(name)}` }).click()
  await page.waitForURL((url) => url.pathname === to)
}

interface World {
  /** A browser for `name`, signed in and at home. */
  enter: (name: Name, to?: string) => Promise<Someone>
}

export const test = base.extend<World, { server: ServerProcess }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs
    async ({}, use) => {
      const server = await startServer()
      await use(server)
      await server.remove()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  enter: async ({ browser, server }, use) => {
    const entered: Someone[] = []
    await use(async (name, to) => {
      const someone = await open(browser, name, server.origin)
      entered.push(someone)
      await signIn(someone, to)
      return someone
    })
    for (const someone of entered) {
      expect(someone.wrong, `${someone.name}'s browser reported nothing`).toEqual([])
      await someone.context.close()
    }
  },
})
