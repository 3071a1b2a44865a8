import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip } from '../line.ts'

/** Reads one patient and drops what was read at once: nothing of it is shown or kept. */
export const patient: Check = {
  id: 'patient',
  after: ['video_visits'],
  async run({ facts }) {
    const id = facts.appointments?.find(({ patientId }) => patientId !== undefined)?.patientId
    if (id === undefined) return skip('No appointment with a patient was found to try it with.', 'not_tried')
    const read = await facts.ehr?.patient(id)
    if (!read) return skip('The system account was granted nothing to read with.', 'not_tried')
    if (read.ok) return pass('A patient was read. Nothing of it was kept.')
    if (read.failure.code === 'ehr_scope_missing') {
      return failed(
        'ehr_scope_missing',
        'The system account may not read patients.',
        'Ask the EHR team to add system/Patient.read to the registration of the system account.',
      )
    }
    return fromFailure(read.failure)
  },
}
