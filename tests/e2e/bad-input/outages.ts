import { expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { Browser, field } from './browser.ts'
import { expectFailure, expectSafe, tryAgain } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import { signIn, type World } from './world.ts'

const USED_UP = { except: ['consumed'] }

export function outageCases(world: () => World): void {
  /** Switches a fault on for as long as the work takes. */
  async function during<Faults extends object, T>(
    faults: Faults,
    fault: keyof { [K in keyof Faults as Faults[K] extends boolean ? K : never]: true },
    work: () => Promise<T>,
  ): Promise<T> {
    Object.assign(faults, { [fault]: true })
    try {
      return await work()
    } finally {
      Object.assign(faults, { [fault]: false })
    }
  }

  test.each([
    ['fhirUnavailable', 'ehr_unavailable'],
    ['fhirThrottled', 'ehr_throttled'],
  ] as const)('a launch while the EHR has %s can be tried again, and works then', async (fault, code) => {
    const { ehr, appUrl } = world().sandbox
    const browser = new Browser()
    const url = world().launchUrl(world().book(20))
    const page = await during(ehr.faults, fault, () =>
      leavesNothing(world(), () => browser.get(url), USED_UP),
    )
    await expectFailure(world(), page, code)
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await browser.get(new URL(tryAgain(page) ?? '', appUrl).href)).text).toContain('Join in Teams')
  })

  test('a link tapped while the EHR is down says what was last known, and the meeting can be joined', async () => {
    const { ehr, teams } = world().sandbox
    const { link } = await world().openVisit(20)
    const browser = new Browser()
    const [page, joined] = await during(ehr.faults, 'fhirUnavailable', async () => {
      const shown = await leavesNothing(world(), () => browser.get(link))
      const csrf = field(shown, 'csrf')
      return [shown, await browser.post(`${link}/join`, { csrf }, { follow: false })] as const
    })
    expect(page.status).toBe(200)
    expect(page.text).toContain('We cannot check your visit right now')
    expect(page.text).toContain('We cannot confirm the time right now, but you can still join.')
    expectSafe(page)
    expect(joined.headers.get('location')).toContain(teams.url)
  })

  /** A launch whose meeting cannot be made: the page opens, Join says what is wrong and offers to try again. */
  async function expectJoinFails(code: Parameters<typeof expectFailure>[2], heal: () => void): Promise<void> {
    const { sandbox } = world()
    const browser = new Browser()
    const meetings = sandbox.graph.meetings().length
    const visit = await browser.get(world().launchUrl(world().book(20)))
    const fields = { csrf: field(visit, 'csrf'), way: 'browser' }
    const join = visit.url.replace(/visit$/, 'join')
    const refused = await leavesNothing(world(), () => browser.post(join, fields))
    await expectFailure(world(), refused, code)
    expect(sandbox.graph.meetings().length).toBe(meetings)
    heal()
    const again = await browser.get(new URL(tryAgain(refused) ?? '', sandbox.appUrl).href)
    expect(again.text).toContain('Join in Teams')
    const joined = await browser.post(join, fields, { follow: false })
    expect(joined.headers.get('location')).toContain(sandbox.teams.url)
    expect(sandbox.graph.meetings().length).toBe(meetings + 1)
  }

  test('organizers without the access policy: Join says so, and works once it is granted', async () => {
    const { accessPolicy } = world().sandbox.graph
    const granted = [...accessPolicy]
    const heal = () => {
      for (const id of granted) accessPolicy.add(id)
    }
    accessPolicy.clear()
    try {
      await expectJoinFails('graph_access_policy_missing', heal)
    } finally {
      heal()
    }
  })

  test.each([
    ['throttled', 'graph_throttled'],
    ['unavailable', 'graph_unavailable'],
  ] as const)('a launch while Graph is %s says so, and works a moment later', async (fault, code) => {
    const { graph, appUrl } = world().sandbox
    const browser = new Browser()
    const url = world().launchUrl(world().book(20))
    const page = await during(graph.faults, fault, () =>
      leavesNothing(world(), () => browser.get(url), USED_UP),
    )
    await expectFailure(world(), page, code)
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await browser.get(new URL(tryAgain(page) ?? '', appUrl).href)).text).toContain('Join in Teams')
  })

  test('a patient who joins while Graph is down reads so, keeps the button, and gets in a moment later', async () => {
    const { graph, teams } = world().sandbox
    const { accessPolicy } = graph
    const granted = [...accessPolicy]
    // The clinician's page opened, and no meeting could be made.
    accessPolicy.clear()
    const { link } = await world().openVisit(20)
    for (const id of granted) accessPolicy.add(id)
    const browser = new Browser()
    const csrf = field(await browser.get(link), 'csrf')
    const page = await during(graph.faults, 'unavailable', () =>
      // Why no meeting could be made is kept in the visit, for the reports.
      leavesNothing(world(), () => browser.post(`${link}/join`, { csrf }), { except: ['visits'] }),
    )
    expect(page.status).toBe(503)
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(page.text).toContain('The visit could not be opened just now.')
    expectSafe(page)
    const joined = await browser.post(`${link}/join`, { csrf: field(page, 'csrf') }, { follow: false })
    expect(joined.headers.get('location')).toContain(teams.url)
  })

  /** The rows that connect EHR users with a Microsoft user. */
  async function mappedTo(entraUserId: string): Promise<number> {
    let rows = 0
    for await (const row of world().sandbox.store.tables.users.list(NORTHWIND_HEALTH))
      if (row.entraUserId === entraUserId) rows++
    return rows
  }

  test('a mapped clinician whose account was switched off signs in anew', async () => {
    const { sandbox } = world()
    const user = sandbox.entra.tenants[0]?.users.find(({ id }) => id === ACCOUNTS.northwind.familyDoctor)
    const browser = new Browser()
    const visit = await world().openVisit(20, browser)
    expect(await mappedTo(ACCOUNTS.northwind.familyDoctor)).toBe(2)
    Object.assign(user ?? {}, { enabled: false })
    try {
      const page = await browser.get(visit.page.url)
      expect(page.url.startsWith(sandbox.entra.signInUrl)).toBe(true)
      // Both rows: by the EHR's user and by the practitioner.
      expect(await mappedTo(ACCOUNTS.northwind.familyDoctor)).toBe(0)
    } finally {
      Object.assign(user ?? {}, { enabled: true })
    }
    await world().confirm(world().known, ACCOUNTS.northwind.familyDoctor)
  })

  test('one whose account was deleted is forgotten at the next launch, and whoever signs in is asked who they are', async () => {
    const { sandbox } = world()
    const users = (sandbox.entra.tenants[0]?.users ?? []) as { id: string }[]
    const at = users.findIndex(({ id }) => id === ACCOUNTS.northwind.familyDoctor)
    const [deleted] = users.splice(at, 1)
    try {
      const url = world().launchUrl(world().book(20))
      expect((await new Browser().get(url)).url.startsWith(sandbox.entra.signInUrl)).toBe(true)
      expect(await mappedTo(ACCOUNTS.northwind.familyDoctor)).toBe(0)
      const asked = await signIn(new Browser(), url, ACCOUNTS.northwind.cardiologist)
      expect(asked.url).toMatch(/\/confirm$/)
      expect(await mappedTo(ACCOUNTS.northwind.cardiologist)).toBe(0)
    } finally {
      if (deleted) users.splice(at, 0, deleted)
    }
    await world().confirm(world().known, ACCOUNTS.northwind.familyDoctor)
  })
}
