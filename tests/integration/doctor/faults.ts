import type { EhrFlaw, GraphFlaw } from '../../../sandbox/contracts.ts'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import type { CheckId, LineState } from '../../../src/core/doctor/line.ts'
import type { DoctorWorld } from './world.ts'

/** What is broken, the one line that must show it, and words of its remedy. */
export type Fault = {
  readonly what: string
  readonly line: CheckId
  /** `fail` unless the product works without it. */
  readonly state?: LineState
  readonly code: string
  readonly remedy: string
  /** Breaks it and gives back how to mend it. */
  readonly break: (world: DoctorWorld) => () => void
}

const ehr =
  (flaw: EhrFlaw): Fault['break'] =>
  ({ ehr: { faults } }) => {
    faults.flaws.add(flaw)
    return () => void faults.flaws.delete(flaw)
  }
const graph =
  (flaw: GraphFlaw): Fault['break'] =>
  ({ graph: { faults } }) => {
    faults.flaws.add(flaw)
    return () => void faults.flaws.delete(flaw)
  }

/** Changes a service account of the organization for as long as the fault lasts. */
const account =
  (change: { enabled?: boolean; teams?: boolean; gone?: true }): Fault['break'] =>
  ({ entra, site }) => {
    const users = entra.tenants.find(({ id }) => id === NORTHWIND_HEALTH)?.users ?? []
    const at = users.findIndex(({ id }) => id === site.organizers[0])
    const before = users[at]
    if (!before) throw new Error('the organizer is there')
    users.splice(at, 1, ...(change.gone ? [] : [{ ...before, ...change }]))
    return () => void users.splice(at, change.gone ? 0 : 1, before)
  }

const consent =
  (permission: string): Fault['break'] =>
  ({ entra }) => {
    const tenant = entra.tenants.find(({ id }) => id === NORTHWIND_HEALTH)
    tenant?.consented.delete(permission)
    return () => void tenant?.consented.add(permission)
  }

