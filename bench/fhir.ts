import { useFetch } from '../src/core/http/cross-fetch.ts'
import type { BenchResult } from './measuring/result.ts'

export const about = 'requests to the EHR for a day of one department, over the fewest that its pages allow'

const APPOINTMENTS = 300
const PAGE = 100
const BASE = 'https://ehr.example.org/r4/bench'
const DAY = '2031-03-04'

/**
 * A sweep of 300 appointments, and their reminders: every appointment and patient read again right before the text.
 * `ratio` = our requests over the fewest (the pages as given, and one search for a hundred ids). Baseline: one search
 * and, for each appointment, one read of it and one of its patient.
 */
export async function bench(): Promise<BenchResult> {
  // fhirclient brings its own fetch: ours must be in its place before it is loaded.
  await import('../tests/setup/cross-fetch-alias.ts')
  const { ehr } = await import('../src/core/ehr/ehr.ts')
  const asked: string[] = []
  useFetch(((input: string | URL | Request) => {
    const url = new URL(String(input instanceof Request ? input.url : input))
    asked.push(url.pathname)
    return Promise.resolve(answer(url))
  }) as typeof fetch)
  const port = ehr(
    { fhirBaseUrl: BASE, accessToken: 'bench', videoRule: { kind: 'virtual_service' } },
    () => new Date(),
  )
  const count = async (work: () => Promise<unknown>) => {
    asked.length = 0
    await work()
    return asked.length
  }
  const [from, to] = [new Date(`${DAY}T00:00:00Z`), new Date(`${DAY}T23:59:59Z`)]
  const sweep = await count(async () => {
    const found = await port.appointmentsIn(['L1'], from, to)
    if (!found.ok || found.value.size !== APPOINTMENTS)
      throw new Error(
        `the sweep did not see every appointment: ${found.ok ? found.value.size : JSON.stringify(found.failure)}`,
      )
  })
  let texts = 0
  // As messages of a hundred come.
  for (let at = 0; at < APPOINTMENTS; at += 100)
    texts += await count(async () => {
      const ids = Array.from({ length: Math.min(100, APPOINTMENTS - at) }, (_, n) => `A${at + n}`)
      const [appointments, patients] = [
        await port.appointments(ids),
        await port.patients(ids.map((id) => `P${id.slice(1)}`)),
      ]
      if (!appointments.ok || !patients.ok || patients.value.size !== ids.length)
        throw new Error('a read failed')
    })
  const naive = await count(async () => {
    await port.appointmentsIn(['L1'], from, to)
    for (let n = 0; n < APPOINTMENTS; n++) {
      await port.appointment(`A${n}`)
      await port.patient(`P${n}`)
    }
  })
  const least = Math.ceil(APPOINTMENTS / PAGE) * 3
  process.stdout.write(
    [
      `${APPOINTMENTS} appointments      ours   fewest   one by one`,
      `sweep                 ${String(sweep).padStart(4)}   ${String(Math.ceil(APPOINTMENTS / PAGE)).padStart(6)}`,
      `texts                 ${String(texts).padStart(4)}   ${String(2 * Math.ceil(APPOINTMENTS / PAGE)).padStart(6)}`,
      `together              ${String(sweep + texts).padStart(4)}   ${String(least).padStart(6)}   ${naive}`,
      '',
    ].join('\n'),
  )
  return {
    ours: sweep + texts,
    baseline: naive,
    ratio: (sweep + texts) / least,
    unit: 'requests',
    fewest: least,
  }
}

/** An R4 server that answers searches by pages of a hundred. */
function answer(url: URL): Response {
  const [type = '', id] = url.pathname.slice('/r4/bench/'.length).split('/')
  const json = (body: unknown) =>
    new Response(JSON.stringify(body), { headers: { 'content-type': 'application/fhir+json' } })
  if (id !== undefined) return json(resource(type, id))
  const wanted =
    url.searchParams.get('_id')?.split(',') ?? Array.from({ length: APPOINTMENTS }, (_, n) => `A${n}`)
  const at = Number(url.searchParams.get('-pageContext') ?? 0)
  const entry = wanted.slice(at, at + PAGE).map((one) => ({ resource: resource(type, one) }))
  const next = new URL(url)
  next.searchParams.set('-pageContext', String(at + PAGE))
  const link = at + PAGE < wanted.length ? [{ relation: 'next', url: next.href }] : []
  return json({ resourceType: 'Bundle', type: 'searchset', link, entry })
}

function resource(type: string, id: string) {
  if (type === 'Patient') return { resourceType: 'Patient', id, active: true }
  return {
    resourceType: 'Appointment',
    id,
    status: 'booked',
    start: `${DAY}T12:00:00Z`,
    minutesDuration: 30,
    participant: [
      { actor: { reference: `Patient/P${id.slice(1)}` } },
      { actor: { reference: 'Location/L1' } },
    ],
  }
}
