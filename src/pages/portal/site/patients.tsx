import { describedBy, Field } from '../../layout/components/field.tsx'
import type { SiteModel } from './model.ts'
import { Part, Setting } from './parts.tsx'

const ZONE_HINT =
  'The clinic’s own: every time in texts and on the patient’s page is told in it. Type a city to find it.'

const TimeZone = ({ model }: { model: SiteModel }) => {
  const { timeZone } = model.input
  const error = model.errors.timeZone
  // The usual zones stand in their region too: chosen is the first.
  const first = model.zones.findIndex(({ zones }) => zones.some(({ id }) => id === timeZone))
  return (
    <Field id="timeZone" label="Time zone" hint={ZONE_HINT} error={error} required>
      <select
        class="input"
        id="timeZone"
        name="timeZone"
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy({ id: 'timeZone', hint: ZONE_HINT, error })}
      >
        <option value="" selected={timeZone === ''}>
          Choose a time zone
        </option>
        {first < 0 && timeZone !== '' ? (
          <option value={timeZone} selected>
            {timeZone}
          </option>
        ) : null}
        {model.zones.map(({ label, zones }, index) => (
          <optgroup label={label}>
            {zones.map(({ id, label: city }) => (
              <option value={id} selected={index === first && id === timeZone}>
                {city}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Field>
  )
}

/** What patients are told of the clinic. */
export const Patients = ({ model }: { model: SiteModel }) => (
  <Part id="patients" heading="Patients">
    <div class="fields fields-2">
      <TimeZone model={model} />
      <Setting
        model={model}
        name="patientPhone"
        type="tel"
        label={
          model.environment === 'production' ? 'Phone number for patients *' : 'Phone number for patients'
        }
        hint="Whom patients call when they cannot join. It stands in texts and on their page; Production needs one."
        value={model.input.patientPhone}
        maxlength={40}
      />
      <Setting
        model={model}
        name="clinicName"
        label="Clinic name"
        hint="Left empty, patients see none: a name in a text can tell others what the visit is about."
        value={model.input.clinicName}
        maxlength={60}
      />
    </div>
  </Part>
)
