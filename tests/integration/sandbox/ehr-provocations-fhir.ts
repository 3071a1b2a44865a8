import { codeOf, type EhrWithApps, fhir, linkOps, patch, postToken, systemToken } from './ehr-app.ts'

type Provocation = (apps: EhrWithApps) => Promise<Response>

const RANGE = 'date=ge2026-01-01T00:00:00Z&date=lt2026-01-02T00:00:00Z'

/** A search by the system account, below Appointment. */
const search =
  (query: string): Provocation =>
  async (apps) =>
    fhir(apps, await systemToken(apps), `Appointment?${query}`)

/** A patch of a fresh video visit by the system account. */
const patching =
  (
    body: unknown,
    more: { linked?: boolean; headers?: Record<string, string>; video?: boolean } = {},
  ): Provocation =>
  async (apps) => {
    const token = await systemToken(apps)
    const id = bookVisit(apps, more.video ?? true)
    if (more.linked) await patch(apps, token, id, linkOps('add'), { 'if-match': 'W/"0"' })
    const version = apps.ehr.appointment(id)?.meta?.versionId ?? ''
    return patch(apps, token, id, body, { 'if-match': `W/"${version}"`, ...more.headers })
  }

/** A patch while a switch of the EHR is on. */
const patchingWith =
  (set: (apps: EhrWithApps, id: string) => void): Provocation =>
  async (apps) => {
    const id = bookVisit(apps, true)
    set(apps, id)
    return patch(apps, await systemToken(apps), id, linkOps('add'), { 'if-match': 'W/"0"' })
  }

function bookVisit(apps: EhrWithApps, video: boolean, status: 'booked' | 'fulfilled' = 'booked'): string {
  const [[patient], [practitioner], [location]] = [
    apps.ehr.patients(),
    apps.ehr.practitioners(),
    apps.ehr.locations(),
  ]
  return apps.ehr.book({
    patientId: patient?.id ?? '',
    practitionerId: practitioner?.id ?? '',
    locationId: location?.id ?? '',
    start: apps.clock.now(),
    video,
    status,
  }).appointmentId
}

async function userToken(apps: EhrWithApps, body: Record<string, string>): Promise<string> {
  const { access_token } = (await (await postToken(apps, body)).json()) as { access_token: string }
  return access_token
}

const withoutEnd = linkOps('add').slice(0, 3)

export const FHIR_PROVOCATIONS: Record<string, Provocation> = {
  'fhir-without-token': (apps) => fetch(`${apps.ehr.fhirBaseUrl}/Patient/1`),
  'fhir-expired-token': async (apps) => {
    const token = await systemToken(apps)
    apps.clock.advance(571_000)
    return fhir(apps, token, 'Patient/12724101')
  },
  'fhir-revoked-token': async (apps) => {
    const body = await codeOf(apps)
    const token = await userToken(apps, body)
    await postToken(apps, body)
    return fhir(apps, token, 'Patient/12724101')
  },
  'fhir-missing-scope': async (apps) => fhir(apps, await systemToken(apps), 'Practitioner/4122622'),
  'fhir-other-patient': async (apps) => {
    const body = await codeOf(apps, 'app-public', 'launch patient/Patient.read user/Appointment.read')
    const token = await userToken(apps, body)
    const own = (await fhir(apps, token, `Patient?_id=${apps.ehr.patients().map(({ id }) => id)}`)).json()
    const [seen] = ((await own) as fhir4.Bundle).entry ?? []
    const other = apps.ehr.patients().find(({ id }) => id !== seen?.resource?.id)
    return fhir(apps, token, `Patient/${other?.id}`)
  },
  'fhir-unknown-tenant': async (apps) => {
    const other = `${new URL(apps.ehr.fhirBaseUrl).origin}/r4/00000000-0000-4000-8000-000000000000`
    return fetch(`${other}/Patient/1`, { headers: { authorization: `Bearer ${await systemToken(apps)}` } })
  },
  'fhir-not-found': async (apps) => fhir(apps, await systemToken(apps), 'Appointment/1'),
  'fhir-subscription': async (apps) => fhir(apps, await systemToken(apps), 'Subscription'),
  'fhir-not-acceptable': async (apps) =>
    fhir(apps, await systemToken(apps), 'Patient/12724101', { headers: { accept: 'application/fhir+xml' } }),
  'fhir-throttled': async (apps) => {
    apps.ehr.faults.fhirThrottled = true
    const answer = await fetch(`${apps.ehr.fhirBaseUrl}/Patient/1`)
    apps.ehr.faults.fhirThrottled = false
    return answer
  },
  'fhir-unavailable': async (apps) => {
    apps.ehr.faults.fhirUnavailable = true
    const answer = await fetch(`${apps.ehr.fhirBaseUrl}/metadata`)
    apps.ehr.faults.fhirUnavailable = false
    if (!answer.headers.get('retry-after')) throw new Error('Retry-After is missing')
    return answer
  },
  'search-nothing': search(''),
  'search-mixed': search(`patient=12724101&location=21304876&${RANGE}`),
  'search-repeated': search(`patient=12724101&patient=12724102&${RANGE}`),
  'search-without-date': search('location=21304876'),
  'search-one-ended': search('location=21304876&date=ge2026-01-01T00:00:00Z'),
  'search-date-offset': search(
    `location=21304876&date=${encodeURIComponent('ge2026-01-01T00:00:00-06:00')}&date=lt2026-01-02T00:00:00Z`,
  ),
  'search-last-updated': search(`location=21304876&${RANGE}&_lastUpdated=ge2026-01-01T00:00:00Z`),
  'search-page-unknown': search('-pageContext=00000000&-pageDirection=NEXT'),
  'search-patient-by-name': async (apps) => fhir(apps, await systemToken(apps), 'Patient?name=Garcia'),
  'patch-content-type': patching(linkOps('add'), { headers: { 'content-type': 'application/json' } }),
  'patch-not-json': patching('links, please'),
  'patch-without-if-match': async (apps) =>
    patch(apps, await systemToken(apps), bookVisit(apps, true), linkOps('add')),
  'patch-stale': patching(linkOps('add'), { headers: { 'if-match': 'W/"9"' } }),
  'patch-already-linked': patching(linkOps('add'), { linked: true }),
  'patch-mixed': patching([...withoutEnd, ...linkOps('replace').slice(3)]),
  'patch-missing': patching(withoutEnd),
  'patch-other-path': patching([...withoutEnd, { op: 'add', path: '/comment', value: 'hello' }]),
  'patch-nothing-to-replace': patching(linkOps('replace')),
  'patch-link-too-long': patching(linkOps('add', `https://example.com/${'x'.repeat(236)}`)),
  'patch-not-video': patching(linkOps('add'), { video: false }),
  'patch-status-sequence': async (apps) => {
    const id = bookVisit(apps, true, 'fulfilled')
    const ops = [{ op: 'replace', path: '/status', value: 'booked' }]
    return patch(apps, await systemToken(apps), id, ops, { 'if-match': 'W/"0"' })
  },
  'patch-locked': patchingWith((apps, id) => apps.ehr.setLocked(id, true)),
  'patch-dependency': patchingWith((apps, id) => apps.ehr.setDependencyFailure(id, true)),
  'patch-read-scope-only': async (apps) =>
    patch(apps, await systemToken(apps, 'system/Appointment.read'), bookVisit(apps, true), linkOps('add')),
  'patch-write-scope-only': async (apps) =>
    patch(apps, await systemToken(apps, 'system/Appointment.write'), bookVisit(apps, true), linkOps('add')),
}
