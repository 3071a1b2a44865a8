import { expect, test } from 'vitest'
import { type FailureCode, wordsOf } from '../../../src/core/failures.ts'
import { Browser, type Page } from '../bad-input/browser.ts'
import { expectFailure, expectSafe, tryAgain } from '../bad-input/expect-page.ts'
import type { Booked, Visit, World } from '../bad-input/world.ts'
import { rowOf, send } from './forms.ts'
import { lookOf } from './look.ts'

type Fault = {
  readonly name: string
  readonly code: FailureCode
  /** Switches it on. @returns how to switch it off. */
  readonly begin: (world: World) => () => void
  /** What the page cannot know meanwhile; undefined where a meeting that is there needs nothing of it. */
  readonly says?: string
}

const CHART =
  'Check patient and time in the chart before you join. The meeting is there, and you can join it.'
const ACCOUNT = 'We cannot check your Microsoft account'

/** Beyond the time that one answer of the EHR, or of Graph, is waited for. */
const SLOW_EHR_MS = 11_000
const SLOW_GRAPH_MS = 17_000

type EhrSwitch = 'fhirTokenRefused' | 'fhirForbidden' | 'fhirThrottled' | 'fhirUnavailable'
const ehr = (name: string, code: FailureCode, fault: EhrSwitch): Fault => ({
  name: `the EHR answers ${name}`,
  code,
  says: CHART,
  begin({ sandbox }) {
    sandbox.ehr.faults[fault] = true
    return () => {
      sandbox.ehr.faults[fault] = false
    }
  },
})
const graph = (name: string, code: FailureCode, fault: 'throttled' | 'unavailable'): Fault => ({
  name: `Graph answers ${name}`,
  code,
  says: ACCOUNT,
  begin({ sandbox }) {
    sandbox.graph.faults[fault] = true
    return () => {
      sandbox.graph.faults[fault] = false
    }
  },
})
const slow = (who: 'ehr' | 'graph', code: FailureCode, milliseconds: number, says: string): Fault => ({
  name: `${who === 'ehr' ? 'the EHR' : 'Graph'} does not answer in time`,
  code,
  says,
  begin({ sandbox }) {
    sandbox[who].faults.slowMs = milliseconds
    return () => {
      sandbox[who].faults.slowMs = 0
    }
  },
})

const FAULTS: readonly Fault[] = [
  ehr('401', 'ehr_token_expired', 'fhirTokenRefused'),
  ehr('403', 'ehr_scope_missing', 'fhirForbidden'),
  ehr('429', 'ehr_throttled', 'fhirThrottled'),
  ehr('503', 'ehr_unavailable', 'fhirUnavailable'),
  slow('ehr', 'ehr_unreachable', SLOW_EHR_MS, CHART),
  {
    name: 'Graph answers 403, the access policy is gone',
    code: 'graph_access_policy_missing',
    begin({ sandbox }) {
      const { accessPolicy } = sandbox.graph
      const granted = [...accessPolicy]
      accessPolicy.clear()
      return () => {
        for (const id of granted) accessPolicy.add(id)
      }
    },
  },
  graph('429', 'graph_throttled', 'throttled'),
  graph('503', 'graph_unavailable', 'unavailable'),
  slow('graph', 'graph_unavailable', SLOW_GRAPH_MS, ACCOUNT),
]

