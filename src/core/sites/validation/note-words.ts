import type { Told, UrlNote } from './finding.ts'

const words: Readonly<Record<UrlNote, string>> = {
  smart_only_capability:
    'The server has no smart-configuration, only the older way in its CapabilityStatement, which cannot promise PKCE. Allow it in the settings, under Advanced, if your EHR team confirms it.',
  no_key_auth:
    'The sign-in server does not name private_key_jwt. The application needs a client secret, or is a public one.',
  no_system_account:
    'The sign-in server does not name client_credentials. Without a system account no texts are sent.',
  no_launch_capability:
    'The server does not name launch-ehr. Ask your EHR team whether it can launch applications.',
  no_keys_named:
    'The server does not say where its signing keys are. Sign-ins cannot be verified until it does.',
  no_search_by_location:
    'Appointments cannot be searched by location. Visits open from the chart; texts need that search.',
  patient_base:
    'This looks like the base for patients: its sign-in server offers no access for clinicians (user/… scopes). Clinicians launch from another address; at Oracle Health it begins with fhir-ehr.',
  r4b: 'The server speaks FHIR R4B ({shown}). Appointments are the same as in R4.',
}

/** What an administrator has to know although the address can be saved. */
export function noteWords({ code, shown }: Told<UrlNote>): string {
  return words[code].replaceAll('{shown}', () => shown ?? '')
}
