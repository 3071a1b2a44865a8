import { expect, test } from 'vitest'
import { Browser } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { rowOf, send } from './forms.ts'

const eventually = async (check: () => boolean): Promise<boolean> => {
  for (let tries = 0; tries < 120 && !check(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 250))
  return check()
}

export function lateCases(world: () => World): void {
  test('tells the patients still ahead today, by text and on their pages, once each', async () => {
    const { sandbox } = world()
    const patients = sandbox.ehr
      .patients()
      .filter(({ phone, language }) => phone && language === 'en')
      .slice(0, 2)
    const visit = await world().openVisit(30)
    const next = world().book(75, { patientId: patients[0]?.id ?? '' })
    const past = world().book(-60)
    const late = () => sandbox.acs.texts().filter(({ message }) => message.startsWith('Running late'))
    const said = await send(visit, 'late', { minutes: '10' })
    expect(said.text).toMatch(/patients? ahead of you today can see it on their page/)
    expect(said.text).toContain('Patients read that you are 10 minutes late')
    expect((await rowOf(world(), next)).lateMinutes).toBe(10)
    await expect(rowOf(world(), past)).rejects.toThrow()
    expect(await eventually(() => late().length > 0)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    const once = late().length
    await send(visit, 'late', { minutes: '10' })
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(late()).toHaveLength(once)
    expect((await new Browser().get(visit.link)).text).toMatch(/late/i)
    const back = await send(visit, 'late', { minutes: '0' })
    expect(back.text).toContain('on time again')
    expect((await rowOf(world(), next)).lateMinutes).toBeUndefined()
  })

  test('takes no other number of minutes', async () => {
    const visit = await world().openVisit(20)
    await send(visit, 'late', { minutes: '600' })
    expect((await rowOf(world(), visit)).lateMinutes).toBeUndefined()
  })
}
