import { identityKeys } from '../../src/core/keys/identity.ts'
import { expectNotInTables } from './leaks.ts'
import { notices } from './notices.ts'
import { isIdle, runsOf } from './runs.ts'
import { digits, type Facts, type Scene, texts, textsTo, visitRows } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const MINUTE = 60_000

/** The EHR has two new video appointments: one in twenty minutes, one in ninety, which leaves time for a reminder. */
export async function booked(scene: Scene): Promise<string> {
  const { sandbox, facts, cast } = scene
  // The first look at each window only records what is there.
  await sandbox.host.invoke('sweepTimer')
  const days = Number(sandbox.settings.SWEEP_HORIZON_DAYS) + 1
  await eventually(
    'the baseline of every window',
    async () => {
      let windows = 0
      for await (const { partitionKey } of sandbox.store.tables.sweeps.all())
        if (partitionKey.startsWith(cast.tenantId)) windows++
      return windows >= (cast.departments ?? sandbox.ehr.locations().length) * days || undefined
    },
    scene.withinMs,
  )
  Object.assign(facts, book(scene, cast.patientId, 20))
  const later = book(scene, cast.laterPatientId, 90)
  facts.laterAppointmentId = later.appointmentId
  facts.laterPatientId = later.patientId
  facts.laterPhone = later.patientPhone
  const stored = sandbox.ehr.appointment(facts.appointmentId)
  expectThat(stored?.status === 'booked', 'the EHR does not hold the appointment')
  return `EHR: Appointment is ${stored?.status}, starts ${stored?.start}`
}

type Booked = Pick<Facts, 'appointmentId' | 'patientId' | 'practitionerId' | 'patientPhone'>

function book({ sandbox }: Scene, patientId: string, minutes: number): Booked {
  const patient = sandbox.ehr.patients().find(({ id }) => id === patientId)
  const practitioner = sandbox.ehr.practitioners()[0]
  const location = sandbox.ehr.locations()[0]
  if (!patient?.phone || !practitioner || !location)
    throw new Error('the clinic of the sandbox is not as expected')
  const start = new Date(Math.ceil((sandbox.clock.now().getTime() + minutes * MINUTE) / MINUTE) * MINUTE)
  const who = { patientId, practitionerId: practitioner.id, locationId: location.id }
  const { appointmentId } = sandbox.ehr.book({ ...who, start, minutes: 30, video: true })
  return { appointmentId, patientId, practitionerId: practitioner.id, patientPhone: digits(patient.phone) }
}

/** A sweep finds them, and each patient's phone gets one text with a link; nobody else is texted. */
export async function texted(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  await sandbox.host.invoke('sweepTimer')
  await eventually(
    'both visits in the table',
    async () => (await visitRows(scene)).filter(({ cause }) => cause === 'booked').length >= 2 || undefined,
    scene.withinMs,
  )
  await expectNotInTables(scene, 'an appointment id', [facts.appointmentId, facts.laterAppointmentId])
  const text = await eventually(
    'a text on the phone',
    () => textsTo(scene, facts.patientPhone)[0],
    scene.withinMs,
  )
  const later = await eventually(
    'a text on the second phone',
    () => textsTo(scene, facts.laterPhone)[0],
    scene.withinMs,
  )
  facts.link = linkIn(text.message)
  facts.laterLink = linkIn(later.message)
  const delivered = await eventually(
    'both notices to be delivered',
    async () => {
      const rows = await notices(scene, { state: 'delivered', kind: 'booked' })
      return rows.length >= 2 ? rows : undefined
    },
    scene.withinMs,
  )
  expectThat(texts(scene).length === 2, `${texts(scene).length} texts were sent for two bookings`)
  expectThat(text.message.length <= 160, 'the text is longer than one segment')
  // What the vendor remembers a text by must be the notice's own, or a repeated request would text twice.
  const { repeatabilityId } = identityKeys(Buffer.from(sandbox.keys.stampSecret, 'base64'))
  const ids = delivered.map(({ tenantId, name }) => repeatabilityId(tenantId, name))
  for (const { repeatabilityRequestId } of texts(scene))
    expectThat(
      ids.some((id) => id === repeatabilityRequestId),
      'the repeatability id is not that of the notice',
    )
  return `Communication Services: 1 text of ${text.message.length} characters a patient; table: ${delivered.length} notices delivered`
}

function linkIn(message: string): string {
  const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec(message)?.[0]
  if (!link) throw new Error('the text has no link')
  return link
}

/** An hour before the second visit, one reminder: the clock moves and the timer runs. */
export async function reminderSent(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  const already = runsOf(sandbox, 'reminders', 'Executed')
  const early = await runReminders(scene)
  // A reminder that was too near when its visit was booked is written down as skipped, and sent to nobody.
  await eventually(
    'what came too near to be written down',
    async () => {
      const begun = early === 0 || runsOf(sandbox, 'reminders', 'Executed') > already
      return begun && (await isIdle(sandbox, 'reminders'))
    },
    scene.withinMs,
  )
  expectThat(textsTo(scene, facts.laterPhone).length === 1, 'a reminder went out too early')
  await sandbox.clock.advance(31 * MINUTE)
  await runReminders(scene)
  const text = await eventually(
    'the reminder on the phone',
    () => textsTo(scene, facts.laterPhone)[1],
    scene.withinMs,
  )
  const [row] = await eventually(
    'the reminder in the table',
    async () => {
      const rows = await notices(scene, { state: 'delivered', kind: 'reminder.1' })
      return rows.length > 0 ? rows : undefined
    },
    scene.withinMs,
  )
  expectThat(text.message.includes(facts.laterLink), 'the reminder has not the link of the confirmation')
  return `Communication Services: a reminder at ${text.at}; table: ${row?.kind} ${row?.state}`
}

/** Runs the timer once. @returns how many notices it put on the queue, from the app's own log. */
async function runReminders({ sandbox, withinMs }: Scene): Promise<number> {
  const queued = () =>
    sandbox.host
      .logs()
      .flatMap((line) => /"event":"reminders_queued","notices":(\d+)/.exec(line)?.[1] ?? [])
      .map(Number)
  const before = queued().length
  await sandbox.host.invoke('reminderTimer')
  return eventually('the reminder timer', () => queued()[before], withinMs)
}
