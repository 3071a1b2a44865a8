import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ENTRA_CLIENT_ID } from '../../sandbox/app-settings.ts'
import { NORTHWIND_HEALTH } from '../../sandbox/entra/tenants.ts'
import { encryptResource } from '../../sandbox/graph/encryption.ts'
import { NORTHWIND_SITE } from '../../sandbox/northwind.ts'
import type { Sandbox } from '../../sandbox/sandbox.ts'
import { startStorySandbox } from '../../sandbox/story/stage.ts'
import { eventually } from '../../sandbox/story/step.ts'
import { buildApp } from '../../scripts/build.ts'
import type { VisitRow } from '../../src/core/store/rows.ts'
import { type AppFolder, makeAppFolder } from './support/app-folder.ts'

const PUBLISHER = '0bf30f3b-4a52-48df-9a82-234910c4a086'
const MINUTE = 60_000

let sandbox: Sandbox
let folder: AppFolder
let visitKey: string
let webhook: string

beforeAll(async () => {
  folder = await makeAppFolder()
  await buildApp(folder.dist)
  sandbox = await startStorySandbox({ appRoot: folder.root })
  const [patient] = sandbox.ehr.patients()
  const [practitioner] = sandbox.ehr.practitioners()
  const [location] = sandbox.ehr.locations()
  const start = new Date(sandbox.clock.now().getTime() + 10 * MINUTE)
  const who = {
    patientId: patient?.id ?? '',
    practitionerId: practitioner?.id ?? '',
    locationId: location?.id ?? '',
  }
  const { appointmentId } = sandbox.ehr.book({ ...who, start, minutes: 30, video: true })
  await sandbox.host.invoke('sweepTimer')
  const launched = sandbox.ehr.launchUrl(`${sandbox.appUrl}/launch/provider`, {
    practitionerId: who.practitionerId,
    appointmentId,
  })
  visitKey = await openAsClinician(launched)
  webhook = await eventually('a subscription', () => sandbox.graph.subscriptions()[0]?.notificationUrl)
}, 180_000)

afterAll(async () => {
  await sandbox?.close()
  await folder?.remove()
})

/** A clinician who was mapped before opens the visit: EHR, our callback, the page. */
async function openAsClinician(launchUrl: string): Promise<string> {
  const jar = new Map<string, string>()
  let url = launchUrl
  for (let hops = 0; hops < 12; hops++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    if (location === null) {
      if (response.status !== 200) throw new Error(`the launch ended with ${response.status}`)
      break
    }
    url = new URL(location, url).href
    if (url.startsWith(sandbox.entra.signInUrl)) url = await signIn(url)
    if (url.endsWith('/confirm')) url = await confirm(url, jar)
  }
  return eventually('the meeting in the visit row', async () => {
    for await (const row of sandbox.store.tables.visits.all())
      if (row.type === 'visit' && row.subscriptionId) return row.rowKey.slice(2)
    return undefined
  })
}

async function signIn(url: string): Promise<string> {
  const page = await fetch(url)
  const html = await page.text()
  const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const account = sandbox.entra.tenants[0]?.users.find(({ enabled, teams }) => enabled && teams)?.id ?? ''
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
  const body = new URLSearchParams(
    fields.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]),
  )
  body.set('account', account)
  const cookie = page.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const answered = await fetch(new URL(action, page.url), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie },
  })
  return answered.headers.get('location') ?? ''
}

async function confirm(url: string, jar: Map<string, string>): Promise<string> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const html = await (await fetch(url, { headers: { cookie } })).text()
  const csrf = /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
  const answered = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: sandbox.appUrl },
    body: new URLSearchParams({ csrf, answer: 'yes' }),
  })
  return new URL(answered.headers.get('location') ?? '', url).href
}

type Forge = { tokens?: string[]; clientState?: string; certificateId?: string; tamper?: boolean }

async function post(event: object, forge: Forge = {}): Promise<Response> {
  const [subscription] = sandbox.graph.subscriptions()
  const certificate = sandbox.keys.notificationCertificate
  const content = encryptResource(
    event,
    certificate,
    forge.certificateId ?? subscription?.encryptionCertificateId ?? '',
  )
  const other = content.data.startsWith('A') ? 'B' : 'A'
  const data = forge.tamper ? `${other}${content.data.slice(1)}` : content.data
  return fetch(webhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      value: [
        {
          subscriptionId: subscription?.id,
          clientState: forge.clientState ?? subscription?.clientState,
          tenantId: NORTHWIND_HEALTH,
          encryptedContent: { ...content, data },
        },
      ],
      validationTokens: forge.tokens ?? [await token()],
    }),
  })
}

