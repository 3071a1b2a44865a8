import { describe, expect, test } from 'vitest'
import { appointmentPage } from '../../../src/pages/appointment.tsx'
import { appointmentChoicePage } from '../../../src/pages/appointment-choice.tsx'
import { confirmAccountPage } from '../../../src/pages/confirm-account.tsx'
import { failurePage } from '../../../src/pages/failure.tsx'
import { framedLaunchPage } from '../../../src/pages/framed-launch.tsx'
import { homePage } from '../../../src/pages/home.tsx'
import type { Rendered } from '../../../src/pages/layout/document.ts'
import { noAppointmentPage } from '../../../src/pages/no-appointment.tsx'
import { patientPage } from '../../../src/pages/patient.tsx'
import { tags, text, withoutInlined } from './markup.ts'
import { sampleAppointment, sampleChoice } from './sample-appointment.ts'
import { samplePatients } from './sample-patient.ts'

const HOSTILE = [
  `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
  `' onmouseover='alert(3)' style='color:red`,
  `" onfocus="alert(3)" autofocus x="`,
  '</title></style></script><script>alert(4)</script>',
  'javascript:alert(5)',
  'data:text/html,<script>alert(6)</script>',
  '//evil.example/',
  '/\\evil.example/',
]

/** Fields whose type is a closed list: their values are the program's own. */
const CLOSED = new Set(['lang', 'tone', 'method', 'audience', 'caution', 'state'])

/** The model with every free text in it, at any depth, replaced (the names of records too). */
function poisoned<T>(model: T, hostile: string, key = ''): T {
  if (typeof model === 'string') return (CLOSED.has(key) ? model : hostile) as T
  if (Array.isArray(model)) return model.map((each) => poisoned(each, hostile, key)) as T
  if (typeof model !== 'object' || model === null) return model
  const entries = Object.entries(model).map(([name, value]) => [
    key === 'fields' || key === 'shown' ? hostile : name,
    key === 'visit' && name === 'kind' ? value : poisoned(value, hostile, name),
  ])
  return Object.fromEntries(entries) as T
}

const failure = {
  code: 'c',
  title: 't',
  what: 'w',
  why: 'y',
  next: ['n'],
  reference: 'r',
  retryUrl: '/again',
}
const pages: Record<string, (hostile: string) => Rendered[]> = {
  home: (h) => [homePage(poisoned({ healthUrl: '/health', portalUrl: '/portal', version: '1' }, h))],
  framed: (h) => [framedLaunchPage({ launchUrl: h })],
  confirm: (h) => [
    confirmAccountPage(
      poisoned(
        { ehrUser: { display: 'd', username: 'u' }, upn: 'u', displayName: 'd', action: '/a', csrf: 'c' },
        h,
      ),
    ),
  ],
  choice: (h) => [appointmentChoicePage(poisoned(sampleChoice, h))],
  'no appointment': (h) => [noAppointmentPage({ reference: h, retryUrl: h, patientKnown: true })],
  failure: (h) => [
    failurePage(poisoned({ ...failure, audience: 'clinician' as const, shown: { error: 'e' } }, h)),
    failurePage(
      poisoned(
        { ...failure, audience: 'patient' as const, lang: 'en' as const, clinicName: 'c', clinicPhone: '1' },
        h,
      ),
    ),
  ],
  appointment: (h) => [appointmentPage(poisoned(sampleAppointment('waiting'), h))],
  patient: (h) => samplePatients('en').map((model) => patientPage(poisoned(model, h))),
}

describe.each(Object.entries(pages))('the %s page', (name, render) => {
  test.each(HOSTILE)('shows %s as text, whatever field it comes in', (hostile) => {
    for (const page of render(hostile)) {
      const html = withoutInlined(page.html)
      if (name !== 'framed') expect(text(page.html)).toContain(hostile)
      expect(html.match(/<script\b/g) ?? []).toHaveLength(page.scriptHashes.length)
      expect(html).not.toMatch(/<img|<\/title>[^<]*<\/style>/)
      for (const { attributes } of tags(page.html)) {
        for (const name of attributes.keys()) expect(name).not.toMatch(/^on|^style$|^autofocus$/)
        for (const name of ['href', 'action', 'formaction'])
          expect(attributes.get(name) ?? '').not.toMatch(/^\s*(javascript:|data:text|\/\/|\/\\)/i)
      }
    }
  })
})
