import { expect, test } from 'vitest'
import { ACCOUNTS } from '../../../sandbox/entra/tenants.ts'
import { enterMeeting } from '../../../sandbox/story/visit.ts'
import type { Rig } from './rig.ts'
import { open, PATIENTS, PHONE } from './world.ts'

const JOIN = { en: 'Join the visit', es: 'Entrar a la consulta', fr: 'Rejoindre la consultation' } as const

/** One button, and the lobby of Teams. */
export function joinCases(rig: () => Rig): void {
  const lobbyOf = (externalJoinUrl: string) => {
    const { graph, teams } = rig().world.sandbox
    const meeting = graph.meetings().find(({ joinWebUrl }) => externalJoinUrl.startsWith(joinWebUrl))
    return meeting ? teams.participants(meeting.id) : []
  }

  test.each(['en', 'es', 'fr'] as const)('works without script in %s', async (lang) => {
    const { world, browsers } = rig()
    const one = await world.visit(20, PATIENTS[lang])
    const { page, done } = await open(browsers.granted, one.link, { javaScriptEnabled: false })
    await page.getByRole('button', { name: JOIN[lang] }).click()
    await page.waitForURL((url) => url.href.startsWith(world.sandbox.teams.url))
    expect(page.url()).toContain('anon=true')
    const before = lobbyOf(page.url().replace(/\?.*$/, ''))
    await enterMeeting(page)
    await page.locator('[data-testid="lobby"]').waitFor()
    expect(before.every(({ inLobby }) => inLobby)).toBe(true)
    expect((await world.row(one)).patientWaitingSince).toBeDefined()
    await done()
  })

  test('by the virtual-appointment URL works too, where the tenant gives one', async () => {
    const { world, browsers } = rig()
    world.sandbox.graph.faults.virtualAppointmentUrl = true
    try {
      const { link } = await world.visit(20)
      const { page, done } = await open(browsers.granted, link, { javaScriptEnabled: false })
      await page.getByRole('button', { name: JOIN.en }).click()
      await page.waitForURL((url) => url.href.startsWith(`${world.sandbox.teams.url}/visit`))
      await enterMeeting(page)
      await page.locator('[data-testid="lobby"]').waitFor()
      await done()
    } finally {
      world.sandbox.graph.faults.virtualAppointmentUrl = false
    }
  })

  test('an employee who is signed in to Microsoft waits in the lobby as a guest, like every patient', async () => {
    const { world, browsers } = rig()
    const { ehr, appUrl, teams, graph } = world.sandbox
    const one = await world.visit(20)
    const context = await browsers.granted.newContext(PHONE)
    const page = await context.newPage()
    const practitionerId = ehr.practitioners()[0]?.id ?? ''
    const { appointmentId } = one
    await page.goto(
      ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId, appointmentId }, 'appointment'),
    )
    await page.locator(`button[name="account"][value="${ACCOUNTS.northwind.familyDoctor}"]`).click()
    await page.waitForURL(/\/launch\/[^/]+\/confirm$/)
    await page.goto(one.link)
    await page.getByRole('button', { name: JOIN.en }).click()
    await page.waitForURL((url) => url.href.startsWith(teams.url))
    await enterMeeting(page)
    await page.locator('[data-testid="lobby"]').waitFor()
    const people = graph.meetings().flatMap(({ id }) => teams.participants(id))
    expect(people.every(({ userId }) => userId === undefined)).toBe(true)
    await context.close()
  })

  test('twice, or on two devices, leads to one meeting, and the page says when it was pressed', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const meetings = world.sandbox.graph.meetings().length
    const addresses: string[] = []
    for (const device of ['phone', 'tablet']) {
      const { page, done } = await open(browsers.granted, one.link)
      if (device === 'tablet') await page.getByText(/You opened the visit at .+ you can join again/).waitFor()
      await page.getByRole('button', { name: JOIN.en }).click()
      await page.waitForURL((url) => url.href.startsWith(world.sandbox.teams.url))
      addresses.push(new URL(page.url()).pathname)
      await done()
    }
    expect(new Set(addresses).size).toBe(1)
    expect(world.sandbox.graph.meetings().length).toBe(meetings + 1)
  })

  test('the page that waits offers Join by itself when it is time', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(40)
    const { page, done } = await open(browsers.granted, one.link)
    await page.getByRole('heading', { name: 'You are early' }).waitFor()
    expect(await page.getByRole('button', { name: JOIN.en }).count()).toBe(0)
    world.sandbox.ehr.move(one.appointmentId, new Date(one.start.getTime() - 15 * 60_000))
    await page.evaluate(() => document.dispatchEvent(new Event('look')))
    await page.getByRole('button', { name: JOIN.en }).waitFor()
    expect(await page.locator('#announce').textContent()).toBe('Your visit is ready')
    await done()
  })
}
