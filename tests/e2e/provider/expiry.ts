import { expect, test } from 'vitest'
import { northwindClients } from '../../../sandbox/northwind.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { Browser } from '../bad-input/browser.ts'
import { expectFailure } from '../bad-input/expect-page.ts'
import type { World } from '../bad-input/world.ts'
import { send, withSite } from './forms.ts'
import { lookOf } from './look.ts'

/** Past the life of an access token of the EHR, and well within a launch. */
const TEN_MINUTES = 600_000

export function expiryCases(world: () => World): void {
  const expire = () => world().sandbox.clock.advance(TEN_MINUTES)

  /** The EHR team registers the launch with the right to renew, or takes it away again. */
  function registerRenewal(renew: boolean): void {
    const { ehr, appUrl } = world().sandbox
    const client = northwindClients(appUrl).find(({ clientId }) => clientId === 'teams-ehr-connector')
    if (!client) throw new Error('the launch has no registration')
    ehr.register(renew ? { ...client, scope: `${client.scope} online_access` } : client)
  }

  const asksToRenew = ({ launch }: Site) => ({ ...launch, scopes: `${launch.scopes} online_access` })
  const withoutSystem = ({ system: _none, ...site }: Site): Site => site
  const tokenRequests = () =>
    world()
      .sandbox.ehr.ledger.filter(({ path }) => path.endsWith('/token'))
      .map(({ status }) => status)

  /** Opens a visit, lets its token end, and reads the page again. */
  async function openAndExpire() {
    const visit = await world().openVisit(40)
    await expire()
    const before = tokenRequests().length
    const page = await visit.browser.get(visit.page.url)
    return { visit, page, asked: tokenRequests().slice(before) }
  }

  async function expectJoins({ visit, page }: Awaited<ReturnType<typeof openAndExpire>>): Promise<void> {
    const joined = await send({ browser: visit.browser, page }, 'join', { way: 'browser' }, { follow: false })
    expect(joined.headers.get('location')).toContain('/l/meetup-join/')
    expect((await visit.browser.get(lookOf(page))).html).toContain('id="state"')
  }

  test('is renewed where the EHR gave a refresh token, and nobody notices', async () => {
    registerRenewal(true)
    try {
      await withSite(
        world(),
        (site) => withoutSystem({ ...site, launch: asksToRenew(site) }),
        async () => {
          const opened = await openAndExpire()
          expect(opened.asked).toEqual([200])
          expect(opened.page.html).toMatch(/<h1>Patient /)
          expect(opened.page.text).not.toContain('We cannot')
          await expectJoins(opened)
        },
      )
    } finally {
      registerRenewal(false)
    }
  })

  test('whose renewal is refused is not read by the system account either: the meeting is joined, and a new launch shows it whole', async () => {
    registerRenewal(true)
    try {
      await withSite(
        world(),
        (site) => ({ ...site, launch: asksToRenew(site) }),
        async () => {
          const visit = await world().openVisit(40)
          const { faults } = world().sandbox.ehr
          Object.assign(faults, { fhirTokenRefused: true })
          await expire()
          const page = await visit.browser.get(visit.page.url)
          Object.assign(faults, { fhirTokenRefused: false })
          expect(page.text).toContain('Code launch_taken_back')
          await expectJoins({ visit, page, asked: [] })
          // Nor is it asked for again.
          const before = tokenRequests().length
          expect((await visit.browser.get(visit.page.url)).text).toContain('Code launch_taken_back')
          expect(tokenRequests().slice(before)).toEqual([])
        },
      )
    } finally {
      Object.assign(world().sandbox.ehr.faults, { fhirTokenRefused: false })
      registerRenewal(false)
    }
  })

  test('which the EHR refused before its time is not read by the system account when that has come', async () => {
    const { faults } = world().sandbox.ehr
    const visit = await world().openVisit(40)
    Object.assign(faults, { fhirTokenRefused: true })
    try {
      expect((await visit.browser.get(visit.page.url)).text).toContain('Code ehr_token_expired')
    } finally {
      Object.assign(faults, { fhirTokenRefused: false })
    }
    await expire()
    const page = await visit.browser.get(visit.page.url)
    expect(page.text).toContain('Code launch_taken_back')
    await expectJoins({ visit, page, asked: [] })
    const board = new URL(page.url.replace(/\/visit.*$/, '/board'))
    expect((await visit.browser.get(board.href)).text).not.toContain('Patient ')
  })

  test('that cannot be renewed is one that the system account reads in place of', async () => {
    const opened = await openAndExpire()
    expect(opened.page.html).toMatch(/<h1>Patient /)
    await expectJoins(opened)
  })

  test('that cannot be renewed, without a system account: the meeting is joined, and a new launch shows it whole', async () => {
    await withSite(world(), withoutSystem, async () => {
      const opened = await openAndExpire()
      expect(opened.page.status).toBe(200)
      expect(opened.page.text).toContain('The EHR’s permission has run out')
      expect(opened.page.text).toContain('Check patient and time in the chart before you join')
      expect(opened.page.text).toContain('open the visit from the chart again')
      await expectJoins(opened)
      const anew = await new Browser().get(world().launchUrl(opened.visit))
      expect(anew.html).toMatch(/<h1>Patient /)
    })
  })

  test('that cannot be renewed, without a system account and without a meeting: a page that says so', async () => {
    await withSite(world(), withoutSystem, async () => {
      const booked = world().book(40)
      const browser = new Browser()
      const stopAt = (location: string) => location.endsWith('/visit')
      const answer = await browser.get(world().launchUrl(booked), { stopAt })
      await expire()
      const url = new URL(answer.headers.get('location') ?? '', world().sandbox.appUrl).href
      await expectFailure(world(), await browser.get(url), 'ehr_token_expired')
      expect((await browser.get(world().launchUrl(booked))).text).toContain('Join in Teams')
    })
  })
}
