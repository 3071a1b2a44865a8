import type { Graph } from '../../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../../meetings/graph-call.ts'
import type { Result } from '../../result.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, warn } from '../line.ts'

/** Nobody has this id: a call about it shows whether we may ask at all, and reads nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

type Probe = {
  readonly permission: string
  /** Without it there is no visit; without the others something is missing. */
  readonly required: boolean
  readonly path: (organizer: string) => string
}

/**
 * One harmless call for each application permission that every deployment asks for (Microsoft Graph permissions
 * reference). Call records are for those who want call quality in their reports; the reports say when they lack it.
 */
const PROBES: readonly Probe[] = [
  {
    permission: 'OnlineMeetings.ReadWrite.All',
    required: true,
    path: (organizer) => `/users/${organizer}/onlineMeetings/${NOBODY}`,
  },
  { permission: 'User.Read.All', required: true, path: () => '/users?$top=1&$select=id' },
  {
    permission: 'OnlineMeetingArtifact.Read.All',
    required: false,
    path: (organizer) => `/users/${organizer}/onlineMeetings/${NOBODY}/attendanceReports`,
  },
  {
    permission: 'VirtualAppointment.Read.All',
    required: false,
    path: (organizer) => `/users/${organizer}/onlineMeetings/${NOBODY}/getVirtualAppointmentJoinWebUrl`,
  },
  { permission: 'Organization.Read.All', required: false, path: () => '/subscribedSkus' },
]

/** Each permission is tried, since a consent page says what was asked for and not what was given. */
export const graphConsent: Check = {
  id: 'graph_consent',
  after: [],
  async run({ site, ports }) {
    // A token that is kept has the permissions of its own time, for up to an hour: what was granted just now would be red.
    await ports.renewedCredential(site.tenantId)
    const graph = await ports.graph(site.tenantId)
    const organizer = encodeURIComponent(site.organizers[0] ?? NOBODY)
    const tried = await Promise.all(
      PROBES.map(async (probe) => ({ ...probe, answer: await ask(graph, probe.path(organizer)) })),
    )
    const silent = tried.find(({ answer }) => !answer.ok && SILENT.has(answer.failure.code))
    if (silent && !silent.answer.ok) return fromFailure(silent.answer.failure)
    const missing = tried.filter(
      ({ answer }) => !answer.ok && answer.failure.code === 'graph_permission_missing',
    )
    if (missing.length === 0) return pass(`All ${PROBES.length} permissions work.`)
    const names = missing.map(({ permission }) => permission).join(', ')
    const remedy =
      'Open “Permissions” in the setup and grant them anew as a Global Administrator. What was granted may take some minutes to count; then run the doctor again.'
    return missing.some(({ required }) => required)
      ? failed('graph_permission_missing', `Not granted: ${names}.`, remedy)
      : warn('graph_permission_optional', `Not granted: ${names}. Visits work without them.`, remedy)
  },
}

const SILENT: ReadonlySet<GraphFailure> = new Set(['graph_unavailable', 'graph_throttled'])

function ask(graph: Graph, path: string): Promise<Result<unknown, GraphFailure>> {
  return callGraph(() => graph.api(path).get())
}
