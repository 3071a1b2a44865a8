import { appointmentPage } from '../../../src/pages/appointment.tsx'
import { appointmentChoicePage } from '../../../src/pages/appointment-choice.tsx'
import { boardPage } from '../../../src/pages/board.tsx'
import { confirmAccountPage } from '../../../src/pages/confirm-account.tsx'
import { consultPage } from '../../../src/pages/consult.tsx'
import { failurePage } from '../../../src/pages/failure.tsx'
import { framedLaunchPage } from '../../../src/pages/framed-launch.tsx'
import { homePage } from '../../../src/pages/home.tsx'
import type { Rendered } from '../../../src/pages/layout/document.ts'
import { noAppointmentPage } from '../../../src/pages/no-appointment.tsx'
import { openingTeamsPage } from '../../../src/pages/opening-teams.tsx'
import { patientPage } from '../../../src/pages/patient.tsx'
import { LANGUAGES } from '../../../src/pages/words/index.ts'
import { sampleAppointments, sampleChoice } from './sample-appointment.ts'
import { sampleBoard, sampleConsult, sampleConsultStart } from './sample-board.ts'
import { doctorSamples } from './sample-doctor.ts'
import { samplePatients } from './sample-patient.ts'
import { portalSamples } from './sample-portal.ts'
import { reportSamples } from './sample-reports.ts'
import { setupSamples } from './sample-setup.ts'
import { stopTextsSamples } from './sample-stop-texts.ts'

type Sample = { readonly name: string; readonly page: Rendered }

const clinician: Sample[] = [
  { name: 'home', page: homePage({ healthUrl: '/health', portalUrl: '/portal', version: '0.1.0' }) },
  { name: 'framed-launch', page: framedLaunchPage({ launchUrl: '/launch/provider?iss=synthetic&launch=1' }) },
  {
    name: 'confirm-account',
    page: confirmAccountPage({
      ehrUser: { display: 'Ana Synthetic, MD', username: 'asynthetic' },
      upn: 'ana@lakeside.example',
      displayName: 'Ana Synthetic',
      action: '/launch/synthetic/confirm',
      csrf: 'synthetic-csrf',
    }),
  },
  { name: 'appointment-choice', page: appointmentChoicePage(sampleChoice) },
  { name: 'board', page: boardPage(sampleBoard) },
  { name: 'board-empty', page: boardPage({ ...sampleBoard, lines: [] }) },
  { name: 'consult-start', page: consultPage(sampleConsultStart) },
  { name: 'consult', page: consultPage(sampleConsult) },
  {
    name: 'opening-teams',
    page: openingTeamsPage({
      appUrl: 'msteams://teams.example/l/meetup-join/synthetic',
      browserUrl: 'https://teams.example/l/meetup-join/synthetic',
    }),
  },
  { name: 'no-appointment', page: noAppointmentPage({ reference: 'K7Q2-M9XA', patientKnown: false }) },
  {
    name: 'failure-clinician',
    page: failurePage({
      audience: 'clinician',
      code: 'ehr_sign_in_refused',
      title: 'The EHR did not let this app in',
      what: 'The EHR’s sign-in server refused the launch, so no appointment was opened.',
      why: 'The app may not be registered for this environment, or your account has no access to it.',
      next: [
        'Choose Try again.',
        'If it fails again, open the appointment once more from the patient board.',
        'If that fails too, send the reference below to your EHR team.',
      ],
      reference: 'K7Q2-M9XA',
      retryUrl: '/launch/provider?iss=synthetic&launch=1',
      shown: {
        error: 'access_denied',
        error_description: 'The client is not permitted (synthetic answer).',
        error_uri: 'https://login.ehr.example.org/errors/42',
      },
    }),
  },
  {
    name: 'failure-patient',
    page: failurePage({
      audience: 'patient',
      lang: 'en',
      code: 'meeting_not_ready',
      title: 'We could not open your visit',
      what: 'Teams did not answer when we tried to open it.',
      next: ['Wait a minute, then try again.', 'If it still does not open, call your clinic.'],
      reference: 'K7Q2-M9XA',
      retryUrl: '/v/SyntheticToken22Chars',
      clinicName: 'Lakeside Synthetic Clinic',
      clinicPhone: '+1 (312) 555-0100',
    }),
  },
]

/** Every page in every state and language. Synthetic data. */
export const samples: readonly Sample[] = [
  ...clinician,
  ...portalSamples,
  ...doctorSamples,
  ...stopTextsSamples,
  ...reportSamples,
  ...setupSamples,
  ...sampleAppointments().map(({ name, model }) => ({
    name: `appointment-${name}`,
    page: appointmentPage(model),
  })),
  ...LANGUAGES.flatMap((lang) =>
    samplePatients(lang).map((model) => ({
      name: `patient-${model.state}-${lang}`,
      page: patientPage(model),
    })),
  ),
]
