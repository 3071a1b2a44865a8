import { unwrittenVisits } from '../../messaging/work-list.ts'
import type { Site } from '../../sites/site.ts'
import type { Check, DoctorPorts } from '../check.ts'
import { failed, type Outcome, pass, skip, warn } from '../line.ts'
import { silenceOf } from '../silence.ts'

/** Nobody has an appointment of this id: a server that lets us write says that it is not there. */
const NOBODYS = '0'

/**
 * Whether links may be written into appointments, where the site does so: tried on an appointment that does not exist,
 * so that nothing is changed. Refused access answers before it is looked for.
 */
export const writeBack: Check = {
  id: 'write_back',
  after: ['system_token'],
  async run({ site, ports, facts }) {
    const { writeBack: wanted } = site
    if (!wanted?.links && !wanted?.arrived) return skip('This site does not write anything back to the EHR.')
    const url = `${site.fhirBaseUrl.replace(/\/+$/, '')}/Appointment/${NOBODYS}`
    try {
      const answer = await ports.outbound.fetch(url, {
        method: 'PATCH',
        headers: {
          accept: 'application/fhir+json',
          'content-type': 'application/json-patch+json',
          'if-match': 'W/"0"',
          authorization: `Bearer ${facts.accessToken}`,
        },
        body: '[]',
        redirect: 'manual',
      })
      await answer.body?.cancel()
      if ([400, 404, 409, 410, 412, 422].includes(answer.status)) return sinceThen(ports, site)
      if (answer.status === 401 || answer.status === 403) {
        return failed(
          'ehr_write_refused',
          'The EHR does not let the system account write appointments.',
          'Ask the EHR team to add system/Appointment.write to the system account, or switch writing back off.',
        )
      }
      return warn(
        'ehr_write_unclear',
        `The EHR answered with status ${answer.status}, which does not tell whether writing is allowed.`,
        'Ask the EHR team whether the system account may write video links into appointments.',
      )
    } catch (error) {
      return silenceOf(String((error as { code?: unknown }).code ?? ''), 'The FHIR server')
    }
  },
}

/** The right alone is not all: an appointment may be refused for what is in it. */
async function sinceThen(ports: DoctorPorts, site: Site): Promise<Outcome> {
  const { visits: unwritten, more } = await unwrittenVisits(ports, site)
  const [last] = unwritten.toSorted((a, b) => b.at.localeCompare(a.at))
  if (!last) return pass('The EHR lets us write.')
  const count = unwritten.length === 1 ? 'one visit' : `${unwritten.length} visits`
  const visits = more ? `at least ${count}` : count
  return warn(
    'ehr_write_failing',
    `The EHR lets us write, but did not take it for ${visits}, last with ${last.code}.`,
    'Messages in this portal lists each with what to do.',
  )
}
