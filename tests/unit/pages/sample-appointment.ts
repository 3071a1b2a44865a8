import { LOOK_SECONDS } from '../../../src/functions/live-model.ts'
import type { LinkLine, SendLinkModel } from '../../../src/pages/appointment/links-model.ts'
import type { AppointmentModel, VisitKind } from '../../../src/pages/appointment.tsx'
import type { AppointmentChoiceModel } from '../../../src/pages/appointment-choice.tsx'
import { localStart } from '../../../src/pages/words/local-start.ts'

const at = (iso: string) => localStart(new Date(iso), 'America/Chicago', 'en-US')

const KINDS: readonly VisitKind[] = [
  'not_here',
  'link_opened',
  'checking',
  'on_the_way',
  'waiting',
  'in_visit',
  'left',
  'ended',
  'unknown',
]

export const sampleSendLink: SendLinkModel = {
  action: '/launch/synthetic/send',
  form: 'SyntheticForm123',
  roles: [
    { value: 'patient', label: 'Patient' },
    { value: 'interpreter', label: 'Interpreter' },
  ],
  ways: [
    { value: 'sms', label: 'Text message' },
    { value: 'email', label: 'E-mail' },
  ],
  languages: [
    { value: 'en', label: 'English' },
    { value: 'es', label: 'Español' },
  ],
  given: { language: 'en' },
}

export const sampleLinks: readonly LinkLine[] = [
  {
    serial: 2,
    who: 'Interpreter, by text',
    at: '2:20 PM',
    status: 'Delivered',
    tone: 'success',
    open: true,
  },
  { serial: 3, who: 'Family, by e-mail', at: '2:22 PM', status: 'Taken back', tone: 'info', open: false },
]

/** The appointment page of one visit state. Synthetic data. */
export function sampleAppointment(kind: VisitKind): AppointmentModel {
  return {
    appointment: {
      start: at('2026-06-09T19:30:00Z'),
      durationMinutes: 30,
      patientInitials: 'QS',
      serviceType: 'Follow-up visit',
      locationName: 'Lakeside Synthetic Clinic, Family Medicine',
      participants: ['Patient', 'Primary performer'],
      status: 'checked-in',
    },
    visit: { kind, since: ['not_here', 'unknown'].includes(kind) ? undefined : '2:24 PM' },
    notices: [
      { kind: 'Confirmation', status: 'Delivered', tone: 'success', at: 'Jun 1, 9:12 AM' },
      { kind: 'Reminder, 1 day before', status: 'Failed: landline', tone: 'error', at: 'Jun 8, 2:30 PM' },
      { kind: 'Reminder, 1 hour before', status: 'Sent', tone: 'info', at: 'Jun 9, 1:30 PM' },
    ],
    join: {
      app: { method: 'post', action: '/launch/synthetic/join', fields: { way: 'app' } },
      browser: { method: 'post', action: '/launch/synthetic/join', fields: { way: 'browser' } },
      staff: {
        method: 'post',
        action: '/launch/synthetic/join',
        fields: { way: 'browser', as: 'staff' },
      },
    },
    sendLink: sampleSendLink,
    links: sampleLinks,
    revokeAction: '/launch/synthetic/revoke',
    late: { action: '/launch/synthetic/late', minutes: 0, choices: [5, 10, 15, 30] },
    consultUrl: '/launch/synthetic/consult',
    lookUrl: '/launch/synthetic/look?at=synthetic',
    joinedAs: 'ana@lakeside.example',
    csrf: 'synthetic-csrf',
    notYouAction: '/launch/synthetic/not-you',
    refreshSeconds: LOOK_SECONDS,
  }
}

export function sampleAppointments(): { name: string; model: AppointmentModel }[] {
  const cautious = { ...sampleAppointment('not_here'), caution: 'cancelled' as const, join: undefined }
  return [
    ...KINDS.map((kind) => ({ name: kind, model: sampleAppointment(kind) })),
    {
      name: 'after-actions',
      model: {
        ...sampleAppointment('on_the_way'),
        visit: { kind: 'on_the_way', since: '2:26 PM', blind: true },
        flash: { tone: 'success', words: 'The link was sent.' },
        sendLink: {
          ...sampleSendLink,
          problem: 'This is no number that can be texted.',
          given: { address: '12' },
        },
        late: { action: '/launch/synthetic/late', minutes: 10, choices: [5, 10, 15, 30] },
        lateTexts: {
          lines: [
            { at: '2:30 PM', status: 'Delivered', tone: 'success' },
            { at: '3:15 PM', status: 'Not sent: the patient answered STOP', tone: 'warning' },
            { at: '4:00 PM', status: 'Waits to be sent', tone: 'info' },
          ],
          onlyThis: true,
        },
        otherClinician: true,
        boardUrl: '/launch/synthetic/board',
        changed: true,
      },
    },
    { name: 'ehr-silent', model: silentEhr() },
    {
      name: 'account-unread',
      model: {
        ...sampleAppointment('waiting'),
        joinedAs: undefined,
        unread: [
          {
            what: 'account',
            title: 'Teams asks us to slow down',
            code: 'graph_throttled',
            again: true,
            chart: false,
          },
        ],
      },
    },
    {
      name: 'patient-unread',
      model: {
        ...sampleAppointment('link_opened'),
        appointment: { ...sampleAppointment('link_opened').appointment, patientInitials: '' },
        visit: { kind: 'link_opened', since: '2:24 PM', blind: true },
        unread: [
          {
            what: 'patient',
            title: 'The EHR does not let us read this',
            code: 'ehr_scope_missing',
            again: true,
            chart: false,
          },
        ],
      },
    },
    {
      name: 'cancelled',
      model: { ...cautious, notices: [], refreshSeconds: undefined, asOf: '2:26 PM' },
    },
  ]
}

/** What is left of the page while the EHR is silent and the meeting is there. */
function silentEhr(): AppointmentModel {
  const model = sampleAppointment('on_the_way')
  const { start, durationMinutes } = model.appointment
  return {
    ...model,
    appointment: { start, durationMinutes, patientInitials: '', participants: [] },
    unread: [
      {
        what: 'appointment',
        title: 'The EHR’s permission has run out',
        code: 'ehr_token_expired',
        again: true,
        chart: true,
      },
    ],
    sendLink: { ...sampleSendLink, chartUnread: true },
    late: { minutes: 10, choices: [5, 10, 15, 30] },
    lateTexts: { lines: [{ at: '2:30 PM', status: 'Delivered', tone: 'success' }], onlyThis: true },
  }
}

export const sampleChoice: AppointmentChoiceModel = {
  patientInitials: 'QS',
  candidates: [
    {
      value: 'a',
      appointment: {
        start: at('2026-06-09T19:30:00Z'),
        durationMinutes: 30,
        serviceType: 'Follow-up visit',
        locationName: 'Family Medicine',
        status: 'booked',
      },
    },
    {
      value: 'b',
      appointment: {
        start: at('2026-06-09T21:00:00Z'),
        durationMinutes: 20,
        serviceType: 'Nutrition',
        status: 'arrived',
      },
    },
  ],
  action: '/launch/synthetic/choose',
  csrf: 'synthetic-csrf',
}
