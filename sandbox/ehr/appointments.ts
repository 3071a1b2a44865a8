import type { BookInput, Now } from '../contracts.ts'

export type AppointmentStatus = NonNullable<BookInput['status']>

/** Links that a video platform has written into an appointment; one period serves both. */
export type RoomLinks = {
  readonly provider: string
  readonly patient: string
  readonly start: string
  readonly end: string
}

/** One appointment as the EHR keeps it; `appointment-resource.ts` renders it as FHIR. */
export type AppointmentRecord = {
  readonly id: string
  readonly encounterId: string
  readonly patientId: string
  readonly practitionerId: string
  readonly locationId: string
  readonly minutes: number
  readonly start: Date
  readonly status: AppointmentStatus
  readonly video: boolean
  readonly links: RoomLinks | undefined
  /** Practitioner and location come as `display` only, as they do for resources outside the clinic. */
  readonly displayOnly: boolean
  /** Counts changes by the EHR; the second counts link writes: `3` and `3-1` are what versionId shows. */
  readonly version: number
  readonly linkVersion: number
  readonly updatedAt: Date
}

export type AppointmentBook = {
  book(input: BookInput, displayOnly?: boolean): AppointmentRecord
  get(id: string): AppointmentRecord | undefined
  /** All appointments, earliest start first. */
  all(): AppointmentRecord[]
  /** Changes an appointment and raises its version. Unknown ids are a mistake of the caller and throw. */
  change(
    id: string,
    change: Partial<Pick<AppointmentRecord, 'start' | 'status' | 'video'>>,
  ): AppointmentRecord
  writeLinks(id: string, links: RoomLinks): AppointmentRecord
  /** Somebody has the appointment open (423) or its encounter cannot be found (424). */
  readonly locked: Set<string>
  readonly withoutDependency: Set<string>
}

const FIRST_APPOINTMENT = 4_817_500
const FIRST_ENCOUNTER = 97_953_000

export function createAppointmentBook(now: Now): AppointmentBook {
  const records = new Map<string, AppointmentRecord>()

  const put = (record: AppointmentRecord): AppointmentRecord => {
    records.set(record.id, record)
    return record
  }
  const existing = (id: string): AppointmentRecord => {
    const record = records.get(id)
    if (!record) throw new Error(`no appointment ${id} in the sandbox EHR`)
    return record
  }

  return {
    locked: new Set(),
    withoutDependency: new Set(),
    book(input, displayOnly = false) {
      const serial = records.size + 1
      return put({
        id: String(FIRST_APPOINTMENT + serial),
        encounterId: String(FIRST_ENCOUNTER + serial),
        patientId: input.patientId,
        practitionerId: input.practitionerId,
        locationId: input.locationId,
        minutes: input.minutes ?? 30,
        start: input.start,
        status: input.status ?? 'booked',
        video: input.video ?? true,
        links: undefined,
        displayOnly,
        version: 0,
        linkVersion: 0,
        updatedAt: now(),
      })
    },
    get: (id) => records.get(id),
    all: () => [...records.values()].sort((a, b) => a.start.getTime() - b.start.getTime()),
    change(id, change) {
      const record = existing(id)
      // An appointment that stops being a video visit loses its rooms and the links in them.
      const links = change.video === false ? undefined : record.links
      return put({ ...record, ...change, links, version: record.version + 1, updatedAt: now() })
    },
    writeLinks(id, links) {
      const record = existing(id)
      return put({ ...record, links, linkVersion: record.linkVersion + 1, updatedAt: now() })
    },
  }
}

/** `meta.versionId`: a number, and behind a dash how often video links were written, as in "2-1". */
export function versionId(record: AppointmentRecord): string {
  return record.linkVersion === 0 ? `${record.version}` : `${record.version}-${record.linkVersion}`
}
