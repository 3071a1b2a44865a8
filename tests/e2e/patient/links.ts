import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { linkRowKeys } from '../../../src/core/keys/link-token.ts'
import type { Row } from '../../../src/core/store/rows.ts'
import type { Rig } from './rig.ts'
import { type Booked, open } from './world.ts'

const DAY = 86_400_000
const NOTHING = { en: 'This link does not open a visit', es: 'Este enlace no abre ninguna consulta' }

/** Which links open what: previous keys, guests, links that ended, were taken back, or were changed on the way. */
export function linkCases(rig: () => Rig): void {
  const links = () => rig().world.sandbox.store.tables.links

  async function rowOf(link: string) {
    const keys = linkRowKeys(link.slice(-22))
    const row = keys && (await links().get(String(keys.bucket), keys.hash))
    if (!row) throw new Error('the link has no row')
    return row
  }

  /** A link that was made with a key that this deployment no longer signs with, or for a guest: found by its row. */
  async function otherLink(one: Booked, more: Partial<Row<'links'>> = {}): Promise<string> {
    const token = randomBytes(17).toString('base64url').slice(0, 22)
    const keys = linkRowKeys(token)
    const { partitionKey: _p, rowKey: _r, etag: _e, ...row } = await rowOf(one.link)
    const at = { partitionKey: String(keys?.bucket), rowKey: keys?.hash ?? '' }
    await links().put({ ...at, ...row, ...more })
    return one.link.replace(/[\w-]{22}$/, token)
  }

  async function titleOf(link: string, locale = 'en-US'): Promise<string | null> {
    const { page, done } = await open(rig().browsers.granted, link, { locale })
    const title = await page.getByRole('heading', { level: 1 }).textContent()
    await done()
    return title
  }

  test('made with a previous key opens the same visit, and is joined by', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, await otherLink(one), { javaScriptEnabled: false })
    await page.getByRole('button', { name: 'Join the visit' }).click()
    await page.waitForURL((url) => url.href.startsWith(world.sandbox.teams.url))
    expect((await world.row(one)).patientWaitingSince).toBeDefined()
    await done()
  })

  test('changed in one character opens nothing, and tells nothing of the visit', async () => {
    const one = await rig().world.visit(20)
    const last = one.link.at(-2) === 'A' ? 'B' : 'A'
    const tampered = `${one.link.slice(0, -2)}${last}${one.link.at(-1)}`
    expect(await titleOf(tampered)).toBe(NOTHING.en)
    expect(await titleOf(tampered, 'es-US')).toBe(NOTHING.es)
    const answer = await fetch(tampered)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toMatch(/816-555|Central/)
  })

  test('that was taken back opens nothing, and says so to who has it open', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, one.link)
    await page.getByRole('button', { name: 'Join the visit' }).waitFor()
    await links().replace({ ...(await rowOf(one.link)), revokedAt: world.sandbox.clock.now().toISOString() })
    await page.evaluate(() => document.dispatchEvent(new Event('look')))
    await page.getByRole('heading', { name: NOTHING.en }).waitFor()
    expect(await page.getByRole('button', { name: 'Join the visit' }).count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Start the test' }).isVisible()).toBe(false)
    expect(await titleOf(one.link)).toBe(NOTHING.en)
    await done()
  })

  test('of a guest opens the visit in the guest’s own language, and nothing that the guest does is taken for the patient', async () => {
    const { world, browsers } = rig()
    const { clock, teams } = world.sandbox
    const one = await world.visit(20)
    const eraseAfter = new Date(clock.now().getTime() + DAY).toISOString()
    const guest = await otherLink(one, { audience: 'guest', serial: 7, eraseAfter })
    const { page, problems, done } = await open(browsers.granted, guest, { locale: 'fr-FR' })
    await page.getByRole('heading', { name: 'Votre consultation est prête' }).waitFor()
    await page.getByRole('button', { name: 'Commencer le test' }).click()
    await page.locator('.checks li').filter({ hasText: 'Connexion' }).locator('.ok, .bad').waitFor()
    await page.getByRole('button', { name: 'Rejoindre la consultation' }).click()
    await page.waitForURL((url) => url.href.startsWith(teams.url))
    const row = await world.row(one)
    for (const column of ['patientSeenAt', 'patientWaitingSince', 'deviceCheck'])
      expect(row).not.toHaveProperty(column)
    expect(problems).toEqual([])
    await done()
  })

  test('of a guest ends when its time is over, and the patient’s goes on', async () => {
    const { world } = rig()
    const one = await world.visit(20)
    const eraseAfter = new Date(world.sandbox.clock.now().getTime() - 1000).toISOString()
    expect(await titleOf(await otherLink(one, { audience: 'guest', serial: 8, eraseAfter }))).toBe(NOTHING.en)
    expect(await titleOf(one.link)).toBe('Your visit is ready')
  })

  test('of a visit that was erased says that the visit is over', async () => {
    const { world } = rig()
    const one = await world.visit(20)
    await world.change(one, ({ sealedAppointment: _a, sealedMeeting: _m, ...row }) => row)
    expect(await titleOf(one.link)).toBe('This visit is over')
  })

  test('holds nothing about the patient: 22 characters that are different for every visit', async () => {
    const { world } = rig()
    const [one, two] = [await world.visit(20), await world.visit(25)]
    for (const { link, appointmentId, patientId } of [one, two]) {
      expect(link).toMatch(/\/v\/[\w-]{22}$/)
      expect(link).not.toContain(appointmentId)
      expect(link).not.toContain(patientId)
    }
    expect(one.link).not.toBe(two.link)
    const row = JSON.stringify(await rowOf(one.link))
    expect(row).not.toContain(one.link.slice(-22))
    expect(row).toContain(NORTHWIND_HEALTH)
    expect(row).toContain(NORTHWIND_SITE)
  })
}
