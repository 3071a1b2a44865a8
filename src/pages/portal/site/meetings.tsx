import type { SiteModel } from './model.ts'
import { Check, GroupError, Part, Setting } from './parts.tsx'

/** Who organizes, and how a clinician gets into the meeting. */
export const Meetings = ({ model }: { model: SiteModel }) => (
  <Part id="meetings" heading="Meetings">
    <fieldset>
      <legend>Organizer pool</legend>
      <p class="hint">
        Service accounts that own this site’s meetings; their name is all that patients see of them.
      </p>
      <GroupError error={model.errors.organizers} />
      {model.organizers.length === 0 ? (
        <p>
          There is none yet. <a href="/portal/permissions">Choose accounts under Permissions</a> first.
        </p>
      ) : (
        model.organizers.map(({ id, name }) => (
          <Check
            name="organizer"
            id={`organizer-${id}`}
            value={id}
            label={name ?? `An account that Microsoft did not name (${id})`}
            checked={model.input.organizers.includes(id)}
          />
        ))
      )}
    </fieldset>
    <Check
      name="openTeamsAtOnce"
      label="Open Teams at once"
      hint="A launch goes straight into the meeting; without it, clinicians see the appointment first and choose Join."
      checked={model.input.openTeamsAtOnce}
    />
    <p class="hint">
      Teams shows patients the name of the account that a clinician joins with, and clinicians the name that a
      patient types. Neither can be changed here; our own pages and texts name nobody.
    </p>
  </Part>
)

const RULES = [
  [
    'virtual_meeting_room',
    'Virtual meeting room (Oracle Health)',
    'The appointment contains a “Patient” or “Provider Virtual Meeting Room”.',
  ],
  [
    'virtual_service',
    'Virtual service',
    'The appointment has FHIR’s virtualService element (an extension in R4).',
  ],
  ['service_type', 'Service type', 'The appointment’s service type has one of the codes below.'],
] as const

/** How a visit by video is told from one in the clinic. */
export const VideoVisits = ({ model }: { model: SiteModel }) => (
  <Part id="video" heading="Video visits">
    <fieldset>
      <legend>An appointment is a video visit when</legend>
      <GroupError error={model.errors.video} />
      {RULES.map(([kind, label, hint]) => (
        <Check
          type="radio"
          name="video"
          id={`video-${kind}`}
          value={kind}
          label={label}
          hint={hint}
          checked={model.input.video.kind === kind}
        />
      ))}
    </fieldset>
    <Setting
      model={model}
      name="video.codes"
      label="Codes or names of service types"
      hint="Only for “Service type”: as the EHR writes them, separated by commas."
      value={model.input.video.codes}
    />
  </Part>
)
