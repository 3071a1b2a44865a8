import { type Answer, badRequest, notFound, refuse } from './answers.ts'
import { context, type GraphCall, parameter } from './call.ts'
import type { GraphState, StoredMeeting } from './state.ts'

const DAY = 86_400_000
/** "A call record … remains available for 30 days" (List callRecords). */
const KEPT = 30 * DAY
const PAGE = 60

/** One call that ended, with every stay in it. */
export type CallRecord = {
  readonly id: string
  readonly tenantId: string
  readonly organizerId: string
  readonly joinWebUrl: string
  readonly startDateTime: string
  readonly endDateTime: string
  /** From when on Graph tells of it. */
  readonly availableAt: number
  readonly people: readonly {
    readonly id: string
    readonly userId: string | undefined
    readonly name: string
  }[]
  readonly quality: keyof typeof STREAMS
}

/** What a stream measures in a call of each kind: ISO 8601 durations and a share of packets, as Graph has them. */
const STREAMS = {
  good: { averageJitter: 'PT0.006S', averagePacketLossRate: 0.0012, averageRoundTripTime: 'PT0.048S' },
  fair: { averageJitter: 'PT0.021S', averagePacketLossRate: 0.018, averageRoundTripTime: 'PT0.24S' },
  poor: { averageJitter: 'PT0.062S', averagePacketLossRate: 0.14, averageRoundTripTime: 'PT0.61S' },
} as const

/** Writes down a call that ended; the record can be read some time later ("Working with the call records API"). */
export function recordCall(
  state: GraphState,
  meeting: StoredMeeting,
  startDateTime: string,
  at: string,
): void {
  const people = new Map(
    meeting.call?.intervals.map(({ participantId, userId, displayName }) => [
      participantId,
      { id: userId ?? participantId, userId, name: displayName },
    ]),
  )
  state.callRecords.push({
    id: state.ids.guid('call', meeting.id, String(state.callRecords.length)),
    tenantId: meeting.tenantId,
    organizerId: meeting.organizerId,
    joinWebUrl: meeting.joinWebUrl,
    startDateTime,
    endDateTime: at,
    availableAt: Date.parse(at) + state.settings.callRecordsAfterMinutes * 60_000,
    people: [...people.values()],
    quality: state.settings.callQuality,
  })
}

type Test = (record: CallRecord) => boolean
const BY_TIME = /^startDateTime (lt|le|gt|ge) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/i
const BY_PARTICIPANT = /^participants_v2\/any\((\w+):\1\/id eq '([^']*)'\)$/i

function testOf(clause: string): Test | undefined {
  const [, operator = '', instant = ''] = BY_TIME.exec(clause) ?? []
  const limit = Date.parse(instant)
  if (operator)
    return ({ startDateTime }) => {
      const start = Date.parse(startDateTime)
      const compare = { lt: start < limit, le: start <= limit, gt: start > limit, ge: start >= limit }
      return compare[operator.toLowerCase() as keyof typeof compare]
    }
  const [, , participant] = BY_PARTICIPANT.exec(clause) ?? []
  return participant === undefined ? undefined : ({ people }) => people.some(({ id }) => id === participant)
}

/** GET /communications/callRecords (List callRecords): of the tenant's last 30 days, without sessions. */
export function listCallRecords(call: GraphCall): Answer {
  if (call.query.has('$expand'))
    return refuse(400, 'BadRequest', 'Query option Expand is not allowed on the collection of callRecords.')
  const filter = call.query.get('$filter')
  const tests = (filter === null ? [] : filter.split(/\s+and\s+/i)).map((clause) => testOf(clause.trim()))
  if (tests.includes(undefined))
    return badRequest('Invalid filter clause: only startDateTime and participants_v2 id.')
  const found = known(call).filter((record) => tests.every((test) => test?.(record)))
  const skip = Number(call.query.get('$skiptoken') ?? 0)
  const more = new URLSearchParams(call.query)
  more.set('$skiptoken', String(skip + PAGE))
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'communications/callRecords'),
      ...(skip + PAGE < found.length
        ? { '@odata.nextLink': `${call.state.baseUrl}/${call.version}/communications/callRecords?${more}` }
        : {}),
      value: found.slice(skip, skip + PAGE).map(summary),
    },
  }
}

/** GET /communications/callRecords/{id}, with `$expand=sessions($expand=segments)` (Get callRecord). */
export function getCallRecord(call: GraphCall): Answer {
  const record = known(call).find(({ id }) => id === parameter(call, 0))
  if (!record) return notFound('call record not found')
  const expand = (call.query.get('$expand') ?? '').replaceAll(' ', '')
  const [, segments] = /^sessions(\(\$expand=segments\))?$/.exec(expand) ?? []
  if (expand !== '' && !expand.startsWith('sessions'))
    return badRequest('Parsing OData Select and Expand failed.')
  return {
    status: 200,
    body: {
      '@odata.context': context(call, 'communications/callRecords/$entity'),
      ...summary(record),
      ...(expand === '' ? {} : { sessions: sessionsOf(record, segments !== undefined) }),
    },
  }
}

function known({ state, tenant }: GraphCall): CallRecord[] {
  const now = state.now().getTime()
  return state.callRecords.filter(
    (record) =>
      record.tenantId === tenant.id &&
      record.availableAt <= now &&
      Date.parse(record.startDateTime) + KEPT > now,
  )
}

function summary(record: CallRecord) {
  const { id, joinWebUrl, startDateTime, endDateTime, organizerId } = record
  const organizer = { user: { id: organizerId, displayName: 'Visits', tenantId: record.tenantId } }
  return {
    id,
    version: 1,
    type: 'groupCall',
    modalities: ['audio', 'video'],
    lastModifiedDateTime: new Date(record.availableAt).toISOString(),
    startDateTime,
    endDateTime,
    joinWebUrl,
    organizer,
    organizer_v2: { id: organizerId, identity: organizer },
  }
}

/** One session for each participant with the service; a stream in each direction and one that measured nothing. */
function sessionsOf(record: CallRecord, segments: boolean) {
  const { id, startDateTime, endDateTime } = record
  return record.people.map((person, index) => {
    const identity = person.userId
      ? { user: { id: person.userId, displayName: person.name, tenantId: record.tenantId } }
      : { guest: { id: person.id, displayName: person.name } }
    const caller = { '@odata.type': '#microsoft.graph.callRecords.participantEndpoint', identity }
    const stream = (streamId: string, measured: object) => ({
      streamId,
      streamDirection: 'callerToCallee',
      startDateTime,
      endDateTime,
      ...measured,
    })
    const measured = index === 0 ? STREAMS.good : STREAMS[record.quality]
    const nothing = { averageJitter: null, averagePacketLossRate: null, averageRoundTripTime: null }
    const media = [
      { label: 'main-audio', streams: [stream('1', measured), stream('2', nothing)] },
      { label: 'main-video', streams: [stream('3', measured)] },
    ]
    const session = { id: `${id}-${index}`, startDateTime, endDateTime, modalities: ['audio'], caller }
    return segments ? { ...session, segments: [{ ...session, failureInfo: null, media }] } : session
  })
}
