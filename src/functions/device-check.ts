import { randomBytes } from 'node:crypto'
import { deviceChecked, patientSeen } from '../core/visits/patient-signals.ts'
import { compressed } from './compressed.ts'
import { patientFailure } from './failure-response.ts'
import { linkForm, patientPorts } from './patient-ports.ts'
import { type Answer, type Call, route } from './route.ts'

/** Half a megabit, so that a second is enough on a connection that carries video. Random: no proxy makes it smaller. */
const PROBE = randomBytes(65_536)

/** The check's script, by a name that changes with its content; and the bytes by which the connection is judged. */
route(
  'deviceCheckFile',
  'READ',
  'device-check/{file}',
  async ({ params, request }) => {
    const { DEVICE_CHECK_PROBE, deviceCheckNamed } = await import('./device-check-files.ts')
    if (params.file === DEVICE_CHECK_PROBE)
      return { body: PROBE, headers: { 'content-type': 'application/octet-stream' } }
    const file = deviceCheckNamed(params.file ?? '')
    if (!file) return { status: 404, code: 'not_found' }
    const answer: Answer = {
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
    }
    return compressed(answer, file.text, request.headers.get('accept-encoding'))
  },
  patientFailure,
)

/** The patient's page is open on a screen; its script says so, since a GET changes nothing. */
route('patientSeen', 'POST', 'v/{token}/seen', (call) =>
  signal(call, (token) => patientSeen(patientPorts(call.app), token)),
)

/** What passed and failed of the device check. */
route('patientCheck', 'POST', 'v/{token}/check', (call) =>
  signal(call, async (token, fields) => {
    const { parseDeviceCheck } = await import('../core/visits/device-check.ts')
    const check = parseDeviceCheck(fields)
    return check && deviceChecked(patientPorts(call.app), token, check)
  }),
)

type Outcome = Awaited<ReturnType<typeof patientSeen>> | undefined

/** Nobody reads the answer: a status for the log, and no page. */
async function signal(
  call: Call,
  act: (token: string, fields: URLSearchParams) => Promise<Outcome>,
): Promise<Answer> {
  const form = await linkForm(call)
  if (!form.ok) return { status: 403, code: form.failure.code }
  const done = await act(call.params.token ?? '', form.value)
  if (done === undefined) return { status: 400, code: 'form_incomplete' }
  if (done.ok) return { status: 204 }
  return { status: done.failure.code === 'link_unknown' ? 404 : 409, code: done.failure.code }
}
