import type { Check } from './check.ts'
import { accessPolicy } from './checks/access-policy.ts'
import { appointmentSearch } from './checks/appointment-search.ts'
import { authMethods } from './checks/auth-methods.ts'
import { cleanUp } from './checks/clean-up.ts'
import { ehrKeys } from './checks/ehr-keys.ts'
import { email } from './checks/email.ts'
import { fhirVersion } from './checks/fhir-version.ts'
import { graphConsent } from './checks/graph-consent.ts'
import { lobby } from './checks/lobby.ts'
import { locations } from './checks/locations.ts'
import { meetingRoom } from './checks/meeting-room.ts'
import { organizers } from './checks/organizers.ts'
import { ownKeys } from './checks/own-keys.ts'
import { patient } from './checks/patient.ts'
import { pkce } from './checks/pkce.ts'
import { reachable } from './checks/reachable.ts'
import { roster } from './checks/roster.ts'
import { sender } from './checks/sender.ts'
import { smartConfiguration } from './checks/smart-configuration.ts'
import { systemScopes } from './checks/system-scopes.ts'
import { systemToken } from './checks/system-token.ts'
import { testText } from './checks/test-text.ts'
import { videoVisits } from './checks/video-visits.ts'
import { virtualUrl } from './checks/virtual-url.ts'
import { writeBack } from './checks/write-back.ts'

/** Every check, in the order of `checkIds`. The test text comes last: its end is waited for outside the run. */
export const checks: readonly Check[] = [
  reachable,
  fhirVersion,
  smartConfiguration,
  pkce,
  authMethods,
  ehrKeys,
  systemToken,
  systemScopes,
  appointmentSearch,
  locations,
  videoVisits,
  patient,
  writeBack,
  graphConsent,
  organizers,
  accessPolicy,
  meetingRoom,
  lobby,
  virtualUrl,
  roster,
  cleanUp,
  sender,
  email,
  ownKeys,
  testText,
]
