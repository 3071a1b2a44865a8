import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startConsole } from '../../../sandbox/console/console.ts'
import { type FakeParts, fakeParts } from './console.fixture.ts'

let parts: FakeParts
let page: Awaited<ReturnType<typeof startConsole>>

beforeEach(async () => {
  parts = fakeParts()
  page = await startConsole({ port: 0, parts, timeZone: 'UTC' })
})
afterEach(() => page.close())

const get = (path: string) => fetch(`${page.url}${path}`, { redirect: 'manual' })
const html = async (path = '/') => (await get(path)).text()
function press(
  action: string,
  fields: Record<string, string>,
  headers: Record<string, string> = { origin: page.url },
) {
  return fetch(`${page.url}/actions/${action}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers,
  })
}

describe('the board', () => {
  it('escapes the names of patients', async () => {
    const shown = await html()
    expect(shown).toContain('Alvarado, Ana &lt;b&gt;')
    expect(shown).not.toContain('Ana <b>')
  })

  it('shows the chosen clinician only, or the whole clinic', async () => {
    expect(await html('/?practitioner=pr-1')).not.toContain('id="launch-apt-8"')
    expect(await html('/?practitioner=pr-2')).toContain('id="launch-apt-8"')
    expect(await html('/?practitioner=pr-1&scope=clinic')).toContain('id="launch-apt-8"')
  })

  it('offers a launch on video rows only, in a tab of its own', async () => {
    const shown = await html('/?practitioner=pr-1')
    expect(shown).toMatch(/<a class="launch" id="launch-apt-6"[^>]*target="_blank" rel="noopener"/)
    expect(shown).not.toContain('id="launch-apt-5"')
  })

  it('a launch leads to the app with a context of the chosen clinician and appointment', async () => {
    const launched = await get('/launch?appointment=apt-6&practitioner=pr-2')
    expect(launched.status).toBe(302)
    expect(launched.headers.get('location')).toBe(
      'http://localhost:7071/launch/provider?iss=http%3A%2F%2Flocalhost&launch=pr-2.apt-6.appointment',
    )
    expect((await get('/launch?appointment=apt-99&practitioner=pr-2')).status).toBe(404)
    expect((await get('/launch?appointment=apt-6&practitioner=nobody')).status).toBe(404)
  })

  it('books, moves, cancels and switches video', async () => {
    const booking = { patient: 'pt-2', practitioner: 'pr-2', location: 'loc-1', minutes: '20' }
    expect((await press('book', booking)).status).toBe(303)
    await press('move', { appointment: 'apt-7' })
    await press('cancel', { appointment: 'apt-7' })
    await press('video', { appointment: 'apt-9', video: 'on' })
    expect(parts.calls).toEqual([
      'book pt-2 pr-2 loc-1 true 2026-03-02T15:27:00.000Z',
      'move apt-7 2026-03-02T15:50:00.000Z',
      'cancel apt-7',
      'video apt-9 true',
    ])
  })
})

describe('two clinics', () => {
  const other = () => {
    const fake = fakeParts()
    return {
      fake,
      clinic: {
        id: 'second',
        name: 'Second Clinic',
        timeZone: 'America/Denver',
        ehr: fake.ehr,
        tenantId: 't2',
      },
    }
  }

  it('the clinic chosen at the top is the one whose board is shown, booked and launched', async () => {
    await page.close()
    const { fake, clinic } = other()
    const first = { id: 'first', name: 'First Clinic', timeZone: 'UTC', ehr: parts.ehr, tenantId: 't1' }
    page = await startConsole({ port: 0, parts: { ...parts, clinics: [first, clinic] } })
    expect(await html()).toMatch(/aria-current="true">First Clinic/)
    const shown = await html('/?clinic=second')
    expect(shown).toMatch(/aria-current="true">Second Clinic/)
    expect(shown).toContain('MST')
    expect(shown).toMatch(/href="\/launch\?clinic=second&amp;appointment=/)
    const back = '?clinic=second&practitioner=pr-1&scope=mine'
    const pressed = await press('cancel', { appointment: 'apt-7', back })
    expect(pressed.headers.get('location')).toBe(`/${back}`)
    expect([parts.calls, fake.calls]).toEqual([[], ['cancel apt-7']])
    await press('fault', { fault: 'ehr-503', on: 'on', back })
    expect([parts.ehr.faults.fhirUnavailable, fake.ehr.faults.fhirUnavailable]).toEqual([false, true])
  })

  it('one clinic needs no choice', async () => {
    expect(await html()).not.toContain('aria-label="Clinic"')
  })
})

describe('buttons', () => {
  it.each([
    ['another site', { origin: 'http://evil.example' }],
    ['a sandboxed page', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['another site without Origin', { 'sec-fetch-site': 'cross-site' }],
    ['no browser', {}],
  ])('%s cannot press them', async (_who, headers: Record<string, string>) => {
    expect((await press('cancel', { appointment: 'apt-7' }, headers)).status).toBe(403)
    expect(parts.calls).toEqual([])
  })

  it('a malformed form changes nothing and says which field is wrong', async () => {
    const answer = await press('book', {
      patient: 'pt-2',
      practitioner: 'pr-2',
      location: 'loc-1',
      minutes: '0',
    })
    expect([answer.status, await answer.text()]).toEqual([
      400,
      'The field "minutes" is missing or not valid.',
    ])
    expect((await press('dance', {})).status).toBe(404)
    expect(parts.calls).toEqual([])
  })

  it('lead back to the view that they were pressed in', async () => {
    const back = '?practitioner=pr-2&scope=clinic&phone=%2B12065550101'
    expect((await press('cancel', { appointment: 'apt-7', back })).headers.get('location')).toBe(`/${back}`)
    const foreign = await press('cancel', { appointment: 'apt-7', back: '//evil.example/?practitioner=x' })
    expect(foreign.headers.get('location')).toMatch(/^\/\?practitioner=pr-1/)
  })

  it('the clock moves by minutes, or to eight in the morning', async () => {
    await press('advance', { by: '60' })
    expect(parts.clock.now().toISOString()).toBe('2026-03-02T16:07:00.000Z')
    await press('advance', { by: 'morning' })
    expect(parts.clock.now().toISOString()).toBe('2026-03-03T08:00:00.000Z')
    expect(await html()).toContain('16 h 53 min ahead')
    expect((await press('advance', { by: '-5' })).status).toBe(400)
  })

  it.each([
    ['ehr-503', () => parts.ehr.faults.fhirUnavailable],
    ['ehr-429', () => parts.ehr.faults.fhirThrottled],
    ['ehr-401', () => parts.ehr.faults.fhirTokenRefused],
    ['ehr-403', () => parts.ehr.faults.fhirForbidden],
    ['graph-slow', () => parts.graph.faults.slowMs > 0],
    ['graph-503', () => parts.graph.faults.unavailable],
    ['acs-429', () => parts.acs.faults.throttled],
    ['acs-lost', () => parts.acs.faults.loseAnswers],
    ['acs-forget', () => parts.acs.faults.repeatabilitySeconds === 0],
    ['policy-slow', () => parts.shell.settings.delaySeconds === 1800],
    ['ehr-flaw-pkce', () => parts.ehr.faults.flaws.has('pkce')],
    ['graph-flaw-lobby', () => parts.graph.faults.flaws.has('lobby')],
    ['acs-flaw-numbers', () => parts.acs.faults.flaws.has('numbers')],
    ['number-slow', () => parts.acs.faults.operationSeconds > 120],
    ['number-searches', () => parts.acs.faults.searchesPerWeek === 0],
    ['number-quota', () => parts.acs.faults.purchaseQuota === 0],
    ['number-search-OutOfStock', () => parts.acs.faults.searchError === 'OutOfStock'],
    ['number-purchase-PurchaseFailed', () => parts.acs.faults.purchaseError === 'PurchaseFailed'],
  ])('the switch %s turns its fault on and off', async (fault, isOn) => {
    await press('fault', { fault, on: 'on' })
    expect(isOn()).toBe(true)
    expect(await html()).toMatch(new RegExp(`aria-checked="true"[^>]*id="fault-${fault}"`))
    await press('fault', { fault, on: 'off' })
    expect(isOn()).toBe(false)
  })
})

describe('phone numbers', () => {
  it('a number is verified by the carriers when somebody says so', async () => {
    expect(await html()).toContain('not verified: every text fails with 4010')
    await press('verify', { number: '+18335550100', verified: 'on' })
    expect((await press('verify', { number: '+18335550999', verified: 'on' })).status).toBe(400)
    expect(parts.calls).toEqual(['verify +18335550100 true'])
  })
})

describe("the patient's phone", () => {
  it('shows the newest conversation, or the chosen one, with links that open by themselves', async () => {
    parts.text('+12065550101', 'First', 'Delivered', '2026-03-02T15:00:00Z')
    parts.text('+12065550102', 'Tap https://visit.example/v/abc. Thanks', 'Delivered', '2026-03-02T15:05:00Z')
    const newest = await html()
    expect(newest).toContain(
      'Tap <a href="https://visit.example/v/abc" target="_blank" rel="noopener">https://visit.example/v/abc</a>. Thanks',
    )
    expect(newest).not.toContain('First')
    expect(await html('/?phone=%2B12065550101')).toContain('First')
  })

  it('names the owner of a number however the chart writes it', async () => {
    parts.text('+12065550102', 'Hello')
    expect(await html()).toContain('Brandt, Oskar · +1 (206) 555-0102')
  })

  it('an answer goes to the number that the text came from', async () => {
    expect((await press('reply', { message: 'STOP', phone: '+12065550101' })).status).toBe(400)
    parts.text('+12065550101', 'Hello')
    await press('reply', { message: 'STOP', phone: '+12065550101' })
    expect(parts.calls).toEqual(['reply +12065550101 +18335550100 STOP'])
    expect(await html()).toContain('<div class="bubble patient"><p>STOP</p>')
  })

  it('a text that the carrier refused is told apart', async () => {
    parts.text('+12065550101', 'Hello', 'Failed')
    expect(await html()).toContain('never arrived')
  })
})

describe('the page', () => {
  it('says that everybody on it is synthetic', async () => {
    expect(await html()).toContain('Synthetic data: everybody on this page is made up.')
  })

  it('loads nothing from elsewhere and runs no inline script', async () => {
    const answer = await get('/')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(await answer.text()).not.toMatch(/(?:src|href)="https?:(?!\/\/(?:localhost|visit\.example))/)
  })

  it('shows the latest calls without their query strings', async () => {
    const shown = await html()
    expect(shown).toContain('/r4/0b8a0111/Appointment')
    expect(shown).not.toContain('patient=secret')
  })

  it('refreshes exactly the pieces that it is made of', async () => {
    const names = (text: string) => [...text.matchAll(/data-live="(\w+)"/g)].map((match) => match[1]).sort()
    expect(names(await html('/live'))).toEqual(names(await html()))
  })

  it('an e-mail opens without script', async () => {
    const answer = await get('/emails/mail-1')
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox allow-popups/)
    expect(await answer.text()).toContain('<a href="https://visit.example/v/x">here</a>')
    expect((await get('/emails/other')).status).toBe(404)
  })

  it('an e-mail says what became of it and what its calendar entry does, and hands that out', async () => {
    const shown = await html()
    expect(shown).toContain('camille.fournier@example.com · Delivered')
    expect(shown).toContain('Moves the entry in the calendar to 2026-03-02 15:20 America/Chicago')
    const file = await get('/emails/mail-1/0')
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="visit.ics"')
    expect(await file.text()).toContain('SEQUENCE:2')
    expect((await get('/emails/mail-1/1')).status).toBe(404)
  })
})
