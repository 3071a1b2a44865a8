import { HALF_AN_HOUR, SOON } from '../powershell/shell.ts'
import { flawSwitches } from './flaw-switches.ts'
import { numberSwitches } from './number-switches.ts'
import type { Parts } from './view.ts'

export type FaultSwitch = {
  readonly id: string
  readonly group:
    | 'EHR'
    | 'EHR, set up wrongly'
    | 'Graph'
    | 'Microsoft 365, set up wrongly'
    | 'Communication Services'
    | 'Phone numbers'
  readonly label: string
  readonly effect: string
  readonly isOn: (parts: Parts) => boolean
  readonly set: (parts: Parts, on: boolean) => void
}

const slowEhrMs = 3000
const slowGraphMs = 5000
const rememberedSeconds = 300
const appointmentScope = 'user/Appointment.read'

/** The switches of the page, in the order shown. */
export const faultSwitches: readonly FaultSwitch[] = [
  {
    id: 'ehr-503',
    group: 'EHR',
    label: 'FHIR down',
    effect: '503 to every request',
    isOn: ({ ehr }) => ehr.faults.fhirUnavailable,
    set: ({ ehr }, on) => {
      ehr.faults.fhirUnavailable = on
    },
  },
  {
    id: 'ehr-429',
    group: 'EHR',
    label: 'FHIR throttled',
    effect: '429 to every request',
    isOn: ({ ehr }) => ehr.faults.fhirThrottled,
    set: ({ ehr }, on) => {
      ehr.faults.fhirThrottled = on
    },
  },
  {
    id: 'ehr-401',
    group: 'EHR',
    label: 'Tokens refused',
    effect: '401 to every request, no renewal',
    isOn: ({ ehr }) => ehr.faults.fhirTokenRefused,
    set: ({ ehr }, on) => {
      ehr.faults.fhirTokenRefused = on
    },
  },
  {
    id: 'ehr-403',
    group: 'EHR',
    label: 'Reading forbidden',
    effect: '403 to every request',
    isOn: ({ ehr }) => ehr.faults.fhirForbidden,
    set: ({ ehr }, on) => {
      ehr.faults.fhirForbidden = on
    },
  },
  {
    id: 'ehr-slow',
    group: 'EHR',
    label: 'EHR slow',
    effect: '3 s for every answer',
    isOn: ({ ehr }) => ehr.faults.slowMs > 0,
    set: ({ ehr }, on) => {
      ehr.faults.slowMs = on ? slowEhrMs : 0
    },
  },
  {
    id: 'ehr-context',
    group: 'EHR',
    label: 'No launch context',
    effect: 'tokens name no appointment',
    isOn: ({ ehr }) => ehr.faults.withoutContext,
    set: ({ ehr }, on) => {
      ehr.faults.withoutContext = on
    },
  },
  {
    id: 'ehr-scope',
    group: 'EHR',
    label: 'Scope dropped',
    effect: 'tokens may not read appointments',
    isOn: ({ ehr }) => ehr.faults.dropScopes.includes(appointmentScope),
    set: ({ ehr }, on) => {
      ehr.faults.dropScopes = on ? [appointmentScope] : []
    },
  },
  {
    id: 'ehr-refused',
    group: 'EHR',
    label: 'Next launch refused',
    effect: 'access_denied, once',
    isOn: ({ ehr }) => ehr.faults.authorizeError !== undefined,
    set: ({ ehr }, on) => {
      ehr.faults.authorizeError = on ? 'access_denied' : undefined
    },
  },
  {
    id: 'graph-slow',
    group: 'Graph',
    label: 'Graph slow',
    effect: '5 s for every answer',
    isOn: ({ graph }) => graph.faults.slowMs > 0,
    set: ({ graph }, on) => {
      graph.faults.slowMs = on ? slowGraphMs : 0
    },
  },
  {
    id: 'graph-503',
    group: 'Graph',
    label: 'Graph down',
    effect: '503 to every request',
    isOn: ({ graph }) => graph.faults.unavailable,
    set: ({ graph }, on) => {
      graph.faults.unavailable = on
    },
  },
  {
    id: 'graph-429',
    group: 'Graph',
    label: 'Graph throttled',
    effect: '429 to every request',
    isOn: ({ graph }) => graph.faults.throttled,
    set: ({ graph }, on) => {
      graph.faults.throttled = on
    },
  },
  {
    id: 'graph-virtual',
    group: 'Graph',
    label: 'Virtual appointment link',
    effect: 'given, no longer refused',
    isOn: ({ graph }) => graph.faults.virtualAppointmentUrl,
    set: ({ graph }, on) => {
      graph.faults.virtualAppointmentUrl = on
    },
  },
  {
    id: 'policy-slow',
    group: 'Graph',
    label: 'Access policy slow',
    effect: 'a grant counts after 30 minutes',
    isOn: ({ shell }) => shell.settings.delaySeconds > SOON,
    set: ({ shell }, on) => {
      shell.settings.delaySeconds = on ? HALF_AN_HOUR : SOON
    },
  },
  {
    id: 'acs-429',
    group: 'Communication Services',
    label: 'Texts throttled',
    effect: '429 to every request',
    isOn: ({ acs }) => acs.faults.throttled,
    set: ({ acs }, on) => {
      acs.faults.throttled = on
    },
  },
  {
    id: 'acs-503',
    group: 'Communication Services',
    label: 'Service down',
    effect: '503 to every request',
    isOn: ({ acs }) => acs.faults.unavailable,
    set: ({ acs }, on) => {
      acs.faults.unavailable = on
    },
  },
  {
    id: 'acs-lost',
    group: 'Communication Services',
    label: 'Answers lost',
    effect: 'text sent, outcome unknown',
    isOn: ({ acs }) => acs.faults.loseAnswers,
    set: ({ acs }, on) => {
      acs.faults.loseAnswers = on
    },
  },
  {
    id: 'acs-forget',
    group: 'Communication Services',
    label: 'Repeats not recognised',
    effect: 'repeatability window of 0 s',
    isOn: ({ acs }) => acs.faults.repeatabilitySeconds === 0,
    set: ({ acs }, on) => {
      acs.faults.repeatabilitySeconds = on ? 0 : rememberedSeconds
    },
  },
  {
    id: 'acs-hold',
    group: 'Communication Services',
    label: 'Receipts held back',
    effect: 'until switched off again',
    isOn: ({ acs }) => acs.faults.holdReports,
    set: ({ acs }, on) => {
      acs.faults.holdReports = on
      if (!on) void acs.flushReports('reversed')
    },
  },
  {
    id: 'acs-double',
    group: 'Communication Services',
    label: 'Receipts doubled',
    effect: 'every event comes twice',
    isOn: ({ acs }) => acs.faults.doubleReports,
    set: ({ acs }, on) => {
      acs.faults.doubleReports = on
    },
  },
  {
    id: 'acs-landline',
    group: 'Communication Services',
    label: 'Landlines',
    effect: 'reported as 4003: takes no texts',
    isOn: ({ acs }) => acs.faults.landlines,
    set: ({ acs }, on) => {
      acs.faults.landlines = on
    },
  },
  ...numberSwitches,
  ...flawSwitches,
]
