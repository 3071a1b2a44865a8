import { digits, type Scene, textsTo } from './scene.ts'
import { eventually, expectThat } from './step.ts'

const MINUTE = 60_000

/** A patient with a mobile number in the United States and nothing else about them. Synthetic. */
const PATIENT = '12724101'

/** The EHR has a new video appointment, ninety minutes from now: far enough for a reminder an hour before. */
export async function booked({ sandbox, facts }: Scene): Promise<string> {
  // The first look at each window only records what is there.
  await sandbox.host.invoke('sweepTimer')
  await eventually('the baseline of every window', async () => {
    let windows = 0
    for await (const _ of sandbox.store.tables.sweeps.all()) windows++
    return windows >= sandbox.ehr.locations().length * 3 || undefined
  })
  const patient = sandbox.ehr.patients().find(({ id }) => id === PATIENT)
  const practitioner = sandbox.ehr.practitioners()[0]
  const location = sandbox.ehr.locations()[0]
  if (!patient?.phone || !practitioner || !location) throw new Error('the clinic of the sandbox is not as expected')
  const start = new Date(Math.ceil((sandbox.clock.now().getTime() + 90 * MINUTE) / MINUTE) * MINUTE)
  const { appointmentId } = sandbox.ehr.book({
    patientId: patient.id,
    practitionerId: practitioner.id,
    locationId: location.id,
    start,
    minutes: 30,
    video: true,
  })
  Object.assign(facts, { appointmentId, practitionerId: practitioner.id, patientId: patient.id })
  facts.patientPhone = digits(patient.phone)
  const stored = sandbox.ehr.appointment(appointmentId)
  expectThat(stored?.status === 'booked', 'the EHR does not hold the appointment')
  return `EHR: Appointment is ${stored?.status}, starts ${stored?.start}`
}

/** A sweep finds it, and the patient's phone gets one text with a link. */
export async function texted(scene: Scene): Promise<string> {
  const { sandbox, facts } = scene
  await sandbox.host.invoke('sweepTimer')
  const text = await eventually('a text on the phone', () => textsTo(scene)[0])
  const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec(text.message)?.[0]
  if (!link) throw new Error('the text has no link')
  facts.link = link
  const state = await eventually('the notice to be delivered', async () => {
    for await (const row of sandbox.store.tables.visits.all())
      if (row.type === 'notice' && row.rowKey.endsWith(':booked') && row.state === 'delivered') return row.state
    return undefined
  })
  expectThat(textsTo(scene).length === 1, 'more than one text was sent')
  return `Communication Services: 1 text of ${text.message.length} characters; table: notice ${state}`
}

/** An hour before, one reminder: the clock moves and the timer runs. */
export async function reminderSent(scene: Scene): Promise<string> {
  const { sandbox } = scene
  expectThat(textsTo(scene).length === 1, 'a reminder came too early')
  await sandbox.clock.advance(31 * MINUTE)
  await sandbox.host.invoke('reminderTimer')
  const text = await eventually('the reminder on the phone', () => textsTo(scene)[1])
  const row = await eventually('the reminder in the table', async () => {
    for await (const one of sandbox.store.tables.visits.all())
      if (one.type === 'notice' && one.rowKey.includes(':reminder.') && one.state === 'delivered') return one
    return undefined
  })
  return `Communication Services: text ${textsTo(scene).length} at ${text.at}; table: ${row.rowKey.split(':').at(-1)} ${row.state}`
}

/** The same queue message three times more: claimed already, so nothing is sent. */
export async function duplicateIgnored(scene: Scene): Promise<string> {
  const { sandbox } = scene
  const rows: { partitionKey: string; rowKey: string }[] = []
  for await (const row of sandbox.store.tables.visits.all())
    if (row.type === 'notice' && row.state === 'delivered') rows.push(row)
  const before = sandbox.acs.texts().length
  const ran = () => sandbox.host.logs().filter((line) => line.includes("Executed 'Functions.confirmations' (Succeeded")).length
  const already = ran()
  for (const { partitionKey, rowKey } of rows) {
    const [tenantId = '', siteId = '', day = ''] = partitionKey.split('|')
    const [, visitKey = '', version = '', kind = ''] = rowKey.split(':')
    const deadline = new Date(sandbox.clock.now().getTime() + 86_400_000).toISOString()
    const message = { schema: 1 as const, tenantId, siteId, day, notices: [{ visitKey, version: Number(version), kind, deadline }] }
    for (let times = 0; times < 3; times++) await sandbox.store.queues.confirmations.send(message)
  }
  await eventually('the repeated messages to be worked off', () => ran() >= already + rows.length * 3 || undefined)
  const after = sandbox.acs.texts().length
  expectThat(after === before, `${after - before} more texts were sent`)
  return `queue: ${rows.length * 3} repeated messages worked off; Communication Services: still ${after} texts`
}
