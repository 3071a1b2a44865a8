import { expect, test } from 'vitest'
import type { Site } from '../../../src/core/sites/site.ts'
import { Browser } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { eventually as soon } from '../patient/world.ts'
import { rowOf, send, withSite } from './forms.ts'
import { lookOf } from './look.ts'

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
    expect(said.text).toMatch(/texts were asked for\. Under Running late you see of each whether it went out/)
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

  test('says afterwards on the page, and on the board, who was not texted and why', async () => {
    const { sandbox } = world()
    const patient = sandbox.ehr
      .patients()
      .findLast(({ phone, language }) => /^\(?816\D/.test(phone ?? '') && language === 'en')
    const number = `+1${patient?.phone?.replaceAll(/\D/g, '').slice(-10)}`
    const [sender] = sandbox.acs.numbers()
    await sandbox.acs.reply(number, sender?.phoneNumber ?? '', 'STOP')
    await soon('the STOP in our tables', async () => {
      for await (const row of sandbox.store.tables.optouts.all()) if (row.word === 'STOP') return true
      return false
    })
    const visit = await world().openVisit(30)
    const stopped = world().book(90, { patientId: patient?.id ?? '' })
    const before = sandbox.acs.texts().filter(({ to }) => to === number).length
    const said = await send(visit, 'late', { minutes: '15' })
    // What is listed below changes by itself: the open page asks, and asks the EHR nothing.
    const look = lookOf(said)
    const reason = 'Not sent: the patient answered STOP'
    await soon('the reason on the open page', async () =>
      (await visit.browser.get(look)).text.includes(reason),
    )
    expect((await rowOf(world(), stopped)).lateMinutes).toBe(15)
    expect(sandbox.acs.texts().filter(({ to }) => to === number)).toHaveLength(before)
    expect((await visit.browser.get(visit.page.url)).text).toContain(reason)
    const board = await new Browser().get(world().launchUrl({}, 'none'))
    expect(board.text).toContain(`Running late by 15 minutes: ${reason}`)
    await send(visit, 'late', { minutes: '0' })
    await sandbox.acs.reply(number, sender?.phoneNumber ?? '', 'START')
  })

  test('where texts are off, it promises none', async () => {
    const visit = await world().openVisit(25)
    const off = (site: Site): Site => ({ ...site, texts: { ...site.texts, on: false } })
    await withSite(world(), off, async () => {
      const said = await send(visit, 'late', { minutes: '5' })
      expect(said.text).toContain('Texts are switched off here: nobody is texted.')
      expect(said.text).not.toContain('Texts about it')
    })
    await send(visit, 'late', { minutes: '0' })
  })

  test('takes no other number of minutes', async () => {
    const visit = await world().openVisit(20)
    await send(visit, 'late', { minutes: '600' })
    expect((await rowOf(world(), visit)).lateMinutes).toBeUndefined()
  })
}
