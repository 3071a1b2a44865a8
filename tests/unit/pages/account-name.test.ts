import { expect, test } from 'vitest'
import { appointmentPage } from '../../../src/pages/appointment.tsx'
import { text } from './markup.ts'
import { sampleAppointment } from './sample-appointment.ts'
import { siteSamples } from './sample-site.ts'

test('what Teams shows of a clinician’s name is said to the clinician and to the administrator', () => {
  expect(text(appointmentPage(sampleAppointment('waiting')).html)).toContain(
    'Teams shows the patient the name of this account.',
  )
  const settings = siteSamples.map(({ page }) => text(page.html))
  expect(settings.some((words) => words.includes('Teams shows patients the name of the account'))).toBe(true)
})
