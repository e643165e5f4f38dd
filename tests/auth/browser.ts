interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
  /** As it came, for looking at its flags. */
  readonly line: string
}

export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A browser as far as sign-in needs one: cookies by path, redirects, forms, and the Origin that goes with them. */
export class Browser {
  cookies: Cookie[] = []

  constructor(readonly origin: string) {}

  cookie(name: string | RegExp): Cookie | undefined {
    return this.cookies.find((cookie) =>
      typeof name === 'string' ? cookie.name === name : name.test(cookie.name),
    )
  }
  drop(name: RegExp): void {
    this.cookies = this.cookies.filter((cookie) => !name.test(cookie.name))
  }
  /** Another one with the same cookies. */
  copy(): Browser {
    const twin = new Browser(this.origin)
    twin.cookies = [...this.cookies]
    return twin
  }

  /** One request, no redirect followed. */
  async request(address: string | URL, init: RequestInit = {}): Promise<Page> {
    const url = new URL(address, this.origin)
    const headers = new Headers(init.headers)
    const sent = this.cookies.filter((cookie) => url.pathname.startsWith(cookie.path))
    if (sent.length > 0) headers.set('cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; '))
    headers.set('accept', 'text/html')
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.#store(line)
    return { url, status: response.status, headers: response.headers, text: await response.text() }
  }

  /** Goes to an address and wherever it leads, at most ten steps, unless `stop` says so. */
  async go(
    address: string | URL,
    init: RequestInit = {},
    stop: (url: URL) => boolean = () => false,
  ): Promise<Page> {
    let page = await this.request(address, init)
    for (let steps = 0; steps < 10; steps++) {
      const location = page.headers.get('location')
      if (page.status < 300 || page.status > 399 || !location) return page
      const next = new URL(location, page.url)
      if (stop(next)) return { ...page, url: next }
      page = await this.request(next)
    }
    throw new Error('too many redirects')
  }

  /** Submits the form of a page with one more field, as a click on its button does. */
  submit(page: Page, field: Record<string, string>, stop?: (url: URL) => boolean): Promise<Page> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page.text)?.[1]
    if (!action) throw new Error(`no form at ${page.url}: ${page.text.slice(0, 300)}`)
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g)]
    const body = new URLSearchParams([
      ...hidden.map(([, name = '', value = '']) => [name, value]),
      ...Object.entries(field),
    ])
    return this.go(
      new URL(action, page.url),
      { method: 'POST', body, headers: { origin: page.url.origin } },
      stop,
    )
  }

  #store(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const at = pair.indexOf('=')
    const name = pair.slice(0, at)
    const value = pair.slice(at + 1)
    const attribute = (key: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1)
    const path = attribute('path') ?? '/'
    const expires = attribute('expires')
    const over =
      attribute('max-age') === '0' || (expires && Date.parse(expires) <= Date.now()) || value === ''
    this.cookies = this.cookies.filter((cookie) => cookie.name !== name || cookie.path !== path)
    if (!over) this.cookies.push({ name, value, path, line })
  }
}
