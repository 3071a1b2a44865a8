/** What came back, with the address that it came from. */
export type Page = {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
  /** As a person reads it: without tags and entities, white space folded. */
  readonly text: string
}

type Cookie = { readonly name: string; readonly value: string; readonly path: string }

const MOST_STEPS = 12

/**
 * A browser without a window: cookies by name and path (ports share them, as in a real one), redirects followed one by
 * one. Cookies stay after their time, so that a test can bring an old one.
 */
export class Browser {
  readonly #cookies: Cookie[] = []

  get(url: string, more: Asked = {}): Promise<Page> {
    return this.#go('GET', url, undefined, more)
  }

  /** Sends a form as a page of the same origin does. */
  post(url: string, fields: Readonly<Record<string, string>>, more: Asked = {}): Promise<Page> {
    const { origin } = new URL(url)
    const headers = { origin, ...more.headers }
    return this.#go('POST', url, new URLSearchParams(fields).toString(), { ...more, headers })
  }

  /** The cookies that a request to this address carries. */
  cookieHeader(url: string): string {
    const { pathname } = new URL(url)
    const fits = (path: string) => path === '/' || pathname === path || pathname.startsWith(`${path}/`)
    return this.#cookies
      .filter(({ path }) => fits(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  /** Takes the cookies of one path over to another, as somebody would who edits them by hand. */
  graft(fromPath: string, toPath: string): void {
    for (const { name, value, path } of [...this.#cookies])
      if (path === fromPath) this.#cookies.push({ name, value, path: toPath })
  }

  async #go(method: string, from: string, body: string | undefined, asked: Asked): Promise<Page> {
    let [url, how, sent] = [from, method, body]
    for (let step = 0; step < MOST_STEPS; step++) {
      const response = await fetch(url, {
        method: how,
        redirect: 'manual',
        headers: {
          cookie: this.cookieHeader(url),
          'accept-language': 'en',
          ...(sent === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
          ...asked.headers,
        },
        ...(sent === undefined ? {} : { body: sent }),
      })
      this.#keep(response)
      const location = response.headers.get('location')
      const next = location && new URL(location, url).href
      if (!next || asked.stopAt?.(next) || asked.follow === false) return pageOf(url, response)
      await response.body?.cancel()
      ;[url, how, sent] = [next, 'GET', undefined]
    }
    throw new Error(`more than ${MOST_STEPS} redirects`)
  }

  #keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      const path = attributes.find((a) => /^path=/i.test(a))?.slice(5) ?? '/'
      const at = this.#cookies.findIndex((known) => known.name === name && known.path === path)
      if (at >= 0) this.#cookies.splice(at, 1)
      const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1))
      if (!attributes.some((a) => /^max-age=0$/i.test(a))) this.#cookies.push({ name, value, path })
    }
  }
}

export type Asked = {
  readonly headers?: Readonly<Record<string, string>>
  readonly follow?: boolean
  /** Stops with the redirect in hand when it leads to such an address. */
  readonly stopAt?: (location: string) => boolean
}

async function pageOf(url: string, response: Response): Promise<Page> {
  const html = await response.text()
  return { url, status: response.status, headers: response.headers, html, text: textOf(html) }
}

export function textOf(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
}

/** The value of a hidden input. */
export function field(page: Page, name: string): string {
  const value = hidden(page)[name]
  if (value === undefined) throw new Error(`the page has no field ${name}`)
  return value
}

/** Every hidden input of the page, by name. */
export function hidden({ html }: Page): Record<string, string> {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]))
}
