import { expect, test } from 'vitest'
import { northwindClients } from '../../../sandbox/northwind.ts'
import type { World } from '../bad-input/world.ts'
import { rowOf, withSite } from './forms.ts'
import { sweep } from './look.ts'

const eventually = async <T>(check: () => Promise<T | undefined>): Promise<T | undefined> => {
  for (let tries = 0; tries < 120; tries++) {
    const found = await check()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return undefined
}

/** The EHR team grants the system account the right to write. */
function grantWriting({ sandbox }: World): void {
  for (const client of northwindClients(sandbox.appUrl))
    if (client.clientId.endsWith('-system'))
      sandbox.ehr.register({ ...client, scope: `${client.scope} system/Appointment.write` })
}

export function writeBackCases(world: () => World): void {
  const writing = <T>(work: () => Promise<T>) =>
    withSite(
      world(),
      (site) => ({
        ...site,
        writeBack: { links: true, arrived: true },
        ...(site.system
          ? { system: { ...site.system, scopes: `${site.system.scopes} system/Appointment.write` } }
          : {}),
      }),
      work,
    )

  test('fills the EHR’s video link fields, and the patient hears nothing of it', async () => {
    grantWriting(world())
    await writing(async () => {
      const { sandbox } = world()
      const visit = await world().openVisit(50)
      const row = await eventually(async () => {
        const now = await rowOf(world(), visit)
        return now.linksWrittenAt === undefined ? undefined : now
      })
      expect(row?.version).toBe(1)
      const rooms = (sandbox.ehr.appointment(visit.appointmentId)?.contained ??
        []) as fhir4.HealthcareService[]
      const urls = rooms.flatMap(({ telecom }) => telecom?.map(({ value }) => value ?? '') ?? [])
      expect(urls.some((url) => url.includes('/l/meetup-join/') || url.includes('/teams/'))).toBe(true)
      expect(urls).toContain(visit.link)
      const texts = sandbox.acs.texts().length
      await sweep(world())
      const after = await rowOf(world(), visit)
      expect([after.version, sandbox.acs.texts().length >= texts]).toEqual([1, true])
    })
  })

  test('that the EHR refuses never keeps the visit from opening, and is kept for those who look after it', async () => {
    await writing(async () => {
      const { sandbox } = world()
      for (const client of northwindClients(sandbox.appUrl))
        if (client.clientId.endsWith('-system')) sandbox.ehr.register(client)
      // A new scope string asks for a new token: the one that may write is kept for some minutes.
      await sandbox.clock.advance(15 * 60_000)
      const visit = await world().openVisit(50)
      expect(visit.page.text).toContain('Join in Teams')
      const failure = await eventually(async () => (await rowOf(world(), visit)).writeBackFailure)
      expect(failure).toMatch(/scope/)
      grantWriting(world())
    })
  })
}
