import { type AppointmentRecord, versionId } from './appointments.ts'
import { type Clinic, SYNTHETIC, shownName } from './clinic.ts'

/** Ids of the contained rooms, and the texts that tell them apart. Oracle Health "Appointment", example Video Visit. */
const ROOMS = [
  { id: '28', text: 'Patient Virtual Meeting Room' },
  { id: '31', text: 'Provider Virtual Meeting Room' },
] as const

const iso = (date: Date): string => date.toISOString()

function endOf(record: AppointmentRecord): Date {
  return new Date(record.start.getTime() + record.minutes * 60_000)
}

/** The rooms of a video visit, the patient's first; a `telecom` without value until links are written. */
function contained(record: AppointmentRecord): fhir4.HealthcareService[] {
  const { links } = record
  const period = links ? { start: links.start, end: links.end } : undefined
  const value = { '28': links?.patient, '31': links?.provider }
  return ROOMS.map(({ id, text }) => {
    const link = value[id]
    return {
      resourceType: 'HealthcareService',
      id,
      type: [{ text }],
      telecom: [{ system: 'url', ...(link ? { value: link } : {}), ...(period ? { period } : {}) }],
    }
  })
}

function participants(record: AppointmentRecord, clinic: Clinic): fhir4.AppointmentParticipant[] {
  const actor = (reference: string, display: string): fhir4.Reference =>
    record.displayOnly && !reference.startsWith('Patient/') ? { display } : { reference, display }
  const clinician = clinic.practitioners.get(record.practitionerId)
  const status = record.status === 'proposed' ? 'needs-action' : 'accepted'
  return [
    {
      type: [{ text: 'Patient' }],
      actor: actor(`Patient/${record.patientId}`, shownName(clinic.patients.get(record.patientId))),
      required: 'required',
      status,
    },
    {
      type: [
        { text: 'Resource' },
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
              code: 'PPRF',
              display: 'primary performer',
            },
          ],
        },
      ],
      actor: actor(`Practitioner/${record.practitionerId}`, clinician?.name ?? ''),
      required: 'required',
      status,
    },
    {
      actor: actor(`Location/${record.locationId}`, clinic.locations.get(record.locationId)?.name ?? ''),
      required: 'required',
      status,
    },
    ...(record.video
      ? ROOMS.map(({ id, text }) => ({
          type: [{ text }],
          actor: { reference: `#${id}` },
          status: 'accepted' as const,
        }))
      : []),
  ]
}

/** An appointment as Oracle Health serves it. */
export function appointmentResource(record: AppointmentRecord, clinic: Clinic): fhir4.Appointment {
  const service = record.video ? 'Video Visit' : 'Office Visit'
  const [start, end] = [iso(record.start), iso(endOf(record))]
  return {
    resourceType: 'Appointment',
    id: record.id,
    meta: { versionId: versionId(record), lastUpdated: iso(record.updatedAt), tag: [SYNTHETIC] },
    ...(record.video ? { contained: contained(record) } : {}),
    status: record.status,
    ...(record.status === 'cancelled' ? { cancelationReason: { text: 'Cancelled by the clinic' } } : {}),
    serviceType: [{ text: service }],
    description: service,
    start,
    end,
    minutesDuration: record.minutes,
    participant: participants(record, clinic),
    requestedPeriod: [{ start, end }],
  }
}

const ENCOUNTER_STATUS = {
  proposed: 'planned',
  booked: 'planned',
  arrived: 'arrived',
  'checked-in': 'in-progress',
  fulfilled: 'finished',
  cancelled: 'cancelled',
  noshow: 'cancelled',
} as const

/** The encounter behind an appointment; its `appointment[]` leads a launch in encounter context to the visit. */
export function encounterResource(record: AppointmentRecord, clinic: Clinic): fhir4.Encounter {
  const clinician = clinic.practitioners.get(record.practitionerId)
  return {
    resourceType: 'Encounter',
    id: record.encounterId,
    meta: { versionId: `${record.version}`, lastUpdated: iso(record.updatedAt), tag: [SYNTHETIC] },
    status: ENCOUNTER_STATUS[record.status],
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: record.video ? 'VR' : 'AMB',
      display: record.video ? 'virtual' : 'ambulatory',
    },
    subject: { reference: `Patient/${record.patientId}` },
    appointment: [{ reference: `Appointment/${record.id}` }],
    participant: [
      {
        individual: {
          reference: `Practitioner/${record.practitionerId}`,
          ...(clinician ? { display: clinician.name } : {}),
        },
      },
    ],
    period: { start: iso(record.start), end: iso(endOf(record)) },
    location: [{ location: { reference: `Location/${record.locationId}` } }],
  }
}
