import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import pino from 'pino'
import type { LiveEvent } from '../../lib/live'
import { createIdentityProvider } from '../../server/auth/identity-provider/provider'
import { serveAuth } from '../../server/auth/serve-auth'
import { openLiveBus } from '../../server/live/subscribe'
import { type Runtime, setRuntime } from '../../server/runtime'
import { routesOnDisk } from '../api/routes-on-disk'
import { testDatabase } from '../support/database'
import { freePort } from '../support/free-port'
import { Browser, type Page } from './browser'

export type Company = NonNullable<Runtime['config']['oidc']>

/** A whole installation over HTTP as far as sign-in is concerned: API, next-auth, built-in provider. */
export class Site {
  readonly heard: LiveEvent[] = []
  private hears: (() => void)[] = []
  readonly logged: string[] = []
  offsetMs = 0
  runtime!: Runtime
  private server!: Server
  private end: () => Promise<void> = async () => {}

  private constructor(readonly origin: string) {}

  /** The first event of this type that is heard from now on, or has been since the list was emptied. */
  async event(type: LiveEvent['type']): Promise<LiveEvent> {
    for (;;) {
      const found = this.heard.find((event) => event.type === type)
      if (found) return found
      await new Promise<void>((resolve) => this.hears.push(resolve))
    }
  }

  static async open(): Promise<Site> {
    const port = await freePort()
    const site = new Site(`http://localhost:${port}`)
    const database = await testDatabase()
    const log = pino({ level: 'debug' }, { write: (line: string) => void site.logged.push(line) })
    const live = await openLiveBus({ connection: { connectionString: database.url }, log })
    live.subscribe((signal) => {
      if (signal.type === 'resync') return
      site.heard.push(signal)
      for (const hear of site.hears.splice(0)) hear()
    })
    const unlimited = { burst: 1e9, perSecond: 1e9 }
    site.runtime = {
      config: { origin: site.origin, oidc: null, publicUrl: null } as Runtime['config'],
      pool: database.pool,
      log,
      live,
      now: () => Date.now() + site.offsetMs,
      authSecret: 'a secret of this test and of no other place',
      importWorker: { path: 'unused', execArgv: [] },
      limits: { perAddress: unlimited, perPerson: unlimited },
    }
    setRuntime(site.runtime)
    // As compose.ts does: next-auth makes its addresses from it.
    process.env.NEXTAUTH_URL = site.origin
    const provider = createIdentityProvider({ origin: site.origin, log, authSecret: site.runtime.authSecret })
    const router = await routesOnDisk()
    site.server = createServer((req, res) => {
      if (req.url?.startsWith('/oidc')) return provider.handle(req, res)
      void answer(req, res, site.origin, router)
    })
    await new Promise<void>((resolve) => site.server.listen(port, 'localhost', resolve))
    site.end = async () => {
      site.server.closeAllConnections()
      await new Promise((resolve) => site.server.close(resolve))
      await live.close()
      await database.close()
    }
    return site
  }

  get db() {
    return this.runtime.pool
  }
  close(): Promise<void> {
    return this.end()
  }
  /** From now on, people come from this provider; null: from the built-in one. */
  use(company: Company | null): void {
    this.runtime = { ...this.runtime, config: { ...this.runtime.config, oidc: company } }
    setRuntime(this.runtime)
  }

  browser(): Browser {
    return new Browser(this.origin)
  }

  /** Clicks *Sign in* on our page; ends at the provider, or wherever `stop` says. */
  async begin(
    browser: Browser,
    options: { query?: string; stop?: (url: URL) => boolean; callbackUrl?: string; headers?: object } = {},
  ): Promise<Page> {
    const { csrfToken } = JSON.parse((await browser.request('/api/auth/csrf')).text) as { csrfToken: string }
    const body = new URLSearchParams({ csrfToken, callbackUrl: options.callbackUrl ?? '/signed-in' })
    const headers = { origin: this.origin, ...options.headers }
    return browser.go(
      `/api/auth/signin/company${options.query ?? ''}`,
      { method: 'POST', body, headers },
      options.stop,
    )
  }

  /** The whole way in: our page, the provider's page, a click on a name, and back. */
  async signIn(browser: Browser, subject: string): Promise<Page> {
    return browser.submit(await this.begin(browser), { subject })
  }

  async me(browser: Browser): Promise<{ status: number; name?: string; id?: string }> {
    const page = await browser.request('/api/v1/me')
    return { status: page.status, ...(page.status === 200 ? JSON.parse(page.text) : {}) }
  }

  async count(table: 'session' | 'person'): Promise<number> {
    const { rows } = await this.db.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    return rows[0]?.n ?? -1
  }
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  origin: string,
  router: (request: Request) => Promise<Response>,
): Promise<void> {
  const url = new URL(req.url ?? '/', origin)
  const hasBody = req.method !== 'GET' && req.method !== 'HEAD'
  const request = new Request(url, {
    method: req.method ?? 'GET',
    headers: Object.entries(req.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')] as [string, string]],
    ),
    ...(hasBody ? { body: Readable.toWeb(req) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit)
  const path = url.pathname.replace('/api/auth/', '')
  const response = url.pathname.startsWith('/api/auth/')
    ? await serveAuth(request, { params: Promise.resolve({ nextauth: path.split('/') }) })
    : url.pathname.startsWith('/api/')
      ? await router(request)
      : new Response(`page ${url.pathname}`, { headers: { 'content-type': 'text/html' } })
  res.statusCode = response.status
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value)
  res.setHeader('set-cookie', response.headers.getSetCookie())
  res.end(Buffer.from(await response.arrayBuffer()))
}
