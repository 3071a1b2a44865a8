import { afterAll, beforeAll, expect, it } from 'vitest'
import { doctorCommand } from '../../../scripts/doctor/command.ts'
import { workDoctor } from '../../../src/core/doctor/work-doctor.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { type DoctorWorld, doctorWorld } from './world.ts'

let world: DoctorWorld
let env: Record<string, string>
beforeAll(async () => {
  world = await doctorWorld()
  const { blob, queue, table } = world.storagePorts
  env = {
    AZURITE_BLOB_PORT: String(blob),
    AZURITE_QUEUE_PORT: String(queue),
    AZURITE_TABLE_PORT: String(table),
  }
})
afterAll(() => world?.close())

/** The app at work: it takes what lies in the queue. */
async function workOff(): Promise<void> {
  const app = await world.newApp()
  const queue = app.storage.queue('doctor')
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 })
  for (const { messageId, popReceipt, messageText } of receivedMessageItems) {
    const read = app.store.queues.doctor.read(JSON.parse(Buffer.from(messageText, 'base64').toString()))
    if (!read.ok) throw new Error(read.failure.code)
    const site = await app.site(read.value.tenantId, read.value.siteId)
    if (site) await workDoctor(app, site, read.value)
    await queue.deleteMessage(messageId, popReceipt)
  }
}

it('says so where no site is in use yet, and fails nothing', async () => {
  const app = await world.newApp()
  await siteStore(app.store).save({ ...world.site, setup: true })
  const report = await doctorCommand([], env, workOff)
  expect(report).toEqual({ text: expect.stringContaining('No site is in use yet'), failed: false })
  await expect(doctorCommand(['--site', 'nowhere'], env, workOff)).rejects.toThrow('No such site')
  await siteStore(app.store).save(world.site)
})

it('runs every check in the app and sends no text', async () => {
  const texts = world.acs.texts().length
  const report = await doctorCommand(['--lines', 'all'], env, workOff)
  expect(report.text).not.toMatch(/^ {2}fail /m)
  expect(report.failed).toBe(false)
  expect(report.text).toContain(`${world.site.name} (${world.site.siteId}): `)
  expect(report.text).toMatch(/ 0 failed/)
  expect(report.text).toMatch(/^ {2}skip A test e-mail is taken: .*\[no_recipient\]$/m)
  expect(report.text).toMatch(/^ {2}pass The FHIR server answers: /m)
  expect(world.acs.texts()).toHaveLength(texts)
})

it('fails where a check fails, and prints that line with what to do', async () => {
  world.ehr.faults.fhirUnavailable = true
  const report = await doctorCommand(['--site', world.site.siteId], env, workOff)
  world.ehr.faults.fhirUnavailable = false
  expect(report.failed).toBe(true)
  expect(report.text).toMatch(/^ {2}fail The FHIR server answers: .+\[\w+\]\n {7}what to do: \w/m)
  expect(report.text).not.toMatch(/^ {2}pass /m)
})

it('refuses an option that it does not know', async () => {
  await expect(doctorCommand(['--force'], env, workOff)).rejects.toThrow('--force')
})
