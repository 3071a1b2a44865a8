import { NO_TIME_ZONE } from '../may-finish.ts'
import { PATIENT_SCOPES, SYSTEM_SCOPES } from '../scopes.ts'
import type { Site, SiteClient } from '../site.ts'

/** A client of the EHR as its form holds it. The secret is only ever written. */
export type ClientInput = {
  readonly clientId: string
  readonly method: string
  readonly secret: string
  readonly scopes: string
}
export type DepartmentInput = {
  /** Empty while it is new. */
  readonly id: string
  readonly name: string
  /** Location ids, separated by commas or white space. */
  readonly locations: string
  readonly on: boolean
}

/** The settings of a site as text, the way somebody types them: shown again where they are refused. */
export type SettingsInput = {
  readonly timeZone: string
  readonly patientPhone: string
  readonly clinicName: string
  readonly departments: readonly DepartmentInput[]
  readonly organizers: readonly string[]
  readonly openTeamsAtOnce: boolean
  readonly launch: ClientInput
  /** A line each. */
  readonly issuers: string
  readonly system: ClientInput
  readonly portal: ClientInput & { readonly url: string; readonly issuers: string }
  readonly video: { readonly kind: string; readonly codes: string }
  readonly capabilityFallback: boolean
  readonly emails: { readonly on: boolean; readonly sender: string }
  readonly writeBack: { readonly links: boolean; readonly arrived: boolean }
}

/** The form of a site as it is. */
export function inputOf(site: Site): SettingsInput {
  const { patientLaunch, videoRule } = site
  return {
    timeZone: site.timeZone === NO_TIME_ZONE ? '' : site.timeZone,
    patientPhone: site.patientPhone ?? '',
    clinicName: site.clinicName ?? '',
    departments: site.departments.map(({ id, name, locationIds, on }) => ({
      id,
      name,
      locations: locationIds.join(', '),
      on,
    })),
    organizers: site.organizers,
    openTeamsAtOnce: site.openTeamsAtOnce,
    launch: clientInput(site.launch, ''),
    issuers: site.allowedIssuers.join('\n'),
    system: clientInput(site.system, SYSTEM_SCOPES),
    portal: {
      ...clientInput(patientLaunch?.client, PATIENT_SCOPES),
      url: patientLaunch?.fhirBaseUrl ?? '',
      issuers: (patientLaunch?.allowedIssuers ?? []).join('\n'),
    },
    video: {
      kind: videoRule.kind,
      codes: videoRule.kind === 'service_type' ? videoRule.codes.join(', ') : '',
    },
    capabilityFallback: site.allowCapabilityFallback,
    emails: { on: site.emails?.on === true, sender: site.emails?.sender ?? '' },
    writeBack: { links: site.writeBack?.links === true, arrived: site.writeBack?.arrived === true },
  }
}

function clientInput(client: SiteClient | undefined, scopes: string): ClientInput {
  return {
    clientId: client?.clientId ?? '',
    method: client?.auth.method ?? 'private_key_jwt',
    secret: '',
    scopes: client?.scopes ?? scopes,
  }
}

/** More rows than this no form of ours has. */
const MOST_DEPARTMENTS = 2_000

/** The form as it was posted; whatever is missing is empty. */
export function inputFrom(fields: URLSearchParams): SettingsInput {
  const of = (name: string) => (fields.get(name) ?? '').trim()
  const client = (name: string): ClientInput => ({
    clientId: of(`${name}.clientId`),
    method: of(`${name}.method`),
    // As it is: a secret may begin or end with a space.
    secret: fields.get(`${name}.secret`) ?? '',
    scopes: of(`${name}.scopes`).replace(/\s+/g, ' '),
  })
  const count = Math.min(Number(fields.get('departments')) || 0, MOST_DEPARTMENTS)
  const departments = Array.from({ length: count }, (_, index): DepartmentInput => {
    const part = (name: string) => of(`department.${index}.${name}`)
    return { id: part('id'), name: part('name'), locations: part('locations'), on: part('on') === 'yes' }
  })
  return {
    timeZone: of('timeZone'),
    patientPhone: of('patientPhone'),
    clinicName: of('clinicName'),
    departments,
    organizers: fields.getAll('organizer'),
    openTeamsAtOnce: of('openTeamsAtOnce') === 'yes',
    launch: client('launch'),
    issuers: of('issuers'),
    system: client('system'),
    portal: { ...client('portal'), url: of('portal.url'), issuers: of('portal.issuers') },
    video: { kind: of('video'), codes: of('video.codes') },
    capabilityFallback: of('capabilityFallback') === 'yes',
    emails: { on: of('emails.on') === 'yes', sender: of('emails.sender') },
    writeBack: { links: of('writeBack.links') === 'yes', arrived: of('writeBack.arrived') === 'yes' },
  }
}

/** Words of a list that people separate by commas, semicolons or white space. */
export function words(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}
