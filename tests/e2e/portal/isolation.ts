import { expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { tableNames } from '../../../src/core/store/store.ts'
import { Browser, field, type Page } from '../bad-input/browser.ts'
import type { PortalWorld } from './world.ts'

export type Route = { readonly name: string; readonly methods: readonly string[]; readonly route: string }

type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> }

/** Leads out of the portal, or ends the session that the test needs. */
const NOT_FOLLOWED = /^\/portal\/(signin|signout|consent)/

/** The same report in another order or on another page: there are hundreds of them, and one is like the other. */
const LIKE_ANOTHER = /^\/portal\/reports\/[^?]*\?/

/** What only the owner may ever read. */
const OWNERS_OWN = [
  NORTHWIND_HEALTH,
  'Northwind Health',
  'teams-ehr-connector-system',
  '816-555-0199',
  'visits-1@northwindhealth.example',
]

/** Every page of the portal that a tenant's administrator can reach by links, with the forms on it. */
async function crawl(browser: Browser, appUrl: string): Promise<{ pages: Set<string>; forms: Form[] }> {
  const pages = new Set<string>()
  const forms: Form[] = []
  const queue = ['/portal']
  while (queue.length > 0 && pages.size < 300) {
    const path = queue.shift() ?? ''
    if (pages.has(path) || NOT_FOLLOWED.test(path) || LIKE_ANOTHER.test(path)) continue
    pages.add(path)
    const page = await browser.get(`${appUrl}${path}`)
    expect(`${path}: ${page.status}`).toBe(`${path}: 200`)
    for (const [, href = ''] of page.html.matchAll(/href="(\/portal[^"#]*)/g))
      queue.push(href.replaceAll('&amp;', '&'))
    forms.push(...formsOf(page))
  }
  return { pages, forms }
}

function formsOf({ html }: Page): Form[] {
  return [...html.matchAll(/<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = '', inside = '']) => ({
      action: action.replaceAll('&amp;', '&'),
      fields: Object.fromEntries(
        [
          ...inside.matchAll(
            /<(?:input|button|select|textarea)[^>]*?\bname="([^"]*)"(?:[^>]*?\bvalue="([^"]*)")?/g,
          ),
        ].map(([, name = '', value = '']) => [
          name,
          value.replaceAll('&amp;', '&').replaceAll('&quot;', '"'),
        ]),
      ),
    }),
  )
}

/** Everything stored for one tenant, whichever table it lies in. */
async function storedOf({ sandbox }: PortalWorld, tenantId: string): Promise<string[]> {
  const rows: string[] = []
  for (const name of tableNames)
    for await (const row of sandbox.store.tables[name].all())
      if (JSON.stringify(row).includes(tenantId)) rows.push(`${name} ${JSON.stringify(row)}`)
  return rows.sort()
}

const pathOf = (route: string) =>
  `/${route.replace(/\{siteId\}/g, NORTHWIND_SITE).replace(/\{[^}]*\}/g, 'known')}`

/**
 * Generated from what is registered and from what the owner can reach: whatever the administrator of another tenant
 * asks for or sends, nothing of the owner's is read or written.
 */
