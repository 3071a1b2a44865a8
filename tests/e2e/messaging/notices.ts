import { expect, test } from 'vitest'
import { PEOPLE, type World } from './world.ts'

const { hannah, james, samuel, alba } = PEOPLE
/** Reports travel by Event Grid, beside the queues. */
const REPORTS = { timeout: 30_000, interval: 50 }
const LINK = /https?:\/\/\S+\/v\/[\w-]{22}/

/** What a patient's phone shows of a visit's life. */
export function noticeCases(world: () => World): void {
  const words = async (who: (typeof PEOPLE)[keyof typeof PEOPLE]) =>
    (await world().console.phone(who.phone)).map(({ text }) => text)
  let appointmentId = ''

  test('a booking brings one confirmation with a link, delivered, however often the sweep comes', async () => {
    const { sweep, shows, book, notices } = world()
    appointmentId = await book(hannah, 180)
    await sweep()
    const [text] = await shows(hannah, 1)
    expect(text?.text).toMatch(/^Video visit booked: /)
    expect(text?.text).toMatch(LINK)
    await sweep()
    await sweep()
    expect(await words(hannah)).toHaveLength(1)
    await expect.poll(() => notices(appointmentId), REPORTS).toEqual({ '1:booked': 'delivered' })
  })

  test('a move brings the new time, by the same link', async () => {
    const { console, sweep, shows } = world()
    await console.press('move', { appointment: appointmentId })
    await sweep()
    const [booked, moved] = await shows(hannah, 2)
    expect(moved?.text).toMatch(/^Your video visit is now /)
    expect(LINK.exec(moved?.text ?? '')?.[0]).toBe(LINK.exec(booked?.text ?? '')?.[0])
  })

  test('a visit that is held in the room, and then by video again, is told each time', async () => {
    const { console, sweep, shows } = world()
    await console.press('video', { appointment: appointmentId, video: 'off' })
    await sweep()
    expect((await shows(hannah, 3))[2]?.text).toMatch(/^No longer by video: /)
    await console.press('video', { appointment: appointmentId, video: 'on' })
    await sweep()
    expect(await shows(hannah, 4)).toHaveLength(4)
  })

  test('a cancellation brings the last text, and nothing after it', async () => {
    const { console, sweep, shows, remind } = world()
    await console.press('cancel', { appointment: appointmentId })
    await sweep()
    expect((await shows(hannah, 5))[4]?.text).toMatch(/^Video visit on .* is cancelled\./)
    await sweep()
    await remind()
    expect(await words(hannah)).toHaveLength(5)
  })

  test('a reminder comes an hour before, and not a minute earlier', async () => {
    const { console, sweep, shows, remind, book } = world()
    const id = await book(james, 125)
    await sweep()
    await shows(james, 1)
    await console.press('advance', { by: '60' })
    await remind()
    expect(await words(james)).toHaveLength(1)
    await console.press('advance', { by: '5' })
    await remind()
    const bubbles = await shows(james, 2)
    expect(bubbles[1]?.text).toMatch(/^Reminder: video visit /)
    await remind()
    expect(await words(james)).toHaveLength(2)
    await expect
      .poll(() => world().notices(id), REPORTS)
      .toEqual({ '1:booked': 'delivered', '1:reminder.0': 'skipped too_near', '1:reminder.1': 'delivered' })
  })

  test('STOP ends it, START begins it again', async () => {
    const { console, sweep, shows, notices, book, settled } = world()
    const id = await book(samuel, 240)
    await sweep()
    await shows(samuel, 1)
    await console.say(samuel.phone, 'STOP')
    expect((await shows(samuel, 3))[2]?.text).toContain('blocks all texts')
    await settled()
    await console.press('move', { appointment: id })
    await sweep()
    expect(await notices(id)).toMatchObject({ '2:moved': 'skipped opted_out' })
    expect(await words(samuel)).toHaveLength(3)
    await console.say(samuel.phone, 'START')
    await shows(samuel, 5)
    await settled()
    await console.press('move', { appointment: id })
    await sweep()
    expect((await shows(samuel, 6))[5]?.text).toMatch(/^Your video visit is now /)
  })

  test('HELP and LINK are answered; what nobody can read is answered once a day', async () => {
    const { console, shows, book, sweep, settled } = world()
    await book(alba, 200)
    await sweep()
    const [booked] = await shows(alba, 1)
    await console.say(alba.phone, 'HELP')
    expect((await shows(alba, 3))[2]?.text).toContain('816-555-0199')
    await settled()
    await console.say(alba.phone, 'Link')
    expect((await shows(alba, 5))[4]?.text).toContain(LINK.exec(booked?.text ?? '')?.[0])
    await settled()
    await console.say(alba.phone, 'Can I bring my mother?')
    expect((await shows(alba, 7))[6]?.text).toMatch(/^Nobody reads replies here/)
    await settled()
    await console.say(alba.phone, 'Hello?')
    await settled()
    const bubbles = await shows(alba, 8)
    expect(bubbles).toHaveLength(8)
    expect(bubbles[7]).toMatchObject({ side: 'patient', text: 'Hello?' })
    await console.press('advance', { by: 'morning' })
    await console.say(alba.phone, 'Hello again?')
    expect((await shows(alba, 10))[9]?.text).toMatch(/^Nobody reads replies here/)
    await settled()
  })
}
