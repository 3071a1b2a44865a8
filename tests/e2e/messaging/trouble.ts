import { expect, test } from 'vitest'
import { PEOPLE, type Person, type World } from './world.ts'

const { hannah, james, samuel, alba } = PEOPLE

/** The vendor's faults, by the console's switches: each text arrives once, or staff learn that it did not. */
export function troubleCases(world: () => World): void {
  const texts = async ({ phone }: Person) =>
    (await world().console.phone(phone)).filter(({ side }) => side === 'clinic')

  test.each([
    ['acs-503', 'down', hannah, 'sms_outcome_unknown'],
    ['acs-429', 'throttled', james, 'sms_throttled'],
  ] as const)(
    '%s: while the vendor is %s nothing is lost; when it is back, the text arrives once',
    async (fault, _is, who, because) => {
      const { console, sweep, book, log, passUntil, notices } = world()
      const before = (await texts(who)).length
      await console.fault(fault, true)
      const id = await book(who, 180)
      const waits = () => log('"event":"notices_again"', because).length
      const waited = waits()
      await sweep()
      expect(waits()).toBeGreaterThan(waited)
      await passUntil('another try', 120, () => waits() > waited + 1)
      expect(await texts(who)).toHaveLength(before)
      await console.fault(fault, false)
      await passUntil('the text', 240, async () => (await texts(who)).length > before)
      await passUntil('its report', 60, async () => (await notices(id))['1:booked'] === 'delivered')
      await sweep()
      expect(await texts(who)).toHaveLength(before + 1)
    },
  )

  test('a text whose answer was lost is settled by the report that comes before any record, and is not sent again', async () => {
    const { console, sweep, book, passUntil, notices, sandbox } = world()
    const before = (await texts(samuel)).length
    await console.fault('acs-lost', true)
    const id = await book(samuel, 180)
    await sweep()
    await passUntil('the report', 60, async () => (await notices(id))['1:booked'] === 'delivered')
    await console.fault('acs-lost', false)
    await console.fault('acs-forget', true)
    await console.press('advance', { by: '5' })
    await sweep()
    await console.fault('acs-forget', false)
    expect(await texts(samuel)).toHaveLength(before + 1)
    expect(sandbox.acs.texts().filter(({ to }) => to === samuel.phone).length).toBe(before + 1)
  })

  test('reports that come late, twice and in any order end as delivered, with no text more', async () => {
    const { console, sweep, book, passUntil, notices, settled } = world()
    const before = (await texts(alba)).length
    await console.fault('acs-hold', true)
    await console.fault('acs-double', true)
    const id = await book(alba, 180)
    await sweep()
    await console.press('move', { appointment: id })
    await sweep()
    expect(await notices(id)).toEqual({ '1:booked': 'sent', '2:moved': 'sent' })
    await console.fault('acs-hold', false)
    await passUntil('the reports', 60, async () =>
      Object.values(await notices(id)).every((state) => state === 'delivered'),
    )
    await console.fault('acs-double', false)
    await settled()
    expect(await texts(alba)).toHaveLength(before + 2)
  })
}
