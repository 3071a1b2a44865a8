import type { AcsSettings } from '../acs/faults.ts'
import type { ReplyRecord } from '../acs/state.ts'
import type { BoardRow, ConsoleParts } from '../contracts.ts'
import type { Zone } from './times.ts'

/** What the address of the page says: which clinic, whose board, how much of it, whose phone. */
export type View = {
  /** Id of the clinic; undefined where there is only one. */
  readonly clinic: string | undefined
  readonly practitionerId: string
  readonly scope: 'mine' | 'clinic'
  /** Undefined follows the newest text. */
  readonly phone: string | undefined
}

/** The parts, and what the Communication Services stand-in tells besides its contract. */
export type Parts = Omit<ConsoleParts, 'acs'> & {
  readonly acs: ConsoleParts['acs'] & {
    readonly faults: AcsSettings
    readonly replies?: () => ReplyRecord[]
    readonly setVerified?: (phoneNumber: string, verified: boolean) => void
  }
}

/** The parts as the chosen clinic sees them: its EHR and its clock face. An unknown clinic is the first. */
export function partsOf(query: URLSearchParams, parts: Parts, zone: Zone): { parts: Parts; zone: Zone } {
  const clinics = parts.clinics ?? []
  const chosen = clinics.find(({ id }) => id === query.get('clinic')) ?? clinics[0]
  return chosen ? { parts: { ...parts, ehr: chosen.ehr }, zone: chosen.timeZone } : { parts, zone }
}

/** Reads the address; unknown values fall back to the first clinician with a video visit, and to the newest text. */
export function viewOf(query: URLSearchParams, parts: Parts): View {
  const asked = query.get('practitioner')
  const known = parts.ehr.practitioners().find(({ id }) => id === asked)?.id
  return {
    clinic: parts.clinics?.find(({ ehr }) => ehr === parts.ehr)?.id,
    practitionerId: known ?? busiest(parts),
    scope: query.get('scope') === 'clinic' ? 'clinic' : 'mine',
    phone: query.get('phone') || undefined,
  }
}

/** The query string that leads back to a view. */
export function queryOf(view: View, changes: Partial<View> = {}): string {
  const { clinic, practitionerId, scope, phone } = { ...view, ...changes }
  const query = new URLSearchParams({ ...(clinic ? { clinic } : {}), practitioner: practitionerId, scope })
  if (phone !== undefined) query.set('phone', phone)
  return `?${query}`
}

/** Rows of the view: the clinician's own, or the whole clinic's. */
export function rowsOf(view: View, parts: Parts): BoardRow[] {
  const rows = parts.ehr.board()
  return view.scope === 'clinic' ? rows : rows.filter((row) => row.practitionerId === view.practitionerId)
}

function busiest(parts: Parts): string {
  const now = parts.clock.now().toISOString()
  const ahead = parts.ehr.board().filter((row) => row.video && row.status === 'booked' && row.start >= now)
  return ahead[0]?.practitionerId ?? parts.ehr.practitioners()[0]?.id ?? ''
}
