import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { hidden } from '../bad-input/browser.ts'
import { PEOPLE, type World } from './world.ts'

const { jan } = PEOPLE
const ISSUER = 'engine.northwind.example'

/** An EHR's integration engine that says what changed: registered in the portal, heard at the patient's phone. */
export function pushCases(world: () => World): void {
  const path = `/portal/sites/${NORTHWIND_SITE}/push`
  const address = () => `${world().sandbox.appUrl}/sites/${NORTHWIND_SITE}/appointments`
  let privateKey: CryptoKey
  const token = (jti = randomUUID()) => {
    const now = Math.floor(world().sandbox.clock.now().getTime() / 1000)
    return new SignJWT({ jti })
      .setProtectedHeader({ alg: 'ES384', kid: 'key-1' })
      .setIssuer(ISSUER)
      .setAudience(address())
      .setIssuedAt(now)
      .setExpirationTime(now + 240)
      .sign(privateKey)
  }
  const push = async (appointmentId: string, bearer: string) =>
    fetch(address(), {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ reference: `Appointment/${appointmentId}` }),
    })

  test('an administrator registers the engine by its public key, and is shown where it sends to', async () => {
    const made = await generateKeyPair('ES384', { extractable: true })
    privateKey = made.privateKey
    const { browser } = await world().portal()
    const form = await browser.get(`${world().sandbox.appUrl}${path}`)
    expect(form.text).toContain(address())
    const keys = JSON.stringify({ keys: [{ ...(await exportJWK(made.publicKey)), kid: 'key-1' }] })
    const saved = await browser.post(`${world().sandbox.appUrl}${path}`, {
      ...hidden(form),
      issuer: ISSUER,
      jwksUrl: '',
      keys,
    })
    expect(saved.status).toBe(200)
    expect(saved.text).toContain('key-1')
  })

  test('a pushed booking is told at once, without a sweep; the next sweep tells it no second time', async () => {
    const { book, shows, sweep, settled, console } = world()
    const id = await book(jan, 150)
    const answer = await push(id, await token())
    expect(answer.status).toBe(202)
    expect(await answer.json()).toMatchObject({ accepted: 1, ignored: 0 })
    expect((await shows(jan, 1))[0]?.text).toMatch(/^Video visit booked: /)
    await settled()
    await sweep()
    expect(await console.phone(jan.phone)).toHaveLength(1)
  })

  test('a pushed cancellation is told at once', async () => {
    const { console, book, shows, settled } = world()
    const id = await book(jan, 170)
    expect((await push(id, await token())).status).toBe(202)
    await shows(jan, 2)
    await settled()
    await console.press('cancel', { appointment: id })
    expect((await push(id, await token())).status).toBe(202)
    expect((await shows(jan, 3))[2]?.text).toMatch(/is cancelled\./)
  })

  test('a token that was used, and one that somebody else signed, are refused in the same words and change nothing', async () => {
    const { book, console, settled, log } = world()
    const once = await token()
    const id = await book(jan, 190)
    expect((await push('unknown-1', once)).status).toBe(202)
    const own = privateKey
    const used = await push(id, once)
    privateKey = (await generateKeyPair('ES384')).privateKey
    const forged = await push(id, await token())
    privateKey = own
    expect([used.status, forged.status]).toEqual([401, 401])
    const said = await Promise.all(
      [used, forged].map(async (answer) => (await answer.json()).issue[0].diagnostics),
    )
    // Each names its own reference and nothing else of its own.
    expect(said[0].replace(/[0-9a-f]{8,}/g, '')).toBe(said[1].replace(/[0-9a-f]{8,}/g, ''))
    await settled()
    expect(await console.phone(jan.phone)).toHaveLength(3)
    expect(log('"event":"push_refused"').length).toBeGreaterThan(1)
    await console.press('cancel', { appointment: id })
  })
}