function token(claims: object = {}): Promise<string> {
  const seconds = Math.floor(sandbox.clock.now().getTime() / 1000)
  const whole = {
    aud: ENTRA_CLIENT_ID,
    appid: PUBLISHER,
    tid: NORTHWIND_HEALTH,
    iss: `https://sts.windows.net/${NORTHWIND_HEALTH}/`,
  }
  return sandbox.entra.sign({ ...whole, iat: seconds, nbf: seconds, exp: seconds + 600, ...claims })
}

const joins = (id: string, seconds = 0, isInLobby = true) => ({
  eventType: 'rosterUpdated',
  eventDateTime: new Date(sandbox.clock.now().getTime() + seconds * 1000).toISOString(),
  'participants@delta': [
    { id, isInLobby, info: { identity: { guest: { id, displayName: 'Synthetic Guest' } } } },
  ],
})

async function row(): Promise<VisitRow> {
  for await (const one of sandbox.store.tables.visits.all())
    if (one.type === 'visit' && one.rowKey === `v:${visitKey}`) return one
  throw new Error('the visit row is gone')
}

const dropped = () =>
  sandbox.host.logs().filter((line) => line.includes('"event":"notification_dropped"')).length

/** A refused notification is seen by its log line; the roster stays as it was. */
async function expectRefused(send: () => Promise<Response>, status: number): Promise<void> {
  const [before, lines] = [(await row()).roster, dropped()]
  expect((await send()).status).toBe(status)
  await eventually('the refusal in the log', () => dropped() > lines || undefined)
  expect((await row()).roster).toBe(before)
}

describe('what Graph tells of a meeting', () => {
  test('a genuine notification puts the guest into the lobby, without the name', async () => {
    expect((await post(joins('guest-1'))).status).toBe(202)
    const roster = await eventually('the roster', async () => (await row()).roster)
    expect(Object.values(JSON.parse(roster).people)).toMatchObject([{ staff: false, place: 'lobby' }])
    expect(roster).not.toMatch(/Synthetic|guest-1/)
  })

  test('the same notification again, or one that is older, moves nobody', async () => {
    const people = (roster = '{"people":{}}') => Object.values(JSON.parse(roster).people)
    const [first] = people((await row()).roster) as { place: string; since: string }[]
    // That somebody was once in is kept for the reports; where they are now is what the latest notification said.
    await post(joins('guest-1', -60, false))
    await post(joins('guest-2', 1))
    const after = await eventually('the later one', async () => {
      const { roster } = await row()
      return people(roster).length === 2 ? people(roster) : undefined
    })
    expect(after).toMatchObject([{ place: 'lobby' }, { place: 'lobby' }])
    expect(after).toContainEqual(expect.objectContaining({ place: 'lobby', since: first?.since }))
  })

  test('the webhook repeats the validation token as plain text', async () => {
    const response = await fetch(`${webhook}?validationToken=%3Cb%3Ehello`, { method: 'POST' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    expect(await response.text()).toBe('<b>hello')
  })

  test('a foreign client state is dropped', () =>
    expectRefused(() => post(joins('x', 9), { clientState: 'guess' }), 202))

  test('an address that we did not give out is refused', () =>
    expectRefused(() => fetch(webhook.replace(/.{8}$/, 'AAAAAAAA'), { method: 'POST', body: '{}' }), 400))

  test('a body that is no notification is refused', () =>
    expectRefused(() => fetch(webhook, { method: 'POST', body: '{"value":7}' }), 400))

  test('without a token, nobody is believed', () =>
    expectRefused(() => post(joins('x', 9), { tokens: [] }), 202))

  test('a token of another publisher, audience, tenant or time is refused', async () => {
    const seconds = Math.floor(sandbox.clock.now().getTime() / 1000)
    const wrong = [
      { appid: ENTRA_CLIENT_ID },
      { aud: 'somebody' },
      { tid: NORTHWIND_SITE },
      { exp: seconds - 600 },
    ]
    for (const claims of wrong) {
      const tokens = [await token(claims)]
      await expectRefused(() => post(joins('x', 9), { tokens }), 202)
    }
  })

  test('changed data is noticed before it is opened', () =>
    expectRefused(() => post(joins('x', 9), { tamper: true }), 202))

  test('data for a certificate that we do not have stays closed', () =>
    expectRefused(() => post(joins('x', 9), { certificateId: 'other' }), 202))

  test('a subscription that Graph removed is made anew', async () => {
    const [subscription] = sandbox.graph.subscriptions()
    await sandbox.graph.lifecycle(subscription?.id ?? '', 'subscriptionRemoved')
    const renewed = await eventually('another subscription', () => {
      const [now] = sandbox.graph.subscriptions()
      return now && now.id !== subscription?.id ? now : undefined
    })
    await eventually(
      'the visit row to know it',
      async () => (await row()).subscriptionId === renewed.id || undefined,
    )
  })
})
