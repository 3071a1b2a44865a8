import { digits, type Scene, textsTo } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const MINUTE = 60_000

/** Synthetic patients with a mobile number in the United States. */
const PATIENT = '12724110'
const LATER_PATIENT = '12724101'

/** The EHR has two new video appointments: one in twenty minutes, one in ninety, which leaves time for a reminder. */
export async function booked(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  // The first look at each window only records what is there.
  await sandbox.host.invoke('sweepTimer')
  await eventually('the baseline of every window', async () => {
    let windows = 0
    for await (const _ of sandbox.store.tables.sweeps.all()) windows++
    return windows >= sandbox.ehr.locations().length * 3 || undefined
  })
  const first = book(scene, PATIENT, 20)
  const later = book(scene, LATER_PATIENT, 90)
  Object.assign(facts, first, { laterPhone: later.patientPhone })
  const stored = sandbox.ehr.appointment(first.appointmentId)
  expectThat(stored?.status === 'booked', 'the EHR does not hold the appointment')
  return `EHR: Appointment is ${stored?.status}, starts ${stored?.start}`
}

function book({ sandbox }: Scene, patientId: string, minutes: number) {
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

/** A sweep finds them, and each patient's phone gets one text with a link. */
export async function texted(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  await sandbox.host.invoke('sweepTimer')
  const text = await eventually('a text on the phone', () => textsTo(scene, facts.patientPhone)[0])
  await eventually('a text on the second phone', () => textsTo(scene, facts.laterPhone)[0])
  const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec(text.message)?.[0]
  if (!link) throw new Error('the text has no link')
  facts.link = link
  const delivered = await eventually('both notices to be delivered', async () => {
    const rows = await noticesIn(scene, 'delivered', ':booked')
    return rows.length === 2 ? rows : undefined
  })
  expectThat(textsTo(scene, facts.patientPhone).length === 1, 'more than one text was sent')
  return `Communication Services: 1 text of ${text.message.length} characters a patient; table: ${delivered.length} notices delivered`
}

/** An hour before the second visit, one reminder: the clock moves and the timer runs. */
export async function reminderSent(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  expectThat(textsTo(scene, facts.laterPhone).length === 1, 'a reminder came too early')
  await sandbox.clock.advance(31 * MINUTE)
  await sandbox.host.invoke('reminderTimer')
  const text = await eventually('the reminder on the phone', () => textsTo(scene, facts.laterPhone)[1])
  const [row] = await eventually('the reminder in the table', async () => {
    const rows = await noticesIn(scene, 'delivered', ':reminder.1')
    return rows.length > 0 ? rows : undefined
  })
  return `Communication Services: a reminder at ${text.at}; table: ${row?.rowKey.split(':').at(-1)} ${row?.state}`
}

async function noticesIn({ sandbox }: Scene, state: string, suffix: string) {
  const rows: { partitionKey: string; rowKey: string; state: string }[] = []
  for await (const row of sandbox.store.tables.visits.all())
    if (row.type === 'notice' && row.state === state && row.rowKey.endsWith(suffix)) rows.push(row)
  return rows
}

/** The same queue message three times more: claimed already, so nothing is sent. */
export async function duplicateIgnored(scene: Scene): Promise<string> {
  const { sandbox } = scene
  const rows = await noticesIn(scene, 'delivered', '')
  const before = sandbox.acs.texts().length
  const ran = () =>
    sandbox.host.logs().filter((line) => line.includes("Executed 'Functions.confirmations' (Succeeded"))
      .length
  const already = ran()
  for (const { partitionKey, rowKey } of rows) {
    const [tenantId = '', siteId = '', day = ''] = partitionKey.split('|')
    const [, visitKey = '', version = '', kind = ''] = rowKey.split(':')
    const deadline = new Date(sandbox.clock.now().getTime() + 86_400_000).toISOString()
    const message = {
      schema: 1 as const,
      tenantId,
      siteId,
      day,
      notices: [{ visitKey, version: Number(version), kind, deadline }],
    }
    for (let times = 0; times < 3; times++) await sandbox.store.queues.confirmations.send(message)
  }
  await eventually(
    'the repeated messages to be worked off',
    () => ran() >= already + rows.length * 3 || undefined,
  )
  const after = sandbox.acs.texts().length
  expectThat(after === before, `${after - before} more texts were sent`)
  return `queue: ${rows.length * 3} repeated messages worked off; Communication Services: still ${after} texts`
}
