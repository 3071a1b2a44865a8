import type { Child } from 'hono/jsx'
import type { BoardRow } from '../contracts.ts'
import { ActionForm } from './action-form.tsx'
import { Icon } from './icons.tsx'
import { ageOf, birthDay, clockTime, type Zone } from './times.ts'
import type { View } from './view.ts'

const statusNames: Readonly<Record<string, string>> = {
  proposed: 'Proposed',
  booked: 'Confirmed',
  arrived: 'Arrived',
  'checked-in': 'Checked in',
  fulfilled: 'Completed',
  cancelled: 'Cancelled',
  noshow: 'No show',
}
const over = new Set(['fulfilled', 'cancelled', 'noshow'])

export type BoardProps = {
  readonly rows: readonly BoardRow[]
  readonly view: View
  readonly now: Date
  readonly zone: Zone
}

/** The appointments, with a line where the clock stands. */
export function Board({ rows, view, now, zone }: BoardProps) {
  const next = rows.findIndex((row) => Date.parse(row.start) > now.getTime())
  const nowAt = next === -1 ? rows.length : next
  return (
    <div class="board-scroll" data-live="board">
      <table class="board">
        <caption class="hidden">Appointments around now</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            <th scope="col">Date of birth</th>
            <th scope="col">Location</th>
            <th scope="col">Practitioner</th>
            <th scope="col">Status</th>
            <th scope="col">Teams</th>
            <th scope="col">
              <span class="hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, nowAt).map((row) => (
            <Appointment row={row} view={view} now={now} zone={zone} />
          ))}
          <tr class="now">
            <td colspan={8}>
              <span>Now {clockTime(now, zone)}</span>
            </td>
          </tr>
          {rows.slice(nowAt).map((row) => (
            <Appointment row={row} view={view} now={now} zone={zone} />
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? <p class="empty">No appointments today. Book one below.</p> : null}
    </div>
  )
}

type RowProps = { readonly row: BoardRow; readonly view: View; readonly now: Date; readonly zone: Zone }

function Appointment({ row, view, now, zone }: RowProps) {
  const start = new Date(row.start)
  const past = start.getTime() + row.minutes * 60_000 < now.getTime() || over.has(row.status)
  const age = ageOf(row.birthDate, now)
  return (
    <tr class={past ? 'past' : undefined} data-appointment={row.appointmentId}>
      <td class="when">
        <b>{clockTime(start, zone)}</b>
        <small>{row.minutes} min</small>
      </td>
      <th scope="row" class="who">
        {row.patientName}
        <small>
          {languageName(row.language)} · {row.phone ?? 'no phone'}
        </small>
      </th>
      <td class="born">
        {birthDay(row.birthDate)}
        {age === undefined ? null : <small>{age} years</small>}
      </td>
      <td class="where">{row.locationName}</td>
      <td class="by">{row.practitionerName}</td>
      <td class="state">
        <span class={`status ${row.status}`}>{statusNames[row.status] ?? row.status}</span>
      </td>
      <td class="teams">{row.video ? <Launch row={row} view={view} /> : <small>In person</small>}</td>
      <td class="change">{over.has(row.status) ? null : <Changes row={row} view={view} />}</td>
    </tr>
  )
}

/** What the clinician clicks in PowerChart: a new launch, in a new tab, by whoever the page is signed in as. */
function Launch({ row, view }: { row: BoardRow; view: View }) {
  const { clinic, practitionerId: practitioner } = view
  const query = new URLSearchParams({
    ...(clinic ? { clinic } : {}),
    appointment: row.appointmentId,
    practitioner,
  })
  return (
    <a
      class="launch"
      id={`launch-${row.appointmentId}`}
      href={`/launch?${query}`}
      target="_blank"
      rel="noopener"
      aria-label={`Launch the Teams visit of ${row.patientName}`}
    >
      <Icon name="video" /> Launch
    </a>
  )
}

function Changes({ row, view }: { row: BoardRow; view: View }) {
  const switchTo = row.video ? 'in person' : 'video'
  return (
    <div class="changes">
      <Change row={row} view={view} action="move" face="+30" label="Move by +30 min" />
      <Change
        row={row}
        view={view}
        action="video"
        face={<Icon name={row.video ? 'person' : 'video'} />}
        label={`Switch to ${switchTo}`}
      />
      <Change row={row} view={view} action="cancel" face={<Icon name="cancel" />} label="Cancel" />
    </div>
  )
}

function Change(props: { row: BoardRow; view: View; action: string; face: Child; label: string }) {
  const { row, view, action, face, label } = props
  const fields = { appointment: row.appointmentId, video: row.video ? 'off' : 'on' }
  return (
    <ActionForm action={action} view={view} fields={fields}>
      <button
        type="submit"
        class="small"
        id={`${action}-${row.appointmentId}`}
        title={label}
        aria-label={`${label}: ${row.patientName}`}
      >
        {face}
      </button>
    </ActionForm>
  )
}

/** `Spanish` of `es`. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
