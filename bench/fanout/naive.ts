import { composeText } from '../../src/core/messaging/compose.ts'
import { visitPartition } from '../../src/core/visits/bay.ts'
import { visitRowKey, visitSeals } from '../../src/core/visits/visit.ts'
import { visitStore } from '../../src/core/visits/visit-store.ts'
import { BAY, type ClinicDay, fieldKeys, identity, linkKeys, NOW } from './clinic-day.ts'
import { workQueue } from './work-queue.ts'

/**
 * The shortest sender that is still correct: a message for each text; claim by an insert, read, ask for opt-outs, send,
 * record. A message that comes twice finds the claim and stops.
 */
export async function naive({ store, site, clients, ehr, visitKeys, sendText }: ClinicDay): Promise<void> {
  const { visits: table, optouts } = store.tables
  const queue = clients.queue('reminders')
  const partitionKey = visitPartition(site.tenantId, site.siteId, BAY)
  const seals = visitSeals(fieldKeys)
  const links = visitStore(store, linkKeys, 7)
  for (const visitKey of visitKeys) await queue.sendMessage(Buffer.from(visitKey).toString('base64'))
  await workQueue(queue, async (visitKey) => {
    const at = NOW.toISOString()
    const keys = { partitionKey, rowKey: `n:${visitKey}:1:reminder.0` }
    const claim = {
      ...keys,
      schema: 1 as const,
      type: 'notice' as const,
      claimId: 'one',
      leaseUntil: at,
      changedAt: at,
    }
    const claimed = await table.insert({ ...claim, state: 'sending', firstSentAt: at })
    if (!claimed.ok) return
    const row = await table.get(partitionKey, visitRowKey(visitKey))
    if (row?.type !== 'visit') return
    const visit = { tenantId: site.tenantId, siteId: site.siteId, visitKey, bay: BAY, row }
    const id = seals.appointmentId(visit) ?? ''
    const appointments = await ehr.appointments([id])
    const appointment = appointments.ok ? appointments.value.get(id) : undefined
    const patientId = appointment?.patientId ?? ''
    const patients = await ehr.patients([patientId])
    const to = patients.ok ? patients.value.get(patientId)?.phones[0] : undefined
    if (!appointment || !to || (await optouts.get(site.tenantId, identity.phoneKey(site.tenantId, to))))
      return
    const link = `https://v.example.org/v/${links.patientToken(visit)}`
    const { timeZone } = site
    const body = composeText({ kind: 'reminder.0', start: appointment.start, timeZone, language: 'en', link })
    const repeatabilityId = identity.repeatabilityId(site.tenantId, visitKey)
    const sent = await sendText({
      from: '+18005550100',
      to,
      body,
      repeatabilityId,
      firstSentAt: NOW,
      tag: visitKey,
    })
    await table.replace({
      ...claim,
      state: sent.ok ? 'sent' : 'unknown',
      firstSentAt: at,
      etag: claimed.value.etag,
    })
  })
}
