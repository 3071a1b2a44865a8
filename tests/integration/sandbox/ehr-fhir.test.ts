import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEhr } from '../../../sandbox/ehr/ehr.ts'
import { type EhrWithApps, ehrWithApps, fhir, linkOps, patch, systemToken } from './ehr-app.ts'

let apps: EhrWithApps

beforeAll(async () => {
  apps = await ehrWithApps()
})
afterAll(() => apps.ehr.close())

function bundleIds(bundle: fhir4.Bundle): string[] {
  return (bundle.entry ?? []).map(({ resource }) => resource?.id ?? '')
}

describe('the FHIR server', () => {
  it('an appointment search pages by opaque links, repeats across pages and misses nothing', async () => {
    const token = await systemToken(apps)
    const at = apps.clock.now().getTime()
    const range = [-6, 40].map((hours) => new Date(at + hours * 3_600_000).toISOString())
    const locations = apps.ehr.locations().map(({ id }) => id)
    const query = `location=${locations.join(',')}&date=ge${range[0]}&date=lt${range[1]}&_count=7`
    let next: string | undefined = `Appointment?${query}`
    const ids: string[] = []
    const starts: string[] = []
    while (next) {
      const bundle = (await (await fhir(apps, token, next)).json()) as fhir4.Bundle
      ids.push(...bundleIds(bundle))
      starts.push(...(bundle.entry ?? []).map(({ resource }) => (resource as fhir4.Appointment).start ?? ''))
      next = bundle.link
        ?.find(({ relation }) => relation === 'next')
        ?.url.slice(apps.ehr.fhirBaseUrl.length + 1)
    }
    expect(new Set(ids).size).toBeLessThan(ids.length)
    expect(starts).toEqual([...starts].sort())
    const open = `-date-or-req-period=ge${range[0]}&-date-or-req-period=lt${range[1]}`
    const all = (await (
      await fhir(apps, token, `Appointment?location=${locations.join(',')}&${open}&_count=100`)
    ).json()) as fhir4.Bundle
    expect(bundleIds(all)).toHaveLength(40)
    const proposed = (all.entry ?? []).filter(
      ({ resource }) => (resource as fhir4.Appointment).status === 'proposed',
    )
    expect(new Set(ids).size).toBe(40 - proposed.length)
  })

  it('a batch of patients comes in one request', async () => {
    const token = await systemToken(apps)
    const ids = apps.ehr
      .patients()
      .slice(0, 5)
      .map(({ id }) => id)
    const bundle = (await (await fhir(apps, token, `Patient?_id=${ids.join(',')}`)).json()) as fhir4.Bundle
    expect(bundleIds(bundle)).toEqual(ids)
  })

  it('written links are read back with the patient first, under a new version', async () => {
    const token = await systemToken(apps)
    const row = apps.ehr.board().find(({ video }) => video)
    const id = row?.appointmentId ?? ''
    const read = await fhir(apps, token, `Appointment/${id}`)
    const before = (await read.json()) as fhir4.Appointment
    expect(before.contained?.[0]).toMatchObject({ telecom: [{ system: 'url' }] })
    expect(JSON.stringify(before)).not.toContain('example.com')

    const written = await patch(apps, token, id, linkOps('add'), {
      'if-match': read.headers.get('etag') ?? '',
    })
    expect([written.status, await written.text()]).toEqual([200, ''])
    const again = await patch(apps, token, id, linkOps('replace'), {
      'if-match': written.headers.get('etag') ?? '',
    })
    expect(again.headers.get('etag')).toBe('W/"0-2"')

    const after = (await (await fhir(apps, token, `Appointment/${id}`)).json()) as fhir4.Appointment
    const rooms = (after.contained ?? []) as fhir4.HealthcareService[]
    expect(rooms.map(({ type, telecom }) => [type?.[0]?.text, telecom?.[0]?.value])).toEqual([
      ['Patient Virtual Meeting Room', 'https://example.com/patient'],
      ['Provider Virtual Meeting Room', 'https://example.com/provider'],
    ])
    expect(
      apps.ehr.ledger.some(({ method, status, body }) => method === 'PATCH' && status === 200 && body),
    ).toBe(true)
  })

  it('booking, moving, cancelling and a change of kind each raise the version', async () => {
    const [patient] = apps.ehr.patients()
    const [practitioner] = apps.ehr.practitioners()
    const [location] = apps.ehr.locations()
    const start = new Date(apps.clock.now().getTime() + 3_600_000)
    const { appointmentId } = apps.ehr.book({
      patientId: patient?.id ?? '',
      practitionerId: practitioner?.id ?? '',
      locationId: location?.id ?? '',
      start,
    })
    const version = () => apps.ehr.appointment(appointmentId)?.meta?.versionId
    const seen = [version()]
    apps.ehr.move(appointmentId, new Date(start.getTime() + 900_000))
    seen.push(version())
    apps.ehr.setVideo(appointmentId, false)
    seen.push(version())
    apps.ehr.cancel(appointmentId)
    seen.push(version())
    expect(seen).toEqual(['0', '1', '2', '3'])
    expect(apps.ehr.appointment(appointmentId)).toMatchObject({ status: 'cancelled' })
    expect(apps.ehr.appointment(appointmentId)?.contained).toBeUndefined()
  })

  it('the capability statement names R4, the endpoints and the appointment searches without a token', async () => {
    const metadata = (await (
      await fetch(`${apps.ehr.fhirBaseUrl}/metadata`)
    ).json()) as fhir4.CapabilityStatement
    expect(metadata.fhirVersion).toBe('4.0.1')
    const appointment = metadata.rest?.[0]?.resource?.find(({ type }) => type === 'Appointment')
    expect(appointment?.searchParam?.map(({ name }) => name)).toContain('location')
    expect(JSON.stringify(metadata.rest?.[0]?.security)).toContain(apps.tokenEndpoint)
  })

  it('correlation ids come back', async () => {
    const response = await fetch(`${apps.ehr.fhirBaseUrl}/metadata`, { headers: { 'x-request-id': 'abc-1' } })
    expect(response.headers.get('x-request-id')).toBe('abc-1')
    expect(response.headers.get('opc-request-id')).toBeTruthy()
  })
})

describe('the seed', () => {
  it('the same now gives the same clinic, with every status and each phone told apart', async () => {
    const now = () => new Date('2026-05-04T15:07:00Z')
    const [one, two] = await Promise.all([startEhr({ port: 0, now }), startEhr({ port: 0, now })])
    try {
      expect(one.board()).toEqual(two.board())
      expect(new Set(one.board().map(({ status }) => status))).toEqual(
        new Set(['proposed', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow']),
      )
      const phones = one
        .patients()
        .flatMap(({ phone }) => (phone ? [phone.replace(/\D/g, '').slice(-10)] : []))
      expect(new Set(phones).size).toBe(phones.length)
    } finally {
      await Promise.all([one.close(), two.close()])
    }
  })
})
