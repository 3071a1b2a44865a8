import type { Ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import {
  ARRIVED,
  LONGEST_LINK,
  linkOperations,
  type PatchOperation,
  type Writable,
} from '../ehr/video-links.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { VisitRow } from '../store/rows.ts'
import { staffPointer } from './staff-link.ts'
import type { Visit, VisitRef, VisitSeals } from './visit.ts'
import type { VisitStore } from './visit-store.ts'

export type WriteBackPorts = {
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly fieldKeys: KeyRing
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly linkUrl: string
  readonly publicUrl: string
  readonly now: () => Date
}

export type WriteBack = 'links' | 'arrived'
type Written = 'written' | 'not_wanted'
type Refused = EhrFailure | 'write_back_link_too_long'

/** Reads and patches of one go; who loses so many races tries again later. */
const RACES = 3

/**
 * Writes into the EHR what the site wants to have there: the video link fields, or that the patient arrived. Each over the
 * version read right before. Doing it twice writes once; nothing of it raises the visit's version, since that follows from
 * start, kind and status "cancelled" alone.
 */
export async function writeBack(
  ports: WriteBackPorts,
  site: Site,
  ref: VisitRef,
  what: WriteBack,
): Promise<Result<Written, string>> {
  const visit = await ports.visits.find(ref)
  if (!visit || !isWanted(site, visit.row, what)) return ok('not_wanted')
  const id = ports.seals.appointmentId(visit)
  if (id === undefined) return ok('not_wanted')
  const ehr = await ports.ehr(site)
  if (!ehr.ok) return ehr
  const written =
    what === 'links' ? await writeLinks(ports, ehr.value, visit, id) : await writeArrived(ehr.value, id)
  if (!written.ok) return written
  // Without its meeting or link there was nothing to write: what is to come is not taken for written.
  if (what === 'links' && written.value === 'not_wanted') return written
  const at = ports.now().toISOString()
  await ports.visits.update(ref, ({ writeBackFailure: _code, writeBackFailedAt: _at, ...row }) => {
    // It moved meanwhile: what was written is of the time before, and is not taken for written.
    if (row.version !== visit.row.version) return row
    return { ...row, ...(what === 'links' ? { linksWrittenAt: at } : { arrivedWrittenAt: at }) }
  })
  return written
}

/** Since when the EHR refuses what is to be written now; a failure of the time before a move is none of this. Pure. */
export function refusedSince({ writeBackFailedAt, since }: VisitRow): Date | undefined {
  return writeBackFailedAt !== undefined && writeBackFailedAt >= since
    ? new Date(writeBackFailedAt)
    : undefined
}

/** Whether there is something to write. A visit that moved since needs it written anew, for the new time. Pure. */
export function isWanted(site: Pick<Site, 'writeBack'>, row: VisitRow, what: WriteBack): boolean {
  if (row.cancelled || !row.video || row.consult || row.sealedAppointment === undefined) return false
  const writtenAt = what === 'arrived' ? row.arrivedWrittenAt : row.linksWrittenAt
  if (writtenAt !== undefined && writtenAt >= row.since) return false
  if (what === 'arrived') return site.writeBack?.arrived === true
  return site.writeBack?.links === true && row.sealedMeeting !== undefined
}

async function writeLinks(
  ports: WriteBackPorts,
  ehr: Ehr,
  visit: Visit,
  id: string,
): Promise<Result<Written, Refused>> {
  const meeting = ports.seals.meeting(visit)
  const token = ports.visits.patientToken(visit)
  if (!meeting || token === undefined) return ok('not_wanted')
  const { start, minutes } = visit.row
  // Teams' own join URLs are often longer than the EHR takes: ours leads there.
  const own = `${ports.publicUrl}/teams/${staffPointer(ports.fieldKeys, visit)}`
  const provider = meeting.joinWebUrl.length <= LONGEST_LINK ? meeting.joinWebUrl : own
  const patient = `${ports.linkUrl}/v/${token}`
  if (Math.max(provider.length, patient.length) > LONGEST_LINK) return fail('write_back_link_too_long')
  const links = {
    provider,
    patient,
    start: new Date(start),
    end: new Date(Date.parse(start) + minutes * 60_000),
  }
  return overVersion(ehr, id, (now, unchanged) =>
    linkOperations(now.linked || unchanged ? 'replace' : 'add', links),
  )
}

/** Only a booked appointment becomes one that arrived: whatever else the front desk made of it stays. */
async function writeArrived(ehr: Ehr, id: string): Promise<Result<Written, Refused>> {
  return overVersion(ehr, id, (now) => (now.status === 'booked' ? ARRIVED : undefined))
}

/**
 * Reads, patches over what was read, and begins anew where somebody else was faster. A conflict over a version that nobody
 * changed has another cause: links are there that a read does not show (the vendor answers 409 to both).
 */
async function overVersion(
  ehr: Ehr,
  id: string,
  operations: (now: Writable, unchanged: boolean) => readonly PatchOperation[] | undefined,
): Promise<Result<Written, Refused>> {
  let before: string | undefined
  let last: Failure<EhrFailure> | undefined
  for (let tries = 0; tries < RACES; tries++) {
    const read = await ehr.writable(id)
    if (!read.ok) return read
    const unchanged = read.value.versionId === before
    const wanted = operations(read.value, unchanged)
    if (!wanted) return ok('not_wanted')
    const patched = await ehr.patchAppointment(id, read.value.versionId, wanted)
    if (patched.ok) return ok('written')
    // It was not that, then: the same as at first once more.
    const guessed = unchanged && patched.failure.code === 'ehr_refused'
    if (patched.failure.code !== 'ehr_conflict' && !guessed) return patched
    if (!guessed) last = patched.failure
    before = guessed ? undefined : read.value.versionId
  }
  return { ok: false, failure: last ?? fail('ehr_conflict').failure }
}

/** Failures that pass by themselves, or may. */
const PASSING = new Set([
  'ehr_conflict',
  'ehr_throttled',
  'ehr_unavailable',
  'ehr_unreachable',
  'ehr_token_expired',
  'smart_throttled',
  'smart_token_unreachable',
  'smart_discovery_unreachable',
])
const MOST_TRIES = 6
const FIRST_WAIT = 30
const LONGEST_WAIT = 3_600

/** Seconds until a failed write is tried again, or undefined where that is for people to look at. Pure. */
export function tryAgainIn(failure: Failure, tries: number): number | undefined {
  if (!PASSING.has(failure.code) || tries + 1 >= MOST_TRIES) return undefined
  return Math.min(LONGEST_WAIT, Math.max(failure.retryAfterSeconds ?? 0, FIRST_WAIT * 2 ** tries))
}

/** The visit's row says what was refused last, for the doctor and the list of what staff must look at. */
export async function recordWriteFailure(
  { visits, now }: Pick<WriteBackPorts, 'visits' | 'now'>,
  ref: VisitRef,
  code: string,
): Promise<void> {
  const writeBackFailedAt = now().toISOString()
  await visits.update(ref, (row) => ({ ...row, writeBackFailure: code.slice(0, 64), writeBackFailedAt }))
}
