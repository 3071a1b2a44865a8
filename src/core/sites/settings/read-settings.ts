import { type Missing, missingSettings, NO_TIME_ZONE } from '../may-finish.ts'
import { isTimeZone, type Site } from '../site.ts'
import { urlShape } from '../validation/url-shape.ts'
import { readIssuers } from './addresses.ts'
import { readClient } from './client.ts'
import { readDepartments } from './departments.ts'
import { readEmails } from './emails.ts'
import type { SettingsInput } from './input.ts'
import { patientPhone } from './patient-phone.ts'
import { readVideoRule } from './video-rule.ts'

/** Says what is wrong with a field, by its name in the form. */
export type Tell = (field: string, problem: string) => undefined
export type FieldErrors = Readonly<Record<string, string>>

export type ReadContext = {
  readonly site: Site
  /** Entra user ids that the tenant lets organize. */
  readonly organizers: readonly string[]
  readonly sealed: (secret: string) => string
  /** http to this machine is for development. */
  readonly httpLoopback: boolean
  readonly now: Date
}

/** Which field a thing is missing at, where a site in use would lose it. */
const FIELD_OF: Readonly<Record<Exclude<Missing, 'tested'>, readonly [field: string, problem: string]>> = {
  client_id: ['launch.clientId', 'This site is in use: it needs the clinicians’ client id.'],
  organizers: ['organizers', 'This site is in use: choose at least one account.'],
  time_zone: ['timeZone', 'This site is in use: choose the clinic’s time zone.'],
  patient_phone: [
    'patientPhone',
    'This Production site is in use: patients need a number that they can call.',
  ],
  system_account: [
    'system.clientId',
    'Texts or e-mails are on: they are written from what the system account reads.',
  ],
  department: ['departments', 'Texts or e-mails are on: at least one department has to be on.'],
}

/** A site as the form wants it, or what is wrong, field by field. Pure but for the seal. */
export function readSettings(
  input: SettingsInput,
  { site, organizers, sealed, httpLoopback, now }: ReadContext,
): { readonly site: Site } | { readonly errors: FieldErrors } {
  const errors: Record<string, string> = {}
  const tell: Tell = (field, problem) => {
    errors[field] ??= problem
    return undefined
  }
  const phone = input.patientPhone && patientPhone(input.patientPhone, site.texts.countries[0] ?? 'US')
  if (phone === undefined)
    tell('patientPhone', 'This is not a phone number. Write it with area code, such as +1 816-555-0100.')
  if (input.timeZone !== '' && !isTimeZone(input.timeZone))
    tell('timeZone', 'Choose a time zone of the list.')
  if (input.clinicName.length > 60) tell('clinicName', 'Use at most 60 characters.')
  const strangers = input.organizers.filter((id) => !organizers.includes(id) && !site.organizers.includes(id))
  if (strangers.length > 0)
    tell('organizers', 'Choose accounts of the list; others are added under Permissions first.')
  if (input.organizers.length > 50) tell('organizers', 'At most 50 accounts for one site.')
  const launch = readClient('launch', input.launch, site.launch, sealed, tell)
  const system =
    input.system.clientId === '' ? undefined : readClient('system', input.system, site.system, sealed, tell)
  const departments = readDepartments(input.departments, new Set(site.departments.map(({ id }) => id)), tell)
  const videoRule = readVideoRule(input.video.kind, input.video.codes, tell)
  const allowedIssuers = readIssuers('issuers', input.issuers, httpLoopback, tell)
  const patientLaunch = readPortal(input, site, sealed, httpLoopback, tell)
  const emails = readEmails(input, site.emails, now, tell)
  const { writeBack } = input
  const {
    patientPhone: _phone,
    clinicName: _name,
    system: _system,
    patientLaunch: _portal,
    emails: _emails,
    writeBack: _writeBack,
    ...rest
  } = site
  if (Object.keys(errors).length > 0 || !launch || !videoRule) return { errors }
  const next: Site = {
    ...rest,
    ...(phone ? { patientPhone: phone } : {}),
    ...(input.clinicName === '' ? {} : { clinicName: input.clinicName }),
    ...(system ? { system } : {}),
    ...(patientLaunch ? { patientLaunch } : {}),
    ...(emails ? { emails } : {}),
    ...(writeBack.links || writeBack.arrived ? { writeBack } : {}),
    timeZone: input.timeZone || NO_TIME_ZONE,
    departments,
    organizers: [...new Set(input.organizers)],
    openTeamsAtOnce: input.openTeamsAtOnce,
    launch,
    allowedIssuers,
    videoRule,
    allowCapabilityFallback: input.capabilityFallback,
  }
  if (site.setup !== true) for (const code of missingSettings(next)) tell(...FIELD_OF[code])
  return Object.keys(errors).length > 0 ? { errors } : { site: next }
}

/** The launch from the EHR's patient portal; none where no client id is entered. */
function readPortal(
  { portal }: SettingsInput,
  site: Site,
  sealed: (secret: string) => string,
  httpLoopback: boolean,
  tell: Tell,
): Site['patientLaunch'] {
  if (portal.clientId === '') {
    if (portal.url !== '')
      tell('portal.clientId', 'Enter the portal’s client id too, or leave its address empty.')
    return undefined
  }
  const shape = urlShape(portal.url || site.fhirBaseUrl, httpLoopback)
  if ('problem' in shape) tell('portal.url', 'This is not an https address that a FHIR base URL could be.')
  const client = readClient('portal', portal, site.patientLaunch?.client, sealed, tell)
  const allowedIssuers = readIssuers('portal.issuers', portal.issuers, httpLoopback, tell)
  return client && 'url' in shape ? { fhirBaseUrl: shape.url, client, allowedIssuers } : undefined
}
