import { expect, test } from 'vitest'
import { eventually } from '../../../sandbox/story/step.ts'
import { Browser, field, type Page, textOf } from '../bad-input/browser.ts'
import { dump, type Visit, type World } from '../bad-input/world.ts'
import { rowOf, send } from './forms.ts'
import { lookOf, sweep } from './look.ts'

/** The board's lines, top to bottom: what each says, and whether it is marked as waiting. */
function linesOf({ html }: Page): { text: string; waits: boolean; href: string | undefined }[] {
  return html
    .split(/<li class="card/)
    .slice(1)
    .map((part) => ({
      text: textOf(part),
      waits: part.startsWith(' waits"'),
      href: /href="([^"]*\/visit\?choice=[^"]+)"/.exec(part)?.[1]?.replaceAll('&amp;', '&'),
    }))
}

export function boardCases(world: () => World): void {
  const openBoard = async (browser = new Browser()) => browser.get(world().launchUrl({}, 'none'))

  /** Opens a visit of a patient with a name of their own, and waits until Graph tells us who is in its meeting. */
  async function openNamed(minutes: number, family: string): Promise<Visit> {
    const { patientId } = world().sandbox.ehr.newChart(family, 'Ilse')
    const booked = world().book(minutes, { patientId })
    const browser = new Browser()
    const page = await browser.get(world().launchUrl(booked))
    await eventually('the subscription', async () => (await rowOf(world(), booked)).subscriptionId)
    return { ...booked, browser, page, link: '' }
  }

  /** Teams tells that somebody from outside stands in the lobby of a visit's meeting. @returns how they leave. */
  async function waits(visit: Visit): Promise<() => Promise<void>> {
    const { graph, clock } = world().sandbox
    const joined = await send(visit, 'join', { way: 'browser' }, { follow: false })
    const meeting = graph.findByJoinUrl(joined.headers.get('location') ?? '')
    if (!meeting) throw new Error('the visit has no meeting')
    const participant = {
      id: `patient-${meeting.id}`,
      displayName: 'Ilse',
      userId: undefined,
      inLobby: true,
      joinedAt: clock.now().toISOString(),
    }
    await graph.roster(meeting.id, { kind: 'joined', participant })
    return () => graph.roster(meeting.id, { kind: 'left', participantId: participant.id })
  }

  test('shows today’s video visits of this clinician, who waits first, whatever the hour, and opens each', async () => {
    const earlier = await openNamed(70, 'Vandersynth')
    const later = await openNamed(130, 'Wintersynth')
    const browser = new Browser()
    const before = await openBoard(browser)
    expect(before.url).toMatch(/\/board$/)
    const order = (page: Page) =>
      linesOf(page).flatMap(({ text }) => /Ilse (Vander|Winter)synth/.exec(text)?.[1] ?? [])
    expect(order(before)).toEqual(['Vander', 'Winter'])
    const sign = (await browser.get(lookOf(before))).headers.get('etag') ?? ''
    const unchanged = await browser.get(lookOf(before), { headers: { 'if-none-match': sign } })
    expect(unchanged.status).toBe(304)

    const leave = await waits(later)
    try {
      // The open board sees the change, and is read again as a whole: names are in no row.
      const changed = await eventually('news for the open board', async () => {
        const look = await browser.get(lookOf(before), { headers: { 'if-none-match': sign } })
        return look.status === 200 ? look : undefined
      })
      expect(changed.html).toContain('data-again')
      const board = await eventually('the patient who waits on the board', async () => {
        const page = await browser.get(before.url)
        return linesOf(page).some(({ text, waits }) => waits && text.includes('Wintersynth'))
          ? page
          : undefined
      })
      expect(order(board)).toEqual(['Winter', 'Vander'])
      const lines = linesOf(board)
      const marks = lines.map(({ waits }) => waits)
      expect(marks).toEqual([...marks].sort((a, b) => Number(b) - Number(a)))
      expect(marks).toContain(false)
      expect(lines.find(({ text }) => text.includes('Wintersynth'))?.text).toContain('waiting in the lobby')
      expect(board.html).toContain('<title>● Patient waiting')
      const opened = await browser.get(new URL(lines[0]?.href ?? '', board.url).href)
      expect(opened.text).toContain('Your patient is waiting')
      expect(field(opened, 'choice')).not.toBe('')
    } finally {
      await leave()
    }
    expect(earlier.appointmentId).not.toBe(later.appointmentId)
  })

  test('reads the names live: none of them is stored', async () => {
    const visit = await openNamed(75, 'Xanthersynth')
    expect((await openBoard()).text).toContain('Ilse Xanthersynth')
    const kept = [...(await dump(world())), ...world().sandbox.host.logs()]
    expect(kept.filter((line) => /Xanthersynth|Ilse/i.test(line))).toEqual([])
    // Nor is what was read before: with the EHR silent there is no board.
    world().sandbox.ehr.faults.fhirUnavailable = true
    try {
      expect((await openBoard()).text).not.toContain('Xanthersynth')
    } finally {
      world().sandbox.ehr.faults.fhirUnavailable = false
    }
    world().sandbox.ehr.cancel(visit.appointmentId)
  })

  test('names the message that failed on its line, with what to do', async () => {
    const { ehr, acs } = world().sandbox
    const patient = ehr.patients().find(({ phone, language }) => phone && language === 'en')
    // The first look at a day owes nothing: what is booked after it is confirmed.
    await sweep(world())
    acs.faults.landlines = true
    try {
      const booked = world().book(100, { patientId: patient?.id ?? '' })
      const [family = '', given = ''] = (patient?.name ?? '').split(', ')
      const line = await eventually(
        'the failed confirmation on the board',
        async () => {
          await sweep(world())
          return linesOf(await openBoard()).find(
            ({ text }) => text.includes(family) && text.includes('landlines'),
          )
        },
        60_000,
      )
      expect(line.text).toContain(given.split(' ')[0])
      expect(line.text).toContain(
        'Confirmation: Not delivered: the number takes no texts, as landlines do not.',
      )
      expect(line.text).toContain('send the link to a mobile number or an e-mail address')
      ehr.cancel(booked.appointmentId)
    } finally {
      acs.faults.landlines = false
    }
  })

  test('is not there while a chart is open: one launch, one patient', async () => {
    const visit = await world().openVisit(20)
    const board = await visit.browser.get(visit.page.url.replace(/visit.*$/, 'board'))
    expect(board.status).toBe(404)
    expect(visit.page.html).not.toContain('/board')
  })
}
