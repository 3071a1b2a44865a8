import type { Site } from './site.ts'

/** The last run of the connection doctor on a site, as far as this rule asks for it. */
export type DoctorResult = { readonly passed: boolean; readonly at: string }

/** What a site still lacks before its setup can be finished. */
export type Missing =
  | 'client_id'
  | 'organizers'
  | 'time_zone'
  /** Before Production: a patient who cannot join has nobody else to ask. */
  | 'patient_phone'
  /** Texts and e-mails are written from what the system account reads of the departments. */
  | 'system_account'
  | 'department'
  /** Before Production: the doctor has passed on a Testing site, or somebody decided that it need not. */
  | 'tested'

/** A new site has this zone until an administrator chose the clinic's own: a guess would end in texts with a wrong time. */
export const NO_TIME_ZONE = 'UTC'

const DAY = 86_400_000
/** So long a passed run of the doctor counts: keys, scopes and addresses change. */
const TESTED_DAYS = 90

/**
 * What is missing before a site's setup can be finished; nothing where it can. Pure.
 * @param sites all of the tenant: any of them in Testing may be the one that the doctor passed on.
 * @param doctor the last result by site id
 */
export function mayFinish(
  site: Site,
  sites: readonly Site[],
  doctor: ReadonlyMap<string, DoctorResult>,
  now: Date,
): Missing[] {
  const tested = site.override !== undefined || sites.some((one) => passedInTesting(one, doctor, now))
  return [
    ...missingSettings(site),
    ...(site.environment === 'production' && !tested ? (['tested'] as const) : []),
  ]
}

/** The part of {@link mayFinish} that the site's own settings decide: a finished site must not lose any of it. */
export function missingSettings(site: Site): Exclude<Missing, 'tested'>[] {
  const { launch, organizers, timeZone, environment, patientPhone, texts, emails, system, departments } = site
  const telling = texts.on || emails?.on === true
  const missing: [Exclude<Missing, 'tested'>, boolean][] = [
    ['client_id', launch.clientId === ''],
    ['organizers', organizers.length === 0],
    ['time_zone', timeZone === NO_TIME_ZONE],
    ['patient_phone', environment === 'production' && patientPhone === undefined],
    ['system_account', telling && !system?.clientId],
    ['department', telling && !departments.some(({ on }) => on)],
  ]
  return missing.flatMap(([code, lacks]) => (lacks ? [code] : []))
}

function passedInTesting(site: Site, doctor: ReadonlyMap<string, DoctorResult>, now: Date): boolean {
  const result = doctor.get(site.siteId)
  if (site.environment !== 'testing' || result?.passed !== true) return false
  const age = now.getTime() - Date.parse(result.at)
  return age >= 0 && age <= TESTED_DAYS * DAY
}
