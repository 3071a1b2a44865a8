import type { Browser as Chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../../sandbox/browser.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { field } from './bad-input/browser.ts'
import { eventually, violations } from './patient/world.ts'
import { type PortalWorld, startPortalWorld } from './portal/world.ts'
import { GUEST, type ReportMoves, reportMoves, SITE, seeded } from './reports/world.ts'

const MINUTE = 60_000
const { northwind, woodgrove } = ACCOUNTS
let chromium: Chromium
let world: PortalWorld
let moves: ReportMoves
const at = (path: string) => `${world.sandbox.appUrl}${path}`

beforeAll(async () => {
  chromium = await launchBrowser()
  world = await startPortalWorld()
  moves = reportMoves(world, chromium)
}, 400_000)
afterAll(async () => {
  await world?.close()
  await chromium?.close()
})

describe('a visit in the reports', () => {
  test('is there as soon as its call ended, and complete when Microsoft’s report is in', async () => {
    const visit = await moves.book(5)
    const meetingId = await moves.join(visit.link)
    await moves.meet(meetingId)
    // No timer runs here: the end of the call itself brought it.
    const live = await eventually('the visit in the reports', () => moves.record(visit))
    expect(live).toMatchObject({ outcome: 'completed', attendees: 2 })
    await world.sandbox.clock.advance(2 * MINUTE)
    const whole = await eventually('the attendance report', async () => {
      const record = await moves.record(visit)
      return record?.basis === 'attendance' ? record : undefined
    })
    expect(whole).toMatchObject({
      outcome: 'completed',
      clinicianId: northwind.familyDoctor,
      device: 'none',
    })
    // The clock jumps by twenty minutes, and goes on meanwhile.
    expect(whole.seconds).toBeGreaterThanOrEqual(20 * 60)
    expect(whole.seconds).toBeLessThan(25 * 60)
    expect(whole.waited).toBeGreaterThanOrEqual(120)
    await world.sandbox.clock.advance(200 * MINUTE)
    await world.sandbox.host.invoke('reportTimer')
    const row = await eventually('the last look', async () => {
      const one = await moves.row(visit.visitKey)
      return one?.reportAt === undefined ? undefined : one
    })
    expect(JSON.stringify(row)).not.toContain(GUEST)
  })

  test('that failed is there as well, with why, from the planned end on', async () => {
    const visit = await moves.book(5)
    const tried = await moves.book(6)
    await moves.join(tried.link)
    await world.sandbox.host.invoke('reportTimer')
    await eventually('the visit as upcoming', async () => (await moves.record(visit))?.outcome === 'upcoming')
    await world.sandbox.clock.advance(40 * MINUTE)
    await world.sandbox.host.invoke('reportTimer')
    await eventually('the no show', async () => (await moves.record(visit))?.outcome === 'no_show')
    const record = await eventually('the absent clinician', async () => {
      const one = await moves.record(tried)
      return one?.outcome === 'clinician_absent' ? one : undefined
    })
    expect(record.waited).toBeUndefined()
  })
})

describe('the pages', () => {
  beforeAll(async () => {
    const today = world.sandbox.clock.now()
    const day = (back: number) => new Date(today.getTime() - back * 86_400_000).toISOString().slice(0, 10)
    const times = (date: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        new Date(Date.parse(`${date}T08:00:00Z`) + index * MINUTE).toISOString(),
      )
    await moves.seed(
      day(2),
      times(day(2), 70).map((start) => seeded(start)),
    )
    await moves.seed(
      day(3),
      times(day(3), 3).map((start) =>
        seeded(start, {
          outcome: 'technical_failure',
          reason: 'device_failed',
          rating: 'poor',
          quality: '{"rating":"poor","jitterMs":62,"loss":0.14,"roundTripMs":610,"streams":4}',
          clinicianId: northwind.cardiologist,
        }),
      ),
    )
  })

  test('are for administrators and reports readers, and for nobody else', async () => {
    for (const account of [northwind.administrator, northwind.frontDesk, northwind.configurator]) {
      const { page } = await world.signIn(account, '/portal/reports')
      expect(page.url).toBe(at('/portal/reports/appointments'))
      expect(page.status).toBe(200)
      expect(page.text).not.toContain('read-only')
    }
    const { page, browser } = await world.signIn(northwind.familyDoctor, '/portal/reports/appointments')
    expect(page.status).toBe(403)
    expect(page.text).toContain('The reports are not open to your account')
    expect((await browser.get(at('/portal/reports/appointments/export'))).status).toBe(403)
  })

  test('show what was filtered, in an address that another reader can open', async () => {
    const path =
      '/portal/reports/appointments?outcome=technical_failure&columns=start,outcome,reason,clinician'
    const { page } = await world.signIn(northwind.frontDesk, path)
    expect(page.url).toBe(at(path))
    expect(page.text).toContain('3 rows')
    expect(page.text).toContain('the patient’s device check failed')
    // Read from Graph now; nothing of the name is stored.
    expect(page.text).toContain('Liam Chen, MD')
    for await (const row of world.sandbox.store.tables.reports.all())
      expect(JSON.stringify(row)).not.toMatch(/Liam|Maya|Patience/)
  })

  test('turn what was typed into the form into an address that is short enough to send', async () => {
    const { browser } = await world.signIn(northwind.frontDesk, '/portal/reports/appointments')
    const shown = 'shown=2031-02-25.2031-03-03'
    const form = `range=7&from=2031-02-28&to=2031-03-02&site=&${shown}&outcome=no_show&outcome=cancelled`
    const page = await browser.get(at(`/portal/reports/appointments?${form}`))
    expect(page.url).toBe(
      at('/portal/reports/appointments?range=custom&from=2031-02-28&to=2031-03-02&outcome=no_show,cancelled'),
    )
  })

  test('page through what there is, and sort by another column', async () => {
    const { browser, page } = await world.signIn(northwind.frontDesk, '/portal/reports/appointments')
    expect(page.text).toMatch(/Page 1 of 2/)
    const second = await browser.get(at('/portal/reports/appointments?page=2'))
    expect(second.text).toMatch(/Page 2 of 2/)
    const starts = (html: string) =>
      [...html.matchAll(/<th scope="row">([^<]+)/g)].map(([, text]) => text ?? '')
    const tableOf = (html: string) => html.slice(html.indexOf('id="rows-h"'))
    const both = [...starts(tableOf(page.html)), ...starts(tableOf(second.html))]
    expect(both).toEqual([...both].sort().reverse())
    expect(new Set(both).size).toBeGreaterThan(70)
    const sorted = await browser.get(
      at('/portal/reports/appointments?sort=duration&order=asc&columns=duration'),
    )
    const durations = starts(tableOf(sorted.html)).filter((text) => text !== '–')
    expect(durations[0]).toBe('0:00')
    expect(tableOf(sorted.html)).toContain('aria-sort="ascending"')
  })

  test('give a file that a spreadsheet reads and does not compute', async () => {
    const { sites } = await sitesOf()
    await sites((site) => ({
      ...site,
      departments: site.departments.map((one, index) =>
        index === 0 ? { ...one, name: '=HYPERLINK("x")' } : one,
      ),
    }))
    const { browser } = await world.signIn(northwind.frontDesk, '/portal/reports/appointments')
    const cookie = browser.cookieHeader(at('/portal/reports'))
    const response = await fetch(
      at('/portal/reports/appointments/export?columns=start,department,outcome,duration'),
      {
        headers: { cookie },
      },
    )
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="appointments-.*\.csv"$/,
    )
    const bytes = Buffer.from(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString().slice(1).split('\r\n')
    expect(lines[0]).toBe('"Start (UTC)","Department","Status","Duration (seconds)"')
    expect(lines.length).toBeGreaterThan(74)
    expect(bytes.toString()).toContain('"Completed",1200')
    for (const cell of bytes.toString().split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+@]/)
    expect(bytes.toString()).toContain(`"'=HYPERLINK(""x"")"`)
  })

  test('refuse a file of more than 100,000 rows with a way on', async () => {
    const { reports } = world.sandbox.store.tables
    const partitionKey = `${SITE.tenantId}|${SITE.siteId}|2019-05`
    const json =
      '{"family-medicine":{"visits":{"completed|none|none":100001},"waited":{},"seconds":{},"messages":{}}}'
    await reports.put({ partitionKey, rowKey: 'd:2019-05-06', schema: 1, type: 'day', json })
    const range = 'range=custom&from=2019-05-01&to=2019-05-31'
    const { browser, page } = await world.signIn(northwind.frontDesk, `/portal/reports/appointments?${range}`)
    expect(page.text).toContain('Too many rows for one file')
    expect(page.html).not.toContain('Export as CSV')
    const refused = await browser.get(at(`/portal/reports/appointments/export?${range}`))
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('choose a shorter range')
    const sorted = await browser.get(at(`/portal/reports/appointments?${range}&sort=duration`))
    expect(sorted.text).toContain('Other sorts work for up to 5,000 rows')
    await reports.remove({ partitionKey, rowKey: 'd:2019-05-06' })
  })

  test('show nothing of another tenant', async () => {
    const { page } = await world.signIn(
      woodgrove.frontDesk,
      `/portal/reports/appointments?site=${SITE.siteId}`,
    )
    expect(page.status).toBe(200)
    expect(page.text).toContain('0 rows')
  })

  test.each([
    '/portal/reports/appointments?range=90',
    '/portal/reports/appointments?full=1',
    '/portal/reports/messages',
    '/portal/reports/quality',
  ])('break no rule of accessibility: %s', async (path) => {
    const { browser } = await world.signIn(northwind.frontDesk, '/portal/reports/messages')
    const cookies = browser
      .cookieHeader(at(path))
      .split('; ')
      .map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        url: world.sandbox.appUrl,
      }))
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1280, 'dark'],
    ] as const) {
      const context = await chromium.newContext({ viewport: { width, height: 844 }, colorScheme })
      await context.setExtraHTTPHeaders({
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      await page.goto(at(path))
      await page.locator('#rows-h').waitFor()
      expect(await violations(page)).toEqual([])
      expect(problems).toEqual([])
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wider).toBe(0)
      await context.close()
    }
  })
})

