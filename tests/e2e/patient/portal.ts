import { expect, test } from 'vitest'
import type { Rig } from './rig.ts'
import { open, PATIENTS } from './world.ts'

/** From the EHR's patient portal to the link's own page. */
export function portalCases(rig: () => Rig): void {
  const portalUrl = (who: { patientId: string; appointmentId?: string }) => {
    const { ehr, appUrl } = rig().world.sandbox
    return ehr.patientLaunchUrl(`${appUrl}/launch/patient`, who)
  }

  test('ends on the page of the visit, without anything typed', async () => {
    const { world, browsers } = rig()
    const { appointmentId, link } = await world.visit(20)
    const { page, done } = await open(browsers.granted, portalUrl({ patientId: PATIENTS.en, appointmentId }))
    expect(page.url()).toBe(link)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your visit is ready')
    await done()
  })

  test('without a visit in the launch finds the next one of the patient', async () => {
    const { world, browsers } = rig()
    const patientId = '12724122'
    for (const row of world.sandbox.ehr.board())
      if (row.patientId === patientId) world.sandbox.ehr.cancel(row.appointmentId)
    const { link } = await world.visit(45, patientId)
    const { page, done } = await open(browsers.granted, portalUrl({ patientId }))
    expect(page.url()).toBe(link)
    await done()
  })

  test('with the visit of another patient opens nothing', async () => {
    const { world, browsers } = rig()
    const { appointmentId } = await world.visit(20, PATIENTS.fr)
    const { page, done } = await open(browsers.granted, portalUrl({ patientId: PATIENTS.en, appointmentId }))
    expect(page.url()).not.toContain('/v/')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('We found no video visit')
    await done()
  })

  test('keeps no session: the browser holds no cookie but the one that binds a launch to it', async () => {
    const { world, browsers } = rig()
    const { appointmentId } = await world.visit(20)
    const url = portalUrl({ patientId: PATIENTS.en, appointmentId })
    const { context, done } = await open(browsers.granted, url)
    const own = (await context.cookies(world.sandbox.appUrl)).map(({ name }) => name)
    expect(own).toEqual(['__Host-browser'])
    await done()
  })

  test('from a portal that nobody set up, or the provider’s address, goes nowhere', async () => {
    const { world, browsers } = rig()
    const { appUrl, ehr } = world.sandbox
    const asked = ehr.ledger.length
    for (const iss of ['https://portal.example/r4', ehr.fhirBaseUrl]) {
      const url = `${appUrl}/launch/patient?iss=${encodeURIComponent(iss)}&launch=synthetic`
      const { page, done } = await open(browsers.granted, url)
      expect(page.url()).toBe(url)
      expect(await page.locator('main').textContent()).toContain('launch_unknown_issuer')
      await done()
    }
    expect(ehr.ledger.length).toBe(asked)
  })

  test('answered a second time, or in another browser, goes nowhere', async () => {
    const { world, browsers } = rig()
    const { appointmentId } = await world.visit(20)
    const context = await browsers.granted.newContext()
    const page = await context.newPage()
    const answers: string[] = []
    page.on('request', (request) => {
      if (request.url().includes('/launch/patient/callback')) answers.push(request.url())
    })
    await page.goto(portalUrl({ patientId: PATIENTS.en, appointmentId }))
    const [answer = ''] = answers
    await page.goto(answer)
    expect(await page.locator('main').textContent()).toContain('state_replayed')
    await context.close()
    const other = await open(browsers.granted, answer)
    expect(await other.page.locator('main').textContent()).toContain('state_foreign_browser')
    await other.done()
  })

  test('inside the portal’s frame shows one way out of it, and begins no sign-in', async () => {
    const { world } = rig()
    const { appointmentId } = await world.visit(20)
    const url = portalUrl({ patientId: PATIENTS.en, appointmentId })
    const answer = await fetch(url, { headers: { 'sec-fetch-dest': 'iframe' }, redirect: 'manual' })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    expect(html).toContain('target="_top"')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain(`frame-ancestors ${new URL(world.sandbox.ehr.patientBaseUrl).origin}`)
    expect(answer.headers.getSetCookie()).toEqual([])
  })
}
