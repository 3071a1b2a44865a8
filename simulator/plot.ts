import type { Appointment } from '../src/core/ehr/appointment.ts'
import type { Patient } from '../src/core/ehr/patient.ts'
import type { SimulatedClinic } from './clinic.ts'
import type { Random } from './random.ts'
import type { RunSettings } from './settings.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const CHANGES = ['move', 'back', 'cancel', 'on', 'room', 'video', 'department', 'touch'] as const
/** Of one department, of the other, of both. */
const LOCATIONS = [['L1'], ['L1'], ['L2'], ['L1', 'L2']]

/** What happens at the clinic while the trouble lasts: bookings, moves there and back, cancellations, STOP. */
export function plot(world: World, random: Random, clinic: SimulatedClinic, settings: RunSettings): void {
  const within = () => random.between(0, settings.stormMinutes * MINUTE)
  const { ehr, events } = clinic
  const begin = world.now().getTime()
  for (let n = 0; n < settings.visits; n++) {
    const id = `A${n}`
    const phone = `+1816555010${n}`
    ehr.patients.set(`P${n}`, patient(`P${n}`, phone, random))
    const start = new Date(Math.ceil((begin + random.between(20, 420) * MINUTE) / (5 * MINUTE)) * 5 * MINUTE)
    const first = appointment(id, `P${n}`, start, random)
    // Some are there before anybody looks for the first time.
    const bookedIn = random.chance(0.3) ? 0 : within()
    world.after(bookedIn, () => ehr.set(world.now().getTime(), first))
    for (let changes = random.between(0, 3); changes > 0; changes--)
      world.after(bookedIn + within(), () => {
        const known = ehr.appointments.get(id)
        if (known) ehr.set(world.now().getTime(), changed(random, known, start, world.now()))
      })
    if (random.chance(0.25))
      world.after(within(), () => {
        const said = {
          from: phone,
          to: settings.site.texts.sender ?? '',
          receivedTimestamp: world.now().toISOString(),
        }
        const message = random.pick(['STOP', 'stop', 'STOP', 'START', 'What time?'])
        const data = { ...said, message }
        events.put({ eventType: 'Microsoft.Communication.SMSReceived', data } as Parameters<
          typeof events.put
        >[0])
      })
  }
  if (random.chance(0.3))
    world.after(within(), () => {
      ehr.outageUntil = world.now().getTime() + random.between(2, 120) * MINUTE
    })
}

/** Moved, moved back, called off, on again, in the room, by video again, at another department, or touched without news. */
function changed(random: Random, known: Appointment, first: Date, now: Date): Appointment {
  const next = { ...known, ehrVersion: String(Number(known.ehrVersion) + 1) }
  switch (random.pick([...CHANGES, ...CHANGES, 'move', 'department'] as const)) {
    case 'move': {
      const at = known.start.getTime() + random.pick([-60, -15, 15, 45, 120, 600]) * MINUTE
      return at > now.getTime() ? { ...next, start: new Date(at) } : next
    }
    case 'back':
      return first > now ? { ...next, start: first } : next
    case 'cancel':
      return { ...next, status: 'cancelled', cancelled: true }
    case 'on':
      return { ...next, status: 'booked', cancelled: false }
    case 'room':
      return { ...next, video: false }
    case 'video':
      return { ...next, video: true }
    case 'department':
      return { ...next, locationIds: random.pick(LOCATIONS) }
    case 'touch':
      return next
  }
}

function appointment(id: string, patientId: string, start: Date, random: Random): Appointment {
  return {
    id,
    ehrVersion: '1',
    status: 'booked',
    start,
    minutes: 30,
    cancelled: false,
    over: false,
    video: true,
    patientId,
    practitionerIds: [],
    locationIds: random.pick(LOCATIONS),
    serviceType: undefined,
    participants: [],
  }
}

function patient(id: string, phone: string, random: Random): Patient {
  return {
    id,
    initials: 'S. P.',
    active: true,
    deceased: false,
    birthDate: '1980-01-01',
    language: 'en',
    phones: random.chance(0.05) ? [] : [phone],
    wantsReminders: !random.chance(0.05),
  }
}
