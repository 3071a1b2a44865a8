import { z } from 'zod'
import { conversations } from './conversations.ts'
import { faultSwitches } from './fault-switches.ts'
import { untilMorning, type Zone } from './times.ts'
import type { Parts } from './view.ts'

/** Why an action was refused, in words for the person at the page. */
export class Refused extends Error {}

type Action = (fields: unknown, parts: Parts, zone: Zone) => void | Promise<void>

const minuteMs = 60_000
const Appointment = z.object({ appointment: z.string().min(1) })

/** What the forms of the page do, by the last part of their address. */
export const actions: Readonly<Record<string, Action>> = {
  async advance(fields, { clock }, zone) {
    const { by } = parse(
      z.object({ by: z.union([z.literal('morning'), z.coerce.number().positive()]) }),
      fields,
    )
    await clock.advance(by === 'morning' ? untilMorning(clock.now(), zone) : by * minuteMs)
  },
  book(fields, { ehr, clock }) {
    const booking = parse(
      z.object({
        patient: z.string().min(1),
        practitioner: z.string().min(1),
        location: z.string().min(1),
        minutes: z.coerce.number().int().min(1).max(10_080),
      }),
      fields,
    )
    const start = clock.now().getTime() + booking.minutes * minuteMs
    ehr.book({
      patientId: booking.patient,
      practitionerId: booking.practitioner,
      locationId: booking.location,
      start: new Date(start - (start % minuteMs)),
      video: true,
    })
  },
  move(fields, { ehr }) {
    const { appointment } = parse(Appointment, fields)
    const row = ehr.board().find(({ appointmentId }) => appointmentId === appointment)
    if (row === undefined) throw new Refused('This appointment is no longer on the board.')
    ehr.move(appointment, new Date(Date.parse(row.start) + 30 * minuteMs))
  },
  cancel(fields, { ehr }) {
    ehr.cancel(parse(Appointment, fields).appointment)
  },
  video(fields, { ehr }) {
    const wanted = parse(Appointment.extend({ video: z.enum(['on', 'off']) }), fields)
    ehr.setVideo(wanted.appointment, wanted.video === 'on')
  },
  async reply(fields, parts) {
    const Reply = z.object({ message: z.string().trim().min(1).max(1600), phone: z.string() })
    const { message, phone } = parse(Reply, fields)
    const conversation = conversations(parts).find((each) => each.phone === phone)
    if (conversation === undefined) throw new Refused('There is no text to answer yet.')
    await parts.acs.reply(conversation.phone, conversation.clinicNumber, message)
  },
  verify(fields, { acs }) {
    const wanted = parse(z.object({ number: z.string(), verified: z.enum(['on', 'off']) }), fields)
    const known = acs.numbers().some(({ phoneNumber }) => phoneNumber === wanted.number)
    if (!known) throw new Refused('The resource has no such number.')
    acs.setVerified?.(wanted.number, wanted.verified === 'on')
  },
  fault(fields, parts) {
    const wanted = parse(z.object({ fault: z.string(), on: z.enum(['on', 'off']) }), fields)
    const found = faultSwitches.find(({ id }) => id === wanted.fault)
    if (found === undefined) throw new Refused('There is no such switch.')
    found.set(parts, wanted.on === 'on')
  },
}

function parse<T>(schema: z.ZodType<T>, fields: unknown): T {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') ?? 'form'
  throw new Refused(`The field "${field}" is missing or not valid.`)
}