export const FAULTS: readonly Fault[] = [
  {
    what: 'the FHIR server is down',
    line: 'reachable',
    code: 'ehr_status',
    remedy: 'busy or out of order',
    break({ ehr: { faults } }) {
      faults.fhirUnavailable = true
      return () => {
        faults.fhirUnavailable = false
      }
    },
  },
  {
    what: 'the server speaks STU3',
    line: 'fhir_version',
    code: 'ehr_fhir_version',
    remedy: 'Version R4',
    break: ehr('fhir_version'),
  },
  {
    what: 'there is no smart-configuration',
    line: 'smart_configuration',
    code: 'smart_discovery_unreachable',
    remedy: 'Compare the FHIR base URL',
    break: ehr('smart_configuration'),
  },
  {
    what: 'PKCE is plain only',
    line: 'pkce',
    code: 'smart_pkce_missing',
    remedy: 'S256',
    break: ehr('pkce'),
  },
  {
    what: 'the token endpoint takes another way',
    line: 'auth_methods',
    code: 'smart_auth_unsupported',
    remedy: 'Change how the client proves itself',
    break: ehr('auth_methods'),
  },
  {
    what: 'the signing keys are not there',
    line: 'ehr_keys',
    code: 'smart_keys_unreachable',
    remedy: 'jwks_uri',
    break: ehr('keys'),
  },
  {
    what: 'the system account is refused',
    line: 'system_token',
    code: 'smart_client_rejected',
    remedy: 'JWKS URL',
    break: ehr('system_account'),
  },
  {
    what: 'a scope is dropped without a word',
    line: 'system_scopes',
    code: 'smart_scope_missing',
    remedy: 'add them to the registration',
    break({ ehr: { faults } }) {
      faults.dropScopes = ['system/Encounter.read']
      return () => {
        faults.dropScopes = []
      }
    },
  },
  {
    what: 'searches break',
    line: 'appointment_search',
    code: 'ehr_unavailable',
    remedy: 'ask the EHR team',
    break: ehr('search'),
  },
  {
    what: 'a location does not exist',
    line: 'locations',
    code: 'ehr_location_unknown',
    remedy: 'Compare the ids',
    break: ehr('location'),
  },
  {
    what: 'video visits are not marked',
    line: 'video_visits',
    code: 'ehr_no_video_visits',
    remedy: 'how a video visit is marked',
    break: ehr('video_mark'),
  },
  {
    what: 'patients may not be read',
    line: 'patient',
    code: 'ehr_scope_missing',
    remedy: 'system/Patient.read',
    break: ehr('patient_read'),
  },
  {
    what: 'nothing may be written',
    line: 'write_back',
    code: 'ehr_write_refused',
    remedy: 'system/Appointment.write',
    break: ehr('writing'),
  },
  {
    what: 'a permission that is needed was taken back',
    line: 'graph_consent',
    code: 'graph_permission_missing',
    remedy: 'Global Administrator',
    break: consent('User.Read.All'),
  },
  {
    what: 'a permission for reports was taken back',
    line: 'graph_consent',
    state: 'warn',
    code: 'graph_permission_optional',
    remedy: 'Global Administrator',
    break: consent('Organization.Read.All'),
  },
  {
    what: 'an organizer is disabled',
    line: 'organizers',
    code: 'organizer_unfit',
    remedy: 'admin center',
    break: account({ enabled: false }),
  },
  {
    what: 'an organizer has no Teams licence',
    line: 'organizers',
    code: 'organizer_unfit',
    remedy: 'admin center',
    break: account({ teams: false }),
  },
  {
    what: 'an organizer is gone',
    line: 'organizers',
    code: 'organizer_unfit',
    remedy: 'choose another organizer',
    break: account({ gone: true }),
  },
  {
    what: 'an organizer has no access policy',
    line: 'access_policy',
    code: 'graph_access_policy_missing',
    remedy: 'Teams PowerShell',
    break({ graph: { accessPolicy }, site }) {
      const [, second = ''] = site.organizers
      accessPolicy.delete(second)
      return () => void accessPolicy.add(second)
    },
  },
  {
    what: 'the meetings of the month are used up',
    line: 'meeting_room',
    code: 'meeting_limit',
    remedy: 'Add an organizer account',
    break: graph('meeting_limit'),
  },
  {
    what: 'a policy overrules the lobby',
    line: 'lobby',
    code: 'meeting_lobby_overruled',
    remedy: 'Teams meeting policy',
    break: graph('lobby'),
  },
  {
    what: 'join links lead to another cloud',
    line: 'virtual_url',
    code: 'meeting_url_foreign',
    remedy: 'TEAMS_ORIGINS',
    break: graph('join_url'),
  },
  {
    what: 'Graph gives no virtual-appointment link',
    line: 'virtual_url',
    state: 'warn',
    code: 'virtual_url_refused',
    remedy: 'Nothing needs to be done',
    break({ graph: { faults } }) {
      faults.virtualAppointmentUrl = false
      return () => {
        faults.virtualAppointmentUrl = true
      }
    },
  },
  {
    what: 'Graph refuses subscriptions',
    line: 'roster',
    code: 'roster_refused',
    remedy: 'OnlineMeetings.ReadWrite.All',
    break: graph('subscriptions'),
  },
  {
    what: 'Graph does not reach our webhook',
    line: 'roster',
    code: 'roster_refused',
    remedy: 'from the internet',
    break({ own: { broken } }) {
      broken.add('webhook')
      return () => void broken.delete('webhook')
    },
  },
  {
    what: 'test meetings cannot be deleted',
    line: 'clean_up',
    code: 'meeting_left_over',
    remedy: 'end by themselves',
    break: graph('delete'),
  },
  {
    what: 'the number is gone',
    line: 'sender',
    code: 'sms_sender_gone',
    remedy: 'Link another number',
    break({ acs: { faults } }) {
      faults.flaws.add('numbers')
      return () => void faults.flaws.delete('numbers')
    },
  },
  {
    what: 'the domain of e-mails is linked no more',
    line: 'email',
    code: 'email_refused',
    remedy: 'domain must be linked',
    break({ acs: { faults } }) {
      faults.flaws.add('email_domain')
      return () => void faults.flaws.delete('email_domain')
    },
  },
  {
    what: 'our keys cannot be read from outside',
    line: 'own_keys',
    code: 'own_keys_differ',
    remedy: 'PUBLIC_URL',
    break({ own: { broken } }) {
      broken.add('keys')
      return () => void broken.delete('keys')
    },
  },
  {
    what: 'carriers have not verified the number',
    line: 'test_text',
    code: 'carrier_4010',
    remedy: 'toll-free verification',
    break({ acs, site }) {
      acs.setVerified(site.texts.sender ?? '', false)
      return () => acs.setVerified(site.texts.sender ?? '', true)
    },
  },
]
