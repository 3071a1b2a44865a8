import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { ok, type Result } from '../result.ts'
import { type Quality, qualityOfStreams, type StreamQuality } from './quality.ts'

/** Of a record only the address and the measures are read; names, devices and networks are dropped by the parser. */
const listed = z.object({
  value: z.array(z.object({ id: z.string(), joinWebUrl: z.string().nullish() })),
  '@odata.nextLink': z.string().optional(),
})
const stream = z.object({
  averageJitter: z.string().nullish(),
  averagePacketLossRate: z.number().nullish(),
  averageRoundTripTime: z.string().nullish(),
})
const record = z.object({
  sessions: z
    .array(
      z.object({
        segments: z
          .array(z.object({ media: z.array(z.object({ streams: z.array(stream).nullish() })).nullish() }))
          .nullish(),
      }),
    )
    .nullish(),
})

export type QualityQuestion = {
  readonly joinWebUrl: string
  /** A user of the tenant who was in the call. */
  readonly clinicianId: string
  readonly from: Date
  readonly to: Date
}

/** A clinician has a handful of calls in a few hours; the answer is paged by 60. */
const MOST_PAGES = 5
const MOST_RECORDS = 10

/**
 * Call quality of one visit (Graph, "List callRecords": filtered by participant and time; "Get callRecord" with
 * `$expand=sessions($expand=segments)`). The join URL says which of the clinician's calls it was.
 * @returns undefined where there is no record yet: the first one takes hours at times.
 */
export async function readQuality(
  graph: Graph,
  question: QualityQuestion,
): Promise<Result<Quality | undefined, GraphFailure>> {
  const ids = await recordsOfMeeting(graph, question)
  if (!ids.ok) return ids
  const streams: StreamQuality[] = []
  for (const id of ids.value.slice(0, MOST_RECORDS)) {
    const one = await callGraph(async () =>
      record.parse(
        await graph
          .api(`/communications/callRecords/${encodeURIComponent(id)}`)
          .expand('sessions($expand=segments)')
          .get(),
      ),
    )
    if (!one.ok) return one
    streams.push(...streamsOf(one.value))
  }
  return ok(qualityOfStreams(streams))
}

async function recordsOfMeeting(
  graph: Graph,
  { joinWebUrl, clinicianId, from, to }: QualityQuestion,
): Promise<Result<string[], GraphFailure>> {
  const filter =
    `startDateTime ge ${from.toISOString()} and startDateTime lt ${to.toISOString()}` +
    ` and participants_v2/any(p:p/id eq '${clinicianId.replaceAll("'", "''")}')`
  const ids: string[] = []
  let request = graph.api('/communications/callRecords').filter(filter)
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = request
    const list = await callGraph(async () => listed.parse(await asked.get()))
    if (!list.ok) return list
    for (const one of list.value.value)
      if (one.joinWebUrl && sameMeeting(one.joinWebUrl, joinWebUrl)) ids.push(one.id)
    const more = list.value['@odata.nextLink']
    if (more === undefined) return ok(ids)
    request = graph.api(more)
  }
  return ok(ids)
}

/** Graph's services differ in what they percent-encode of the same URL, and in its query. */
export function sameMeeting(a: string, b: string): boolean {
  const name = (url: string) => {
    try {
      return decodeURIComponent(new URL(url).pathname).toLowerCase()
    } catch {
      return url
    }
  }
  return name(a) === name(b)
}

function streamsOf({ sessions }: z.infer<typeof record>): StreamQuality[] {
  const segments = (sessions ?? []).flatMap((session) => session.segments ?? [])
  const streams = segments.flatMap(({ media }) => (media ?? []).flatMap((one) => one.streams ?? []))
  return streams.map(({ averageJitter, averagePacketLossRate, averageRoundTripTime }) => ({
    jitterMs: milliseconds(averageJitter),
    loss: averagePacketLossRate ?? undefined,
    roundTripMs: milliseconds(averageRoundTripTime),
  }))
}

/** An ISO 8601 duration below a day, such as `PT0.033S` or `PT1M2.5S`, in milliseconds. */
export function milliseconds(duration: string | null | undefined): number | undefined {
  const [found, hours = 0, minutes = 0, seconds = 0] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(duration ?? '') ?? []
  if (found === undefined || found === 'PT') return undefined
  return Math.round((Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000)
}