export function isolationCases(world: () => PortalWorld, routes: readonly Route[]): void {
  const { northwind, woodgrove } = ACCOUNTS
  const portal = routes.filter(({ route }) => /^portal(\/|$)/.test(route) && !NOT_FOLLOWED.test(`/${route}`))

  test('the list of routes is not empty', () => {
    expect(portal.length).toBeGreaterThan(0)
  })

  test('no route of the portal shows or changes anything of another tenant', async () => {
    const { appUrl } = world().sandbox
    const owner = await world().signIn(northwind.administrator)
    const { pages, forms } = await crawl(owner.browser, appUrl)
    const stranger = await world().signIn(woodgrove.administrator)
    const before = await storedOf(world(), NORTHWIND_HEALTH)
    expect(before.length).toBeGreaterThan(1)
    const reads = [
      ...pages,
      ...portal.filter(({ methods }) => methods.includes('GET')).map(({ route }) => pathOf(route)),
    ]
    for (const path of new Set(reads)) {
      const page = await stranger.browser.get(`${appUrl}${path}`)
      const own = OWNERS_OWN.filter((words) => page.html.includes(words))
      expect({ path, own }).toEqual({ path, own: [] })
    }
    const writes = [
      ...forms.filter(({ action }) => !NOT_FOLLOWED.test(action)),
      ...portal
        .filter(({ methods }) => methods.includes('POST'))
        .map(({ route }) => ({
          action: pathOf(route),
          fields: { siteId: NORTHWIND_SITE, tenantId: NORTHWIND_HEALTH },
        })),
    ]
    for (const { action, fields } of writes) {
      const page = await stranger.browser.post(
        `${appUrl}${action}`,
        { ...fields, csrf: stranger.csrf },
        { follow: false },
      )
      const own = OWNERS_OWN.filter(
        (words) => page.html.includes(words) && !Object.values(fields).includes(words),
      )
      expect({ action, own, server: page.status >= 500 }).toEqual({ action, own: [], server: false })
    }
    expect(await storedOf(world(), NORTHWIND_HEALTH)).toEqual(before)
  })

  test('what the test compares does notice a change by the owner', async () => {
    const { sandbox } = world()
    const before = await storedOf(world(), NORTHWIND_HEALTH)
    const read = await sandbox.store.tables.tenants.get(NORTHWIND_HEALTH, 'tenant')
    if (!read) throw new Error('the tenant is not there')
    await sandbox.store.tables.tenants.put({
      ...read,
      json: read.json.replace('Northwind Health', 'Northwind H.'),
    })
    expect(await storedOf(world(), NORTHWIND_HEALTH)).not.toEqual(before)
    await sandbox.store.tables.tenants.put(read)
  })

  test('without a session every page of the portal asks to sign in, and every form is refused', async () => {
    const { appUrl, entra } = world().sandbox
    for (const { route, methods } of portal.filter(({ name }) => name !== 'portal')) {
      const url = `${appUrl}${pathOf(route)}`
      if (methods.includes('GET')) {
        const page = await new Browser().get(url)
        expect({ route, url: new URL(page.url).origin }).toEqual({
          route,
          url: new URL(entra.signInUrl).origin,
        })
      } else {
        const page = await new Browser().post(url, { csrf: 'none' })
        expect({ route, status: page.status }).toEqual({ route, status: 401 })
      }
    }
  })

  test('somebody who may only look cannot change anything by any form', async () => {
    const { appUrl } = world().sandbox
    const viewer = await world().signIn(northwind.familyDoctor)
    const before = await storedOf(world(), NORTHWIND_HEALTH)
    const owner = await world().signIn(northwind.administrator)
    const { forms } = await crawl(owner.browser, appUrl)
    const writes = [
      ...forms,
      ...portal
        .filter(({ methods }) => methods.includes('POST'))
        .map(({ route }) => ({ action: pathOf(route), fields: {} })),
    ].filter(({ action }) => !NOT_FOLLOWED.test(action))
    for (const { action, fields } of writes) {
      const sent = { ...fields, csrf: field(viewer.page, 'csrf') }
      const page = await viewer.browser.post(`${appUrl}${action}`, sent, { follow: false })
      expect({ action, status: page.status }).toEqual({ action, status: 403 })
    }
    expect(await storedOf(world(), NORTHWIND_HEALTH)).toEqual(before)
  })

  test('no form of the portal is taken without our token, with another session’s, or from another origin', async () => {
    const { appUrl } = world().sandbox
    const owner = await world().signIn(northwind.administrator)
    const { csrf: others } = await world().signIn(northwind.administrator)
    const { forms } = await crawl(owner.browser, appUrl)
    const before = await storedOf(world(), NORTHWIND_HEALTH)
    const bare = portal.filter(({ methods }) => methods.includes('POST')).map(({ route }) => pathOf(route))
    const sent = new Map(
      [...bare.map((action) => ({ action, fields: {} })), ...forms].map((one) => [one.action, one]),
    )
    expect(sent.size).toBeGreaterThan(20)
    const foreign = { headers: { origin: 'https://evil.example' } }
    for (const { action, fields } of sent.values())
      for (const [how, csrf, more] of [
        ['no token', undefined, {}],
        ['another session’s token', others, {}],
        ['another origin', owner.csrf, foreign],
        ['no origin that can be told', owner.csrf, { headers: { origin: 'null' } }],
      ] as const) {
        const { csrf: _own, ...typed } = fields as Record<string, string>
        const page = await owner.browser.post(
          `${appUrl}${action}`,
          { ...typed, ...(csrf === undefined ? {} : { csrf }) },
          { follow: false, ...more },
        )
        const refused = page.status === 403 && page.text.includes('code form_')
        expect({ action, how, status: page.status, refused }).toEqual({
          action,
          how,
          status: 403,
          refused: true,
        })
      }
    expect(await storedOf(world(), NORTHWIND_HEALTH)).toEqual(before)
  })

  test('a session of one tenant opens nothing of the other by its site id in any case or spelling', async () => {
    const { appUrl } = world().sandbox
    const stranger = await world().signIn(woodgrove.administrator)
    for (const { route } of portal.filter(({ route: one }) => one.includes('{siteId}')))
      for (const id of [
        NORTHWIND_SITE.toUpperCase(),
        `${NORTHWIND_SITE}%20`,
        `..%2f${NORTHWIND_SITE}`,
        `${WOODGROVE_CLINICS}`,
      ]) {
        const page = await stranger.browser.get(
          `${appUrl}/${route.replace('{siteId}', id).replace(/\{[^}]*\}/g, 'x')}`,
        )
        expect({ route, id, ok: page.status === 200 && page.html.includes('Northwind') }).toMatchObject({
          ok: false,
        })
      }
  })
}
