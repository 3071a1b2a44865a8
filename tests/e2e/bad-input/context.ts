import { expect, test } from 'vitest'
import { Browser, field, type Page } from './browser.ts'
import { expectFailure, expectSafe } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

const USED_UP = { except: ['consumed'] }

export function contextCases(world: () => World): void {
  const open = (url: string, browser = new Browser()): Promise<Page> =>
    leavesNothing(world(), () => browser.get(url), USED_UP)

  test('a launch from outside of a chart is the clinician’s own day', async () => {
    const page = await open(world().launchUrl({}, 'none'))
    expect(page.status).toBe(200)
    expect(heading(page)).toContain('Today’s video visits')
    expectSafe(page)
  })

  test('a token without any context opens no appointment', async () => {
    const { faults } = world().sandbox.ehr
    faults.withoutContext = true
    try {
      const page = await open(world().launchUrl(world().book(20)))
      expect(heading(page)).toContain('Today’s video visits')
    } finally {
      faults.withoutContext = false
    }
  })

  test('a chart without a video appointment near now says so', async () => {
    const patientId = world().emptyChart()
    const { ehr } = world().sandbox
    const made = [world().book(30, { patientId, video: false }), world().book(30, { patientId })]
    ehr.cancel(made[1]?.appointmentId ?? '')
    await expectFailure(
      world(),
      await open(world().launchUrl({ patientId }, 'patient')),
      'launch_no_appointment',
    )
    world().emptyChart()
  })

  test('a page that found its appointment by a search never becomes the page of another one', async () => {
    const patientId = world().emptyChart()
    const first = world().book(30, { patientId })
    const browser = new Browser()
    const page = await browser.get(world().launchUrl({ patientId }, 'patient'))
    expect(page.text).toContain('Join in Teams')
    world().sandbox.ehr.cancel(first.appointmentId)
    world().book(60, { patientId })
    await expectFailure(world(), await browser.get(page.url), 'appointment_cancelled')
    world().emptyChart()
  })

  test('a chart with several asks which, and stays with the answer while the list changes', async () => {
    const patientId = world().emptyChart()
    const [earliest = ''] = [30, 90, 150].map((minutes) => world().book(minutes, { patientId }).appointmentId)
    const browser = new Browser()
    const asked = await open(world().launchUrl({ patientId }, 'patient'), browser)
    expect(asked.status).toBe(200)
    expect(asked.text).toContain('Which appointment?')
    expectSafe(asked)
    const csrf = field(asked, 'csrf')
    const choose = new URL(asked.url.replace(/visit$/, 'choose')).href
    const choices = [...asked.html.matchAll(/name="choice" value="([^"]+)"/g)].map(([, value = '']) => value)
    expect(new Set(choices).size).toBe(3)
    for (const choice of ['0', '1', 'AAAAAAAAAAAA', 'x'.repeat(3000), ''])
      expect((await browser.post(choose, { csrf, choice })).text).toContain('Which appointment?')
    const [first, second = '', third = ''] = choices
    const chosen = await browser.post(choose, { csrf, choice: second })
    expect(new URL(chosen.url).search).toBe(`?choice=${second}`)
    expect(chosen.text).toContain('Join in Teams')
    expect(field(chosen, 'choice')).toBe(second)
    // Another launch of the same chart names them otherwise.
    const other = await new Browser().get(world().launchUrl({ patientId }, 'patient'))
    expect(other.html).not.toContain(first)
    world().sandbox.ehr.cancel(earliest)
    expect(heading(await browser.get(chosen.url))).toBe(heading(chosen))
    expect((await browser.post(choose, { csrf, choice: third })).text).toContain('Join in Teams')
    world().emptyChart()
  })

  test('an encounter leads to its appointment', async () => {
    const page = await new Browser().get(world().launchUrl(world().book(20), 'encounter'))
    expect(page.text).toContain('Join in Teams')
  })

  test('a cancelled appointment opens no meeting', async () => {
    const booked = world().book(20)
    world().sandbox.ehr.cancel(booked.appointmentId)
    await expectFailure(world(), await open(world().launchUrl(booked)), 'appointment_cancelled')
  })

  test('an appointment in the clinic opens no meeting', async () => {
    const page = await open(world().launchUrl(world().book(20, { video: false })))
    await expectFailure(world(), page, 'appointment_not_video')
  })

  test('an appointment of yesterday opens no meeting', async () => {
    await expectFailure(world(), await open(world().launchUrl(world().book(-26 * 60))), 'appointment_over')
  })

  test('an appointment that was cancelled while its page stood open cannot be joined', async () => {
    const { page, browser, appointmentId } = await world().openVisit(20)
    world().sandbox.ehr.cancel(appointmentId)
    const join = page.url.replace(/visit$/, 'join')
    const refused = await leavesNothing(world(), () => browser.post(join, { csrf: field(page, 'csrf') }))
    await expectFailure(world(), refused, 'appointment_cancelled')
  })
}

function heading({ html }: Page): string | undefined {
  return /<h1[\s\S]*?<\/h1>/.exec(html)?.[0]
}
