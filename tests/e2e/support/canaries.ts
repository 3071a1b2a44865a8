import type { BrowserContext } from 'playwright-core'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { digits, GUEST_NAME, type Scene } from '../../../sandbox/story/scene.ts'
import { type Canary, SHORTEST_CANARY } from './leak-search.ts'

/** What the browsers of a scene saw in addresses: codes, states, nonces, launch handles. */
export type Addresses = { readonly secrets: Canary[] }

const SECRETS = ['code', 'state', 'nonce', 'launch', 'code_challenge', 'session_state']

/** Keeps the secrets in the addresses that the scene's browsers open from now on, redirects included. */
export function watchAddresses({ clinician, phone }: Scene): Addresses {
  const secrets: Canary[] = []
  const watch = (context: BrowserContext) =>
    context.on('request', (request) => secrets.push(...secretsOf(new URL(request.url()).searchParams)))
  watch(clinician)
  watch(phone)
  return { secrets }
}

function secretsOf(parameters: URLSearchParams): Canary[] {
  return SECRETS.flatMap((name) => {
    const value = parameters.get(name) ?? ''
    return value.length >= SHORTEST_CANARY ? [{ what: `the ${name} of an address`, value }] : []
  })
}

/** Everything about a story that must be found nowhere, as the stand-ins know it. */
export async function canariesOf(scene: Scene, { secrets }: Addresses): Promise<Canary[]> {
  const all = [
    ...secrets,
    ...people(scene),
    ...appointments(scene),
    ...issuedTokens(scene),
    ...messages(scene),
    ...(await cookies(scene)),
    ...staff(scene),
    { what: 'the name of the guest', value: GUEST_NAME },
    ...GUEST_NAME.split(' ').map((value) => ({ what: 'a part of the guest’s name', value })),
  ]
  const byValue = new Map(all.map((canary) => [canary.value, canary]))
  return [...byValue.values()].filter(({ value }) => Buffer.byteLength(value) >= SHORTEST_CANARY)
}

/** Every patient of the clinic, not only those of the story: sweeps see them all. Synthetic. */
function people({ sandbox }: Scene): Canary[] {
  return sandbox.ehr.patientResources().flatMap((patient) => {
    const about = (what: string, values: readonly (string | undefined)[]) =>
      values.flatMap((value) => (value ? [{ what: `${what} of patient ${patient.id}`, value }] : []))
    const names = (patient.name ?? []).flatMap(({ text, family, given = [] }) => [
      text,
      family,
      ...given,
      `${given.join(' ')} ${family}`,
    ])
    const points = (patient.telecom ?? []).map(({ value = '' }) => value)
    const phones = points.filter((value) => /\d{7}/.test(value.replace(/\D/g, '')))
    return [
      ...about('a name', names),
      ...about('a contact', points),
      ...about('a phone', [...phones.map(digits), ...phones.map((phone) => `1${digits(phone)}`)]),
      ...about('the MRN', patient.identifier?.map(({ value }) => value) ?? []),
      ...about('the birth date', [patient.birthDate]),
      ...about('the id', [patient.id]),
    ]
  })
}

function appointments({ sandbox, facts }: Scene): Canary[] {
  const ids = [
    ...sandbox.ehr.board().map(({ appointmentId }) => appointmentId),
    facts.appointmentId,
    facts.laterAppointmentId,
  ]
  return ids.map((value) => ({ what: `the id of appointment ${value}`, value }))
}

/** From the EHR: codes, access tokens, id_tokens. From Entra: codes, verifiers, assertions, states, as they came in. */
function issuedTokens({ sandbox, facts }: Scene): Canary[] {
  const fromEhr = sandbox.ehr.issued.map((value) => ({ what: 'a code or token of the EHR', value }))
  const fromEntra = sandbox.entra.ledger.flatMap(({ path, body }) => {
    const form = new URLSearchParams(body as Record<string, string> | undefined)
    const proofs = ['client_assertion', 'code_verifier'].flatMap((name) => form.get(name) ?? [])
    return [
      ...secretsOf(form),
      ...secretsOf(new URL(path, 'https://entra.example').searchParams),
      ...proofs.map((value) => ({ what: 'a proof to Entra', value })),
    ]
  })
  const launch = new URL(facts.launchUrl).searchParams
  return [...fromEhr, ...fromEntra, ...secretsOf(launch)]
}

/** Texts, their links, and how the meetings are joined. */
function messages({ sandbox }: Scene): Canary[] {
  const texts = sandbox.acs
    .texts()
    .flatMap(({ message, to }) => [
      { what: 'the words of a text', value: message },
      { what: 'the number of a text', value: to },
      ...[...message.matchAll(/\/v\/([\w-]{22})/g)].map(([, value = '']) => ({ what: 'a link', value })),
    ])
  const meetings = sandbox.graph
    .meetings()
    .flatMap(({ id, joinWebUrl, attendees }) => [
      { what: 'the id of a meeting', value: id },
      { what: 'a join URL', value: joinWebUrl },
      { what: 'a join URL', value: decodeURIComponent(joinWebUrl) },
      { what: 'the thread of a meeting', value: decodeURIComponent(joinWebUrl).split('/')[5] ?? '' },
      ...attendees.map(({ upn }) => ({ what: 'an attendee', value: upn })),
    ])
  return [...texts, ...meetings]
}

async function cookies({ clinician, phone }: Scene): Promise<Canary[]> {
  const all = [...(await clinician.cookies()), ...(await phone.cookies())]
  // Whether somebody likes to join in the app or the browser is no secret, and one of two words.
  const secrets = all.filter(({ name }) => name !== '__Host-join')
  return secrets.map(({ name, value }) => ({ what: `the cookie ${name}`, value }))
}

function staff({ sandbox }: Scene): Canary[] {
  const users = sandbox.entra.tenants.find(({ id }) => id === NORTHWIND_HEALTH)?.users ?? []
  return [
    ...users.flatMap(({ upn, mail, displayName }) =>
      [upn, mail, displayName].map((value) => ({ what: `who ${upn} is`, value })),
    ),
    ...sandbox.ehr.practitioners().map(({ name }) => ({ what: 'the name of a practitioner', value: name })),
  ]
}

/** What the EHR calls its users: the one thing that may be stored of a person, in one table. */
export function ehrUserIds({ sandbox, facts }: Scene): Canary[] {
  const { id = '', username = '' } =
    sandbox.ehr.practitioners().find((one) => one.id === facts.practitionerId) ?? {}
  return [
    { what: 'the EHR user', value: username },
    { what: 'the EHR’s practitioner', value: id },
  ]
}