export function faultCases(world: () => World): void {
  /** A launch that has its session, and whose page was not opened: its appointment has no meeting. */
  async function launched(booked: Booked): Promise<{ browser: Browser; url: string }> {
    const browser = new Browser()
    const stopAt = (location: string) => location.endsWith('/visit')
    const answer = await browser.get(world().launchUrl(booked), { stopAt })
    return { browser, url: new URL(answer.headers.get('location') ?? '', world().sandbox.appUrl).href }
  }

  const joinUrl = async (visit: Pick<Visit, 'browser' | 'page'>) =>
    (await send(visit, 'join', { way: 'browser' }, { follow: false })).headers.get('location')

  /** What an open page goes on with while its sources are silent. */
  async function expectLive(visit: Pick<Visit, 'browser' | 'page'>): Promise<void> {
    expect(visit.page.html).toMatch(/data-refresh="\d/)
    const look = await visit.browser.get(lookOf(visit.page))
    expect(look.status).toBe(200)
    expect(look.html).toContain('id="state"')
  }

  function expectUnread(page: Page, { says, code }: Fault): void {
    expect(page.status).toBe(200)
    expectSafe(page)
    expect(page.text).toContain('Join in Teams')
    if (says === undefined) return
    expect(page.text).toContain(wordsOf({ code }).title)
    expect(page.text).toContain(says)
    expect(page.text).toContain(`Code ${code}`)
  }

  test.each(FAULTS)('$name: a meeting that is there is joined all the same', async (fault) => {
    const visit = await world().openVisit(20)
    const teams = await joinUrl(visit)
    expect(teams).toContain('/l/meetup-join/')
    const again = await launched(visit)
    const end = fault.begin(world())
    try {
      // Together, since some of these faults are slow: the open page, the page read again, another launch of the chart.
      const [joined, reloaded, relaunched] = await Promise.all([
        joinUrl(visit),
        visit.browser.get(visit.page.url),
        again.browser.get(again.url),
        expectLive(visit),
      ])
      expect(joined).toBe(teams)
      for (const [browser, page] of [
        [visit.browser, reloaded],
        [again.browser, relaunched],
      ] as const) {
        expectUnread(page, fault)
        await expectLive({ browser, page })
      }
      expect(await joinUrl({ ...again, page: relaunched })).toBe(teams)
    } finally {
      end()
    }
    const whole = await visit.browser.get(visit.page.url)
    expect(whole.text).not.toContain('We cannot')
    expect(whole.html).toMatch(/<h1>Patient /)
  })

  test.each(FAULTS)(
    '$name: without a meeting the page says so, and Try again works afterwards',
    async (fault) => {
      const booked = world().book(20)
      const { browser, url } = await launched(booked)
      const meetings = world().sandbox.graph.meetings().length
      const end = fault.begin(world())
      let page: Page
      try {
        if (fault.code === 'graph_access_policy_missing') {
          // The appointment is shown all the same; Join is what cannot be done.
          const shown = await browser.get(url)
          expect(shown.status).toBe(200)
          page = await send({ browser, page: shown }, 'join', { way: 'browser' })
        } else {
          page = await browser.get(url)
          // Nothing is left half made.
          await expect(rowOf(world(), booked)).rejects.toThrow('no row')
        }
        expect(world().sandbox.graph.meetings()).toHaveLength(meetings)
      } finally {
        end()
      }
      await expectFailure(world(), page, fault.code)
      const again = await browser.get(new URL(tryAgain(page) ?? '', world().sandbox.appUrl).href)
      expect(again.text).toContain('Join in Teams')
      expect(await joinUrl({ browser, page: again })).toContain('/l/meetup-join/')
    },
  )

  test('a meeting that a patient’s tap made is joined from the chart while both are silent', async () => {
    const { sandbox } = world()
    const policy = FAULTS.find(({ code }) => code === 'graph_access_policy_missing')
    const granted = policy?.begin(world())
    const { link, ...booked } = await world()
      .openVisit(20)
      .finally(() => granted?.())
    const phone = new Browser()
    const csrf = /name="csrf" value="([^"]+)"/.exec((await phone.get(link)).html)?.[1] ?? ''
    const tapped = await phone.post(`${link}/join`, { csrf }, { follow: false })
    expect(tapped.headers.get('location')).toContain(sandbox.teams.url)
    const { browser, url } = await launched(booked)
    const silent = FAULTS.filter(({ code }) => ['ehr_unavailable', 'graph_throttled'].includes(code))
    const ends = silent.map((fault) => fault.begin(world()))
    try {
      const page = await browser.get(url)
      for (const fault of silent) expectUnread(page, fault)
      // Whether the watch over the lobby began before Graph fell silent decides how sure the page is.
      expect(page.text).toMatch(/on the way to the lobby|They pressed Join/)
      expect(await joinUrl({ browser, page })).toContain('/l/meetup-join/')
    } finally {
      for (const end of ends) end()
    }
  })

  test('a page that found its appointment in the chart, or on the day board, stays with it while the EHR is silent', async () => {
    const patientId = world().emptyChart()
    const booked = world().book(20, { patientId })
    const chart = new Browser()
    const ofChart = await chart.get(world().launchUrl({ patientId }, 'patient'))
    const day = new Browser()
    const board = await day.get(world().launchUrl({}, 'none'))
    const choices = [...board.html.matchAll(/href="([^"]*\/visit\?choice=[^"]+)"/g)].map(
      ([, href = '']) => href,
    )
    const ofBoard = await day.get(new URL(choices[0] ?? '', board.url).href)
    const end = FAULTS[0]?.begin(world())
    try {
      for (const [browser, page] of [
        [chart, ofChart],
        [day, ofBoard],
      ] as const) {
        const reloaded = await browser.get(page.url)
        expect(reloaded.text).toContain(CHART)
        expect(await joinUrl({ browser, page: reloaded })).toBe(await joinUrl({ browser, page }))
      }
      // A chart alone names no appointment: there is nothing that could be joined by it.
      const fresh = await new Browser().get(world().launchUrl({ patientId }, 'patient'))
      await expectFailure(world(), fresh, 'ehr_token_expired')
    } finally {
      end?.()
      world().sandbox.ehr.cancel(booked.appointmentId)
    }
  })

  test('another patient’s chart and a silent EHR opens nothing, by the page as by Join', async () => {
    const visit = await world().openVisit(20)
    const other = world().book(25)
    const { appointmentId } = visit
    const end = FAULTS.find(({ code }) => code === 'ehr_unavailable')?.begin(world())
    try {
      const { browser, url } = await launched({ appointmentId, patientId: other.patientId })
      await expectFailure(world(), await browser.get(url), 'ehr_unavailable')
      // Another page of the same launch has a form's token: Join is asked with it, and leads nowhere either.
      const consult = await browser.get(url.replace(/\/visit$/, '/consult'))
      const csrf = /name="csrf" value="([^"]+)"/.exec(consult.html)?.[1] ?? ''
      expect(csrf).not.toBe('')
      const join = url.replace(/\/visit$/, '/join')
      await expectFailure(world(), await browser.post(join, { csrf, way: 'browser' }), 'ehr_unavailable')
      const own = await launched(visit)
      expect((await own.browser.get(own.url)).text).toContain(CHART)
    } finally {
      end?.()
    }
  })

  test('while the EHR is silent a guest is sent the link, and the patient where the number is typed', async () => {
    const visit = await world().openVisit(20)
    const end = FAULTS[0]?.begin(world())
    const fields = { way: 'sms', language: 'en', form: 'AAAAAAAAAAAAAAAA' }
    try {
      const patient = await send(visit, 'send', { ...fields, role: 'patient', address: '' })
      expect(patient.status).toBe(422)
      expect(patient.text).toContain('The EHR does not show us the chart now')
      const guest = await send(visit, 'send', { ...fields, role: 'family', address: '(816) 555-0186' })
      expect(guest.text).toContain('The link was sent.')
    } finally {
      end?.()
    }
  })
}