describe('the settings', () => {
  const PATH = '/portal/report-settings'

  test('are for administrators, keep what makes sense, and stand in the history', async () => {
    const reader = await world.signIn(northwind.frontDesk, PATH)
    expect(reader.page.status).toBe(403)
    const { browser, page, csrf } = await world.signIn(northwind.administrator, PATH)
    const version = field(page, 'version')
    const refused = await browser.post(at(PATH), { csrf, version, retention: '0', quality: 'on' })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('from 1 to 120')
    const saved = await browser.post(at(PATH), { csrf, version, retention: '24', quality: 'on' })
    expect(saved.text).toContain('Saved.')
    expect(saved.html).toMatch(/value="24"/)
    expect((await browser.get(at('/portal/reports/quality'))).text).not.toContain('switched off')
    expect((await browser.get(at('/portal/history'))).text).toContain('Report settings changed')
    const late = await browser.post(at(PATH), { csrf, version, retention: '12', quality: 'off' })
    expect(late.status).toBe(409)
  })

  test('let an organization go, once its own id is typed, with a receipt and nothing left', async () => {
    const tenantId = WOODGROVE_CLINICS
    const { tables } = world.sandbox.store
    const { browser, page, csrf } = await world.signIn(woodgrove.administrator, PATH)
    await browser.post(at(PATH), { csrf, version: field(page, 'version'), retention: '6', quality: 'off' })
    const remove = (confirm: string) => browser.post(at('/portal/remove-organization'), { csrf, confirm })
    const wrong = await remove(SITE.tenantId)
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('Nothing was erased')
    expect(await tables.tenants.get(tenantId, 'tenant')).toBeDefined()
    const receipt = await remove(tenantId)
    expect(receipt.text).toContain('Organization removed')
    expect(receipt.text).toContain(tenantId)
    expect(await tables.tenants.get(tenantId, 'tenant')).toBeUndefined()
    const kept: unknown[] = []
    for await (const row of tables.erasures.list(tenantId)) kept.push(row)
    expect(kept).toMatchObject([{ kind: 'tenant' }])
    // The other organization has everything still.
    expect((await tables.sites.get(SITE.tenantId, SITE.siteId))?.json).toBeDefined()
  })
})

/** Changes the site as the store does, and nothing else. */
async function sitesOf() {
  const { siteStore } = await import('../../src/core/sites/site-store.ts')
  const store = siteStore(world.sandbox.store)
  return {
    async sites(change: (site: NonNullable<Awaited<ReturnType<typeof store.get>>>) => typeof site) {
      const site = await store.get(SITE.tenantId, SITE.siteId)
      if (!site) throw new Error('the sandbox has no site')
      const saved = await store.save(change(site))
      if (!saved.ok) throw new Error(saved.failure.code)
    },
  }
}
