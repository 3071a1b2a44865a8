import {
  ACS_FLAWS,
  type AcsFlaw,
  EHR_FLAWS,
  type EhrFlaw,
  GRAPH_FLAWS,
  type GraphFlaw,
} from '../contracts.ts'
import type { FaultSwitch } from './fault-switches.ts'

type Words = readonly [label: string, effect: string]

const EHR: Readonly<Record<EhrFlaw, Words>> = {
  fhir_version: ['Old FHIR version', 'metadata says 3.0.1'],
  smart_configuration: ['No smart-configuration', '404'],
  pkce: ['No PKCE S256', 'plain only'],
  auth_methods: ['Other client authentication', 'client_secret_post only'],
  keys: ['Signing keys gone', '404 to the JWKS'],
  system_account: ['System account refused', 'invalid_client'],
  search: ['Searches break', '500 to every search of appointments'],
  location: ['A location gone', 'the first one cannot be found'],
  video_mark: ['Video visits not marked', 'appointments name no meeting room'],
  patient_read: ['Patients not readable', '403'],
  writing: ['Writing not allowed', '403'],
}
const GRAPH: Readonly<Record<GraphFlaw, Words>> = {
  meeting_limit: ['Meetings used up', '429 to every new meeting'],
  lobby: ['Lobby overruled', 'a policy lets everyone in'],
  join_url: ['Join links of another cloud', 'for meetings made from then on'],
  subscriptions: ['Subscriptions refused', '403'],
  delete: ['Meetings cannot be deleted', '403'],
}
const ACS: Readonly<Record<AcsFlaw, Words>> = {
  numbers: ['Numbers gone', '404 to every number'],
  email_domain: ['E-mail domain unlinked', '404 to every e-mail'],
}

function switchOf(
  id: string,
  [label, effect]: Words,
  group: FaultSwitch['group'],
  flaws: (parts: Parameters<FaultSwitch['isOn']>[0]) => Set<string>,
  flaw: string,
): FaultSwitch {
  return {
    id,
    group,
    label,
    effect,
    isOn: (parts) => flaws(parts).has(flaw),
    set: (parts, on) => void (on ? flaws(parts).add(flaw) : flaws(parts).delete(flaw)),
  }
}

/** What may be set up wrongly, one thing each: every line of the connection doctor has one that turns it. */
export const flawSwitches: readonly FaultSwitch[] = [
  ...EHR_FLAWS.map((flaw) =>
    switchOf(`ehr-flaw-${flaw}`, EHR[flaw], 'EHR, set up wrongly', ({ ehr }) => ehr.faults.flaws, flaw),
  ),
  ...GRAPH_FLAWS.map((flaw) =>
    switchOf(
      `graph-flaw-${flaw}`,
      GRAPH[flaw],
      'Microsoft 365, set up wrongly',
      ({ graph }) => graph.faults.flaws,
      flaw,
    ),
  ),
  ...ACS_FLAWS.map((flaw) =>
    switchOf(`acs-flaw-${flaw}`, ACS[flaw], 'Communication Services', ({ acs }) => acs.faults.flaws, flaw),
  ),
]
