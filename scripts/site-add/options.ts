import { parseArgs } from 'node:util'

export const HELP = `npm run site:add -- --tenant GUID --name TEXT --fhir URL --environment testing|production
                    --time-zone ZONE --client-id ID --organizer GUID … --location ID=NAME … [more]

Adds one FHIR base URL of a Microsoft 365 organization, as its administrator would in the portal, and prints the
integration record for the EHR team. Nothing is asked of the EHR.

Needed
  --tenant GUID            Microsoft 365 tenant id; has to be in ALLOWED_TENANTS
  --name TEXT              what administrators call the site
  --fhir URL               FHIR R4 base URL, as the EHR sends it in "iss"
  --environment WORD       testing or production
  --time-zone ZONE         IANA time zone of the clinic, such as America/Chicago
  --client-id ID           client id that the EHR gave the clinicians' application
  --organizer GUID         Entra object id of a service account that organizes meetings; may be repeated
  --location ID=NAME       FHIR Location id and the department it belongs to; may be repeated; one name, one department
Texts
  --system-client-id ID    client id of the system account; without it there are visits but no texts
  --sender NUMBER          what texts come from: +15551230100, a short code or an alphanumeric id; switches texts on
  --phone NUMBER           the number that patients may call, as people write it
  --reminders MINUTES      before the start, at most three (default 1440,60)
  --countries CODES        countries that may be texted, the first for numbers without a code (default US,CA)
  --language CODE          en, es or fr: for patients whose language is not known (default en)
  --quiet-hours FROM-TO    no texts in these hours (default 21:00-08:00; 00:00-00:00 = none)
E-mail
  --email-sender ADDRESS   what e-mails come from, an address of a domain linked to Communication Services; switches
                           them on, for patients whose chart has an address; texts may be on or off
More
  --video-rule RULE        virtual_meeting_room (default), virtual_service, or service_type:CODE,CODE
  --tenant-name TEXT       name of the organization, where it is new (default: the name of the site)
  --clinic-name TEXT       name that patients see; they see none without it
  --client-auth METHOD     private_key_jwt (default), client_secret_basic (secret in EHR_CLIENT_SECRET) or none
  --system-client-auth METHOD   private_key_jwt (default) or client_secret_basic (EHR_SYSTEM_CLIENT_SECRET)
  --scopes TEXT            scopes of the clinicians' application, where the EHR words them otherwise
  --system-scopes TEXT     scopes of the system account
  --patient-client-id ID   client id of the EHR's patient portal, where visits are opened from there too
  --patient-fhir URL       FHIR base URL of the portal, where it has one of its own
  --patient-scopes TEXT    scopes of the portal's client
  --issuer URL             issuer of id_tokens, where it is not the one of discovery; may be repeated
  --capability-fallback    the EHR has no smart-configuration; take endpoints from its CapabilityStatement
  --open-teams-at-once     skip the appointment page
  --replace                write the site of this FHIR base URL anew
  --dry-run                check and print the record, store nothing
  --help

Settings come from the environment and local.settings.json, as the app's do; without any, the running sandbox
(npm start) on its default ports, or those of PORT and AZURITE_TABLE_PORT, is meant.

Example, for the sandbox's second organization:
  npm run site:add -- --tenant b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302 --name "Woodgrove main" \\
    --fhir https://ehr.example/r4/woodgrove --environment testing --time-zone America/New_York \\
    --client-id teams-visits --system-client-id teams-visits-system \\
    --organizer 7e2b9c84-35da-4c67-9f12-6a8d3b5c0004 --location 21304876="Family medicine" \\
    --sender +18665550123 --phone "+1 816-555-0100" --video-rule virtual_service
`

const text = { type: 'string' } as const
const texts = { type: 'string', multiple: true } as const
const flag = { type: 'boolean' } as const

/** Throws a sentence for a person where an option is not known or lacks its value. */
export function readOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      tenant: text,
      'tenant-name': text,
      name: text,
      fhir: text,
      environment: text,
      'time-zone': text,
      'client-id': text,
      'client-auth': text,
      scopes: text,
      'system-client-id': text,
      'system-client-auth': text,
      'system-scopes': text,
      'patient-client-id': text,
      'patient-fhir': text,
      'patient-scopes': text,
      organizer: texts,
      location: texts,
      issuer: texts,
      sender: text,
      'email-sender': text,
      phone: text,
      'clinic-name': text,
      reminders: text,
      countries: text,
      language: text,
      'quiet-hours': text,
      'video-rule': text,
      'capability-fallback': flag,
      'open-teams-at-once': flag,
      replace: flag,
      'dry-run': flag,
      help: flag,
    },
  }).values
}

export type Options = ReturnType<typeof readOptions>
