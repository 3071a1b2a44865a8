import { describedBy, Field, TextField } from '../../layout/components/field.tsx'
import { errorWords } from './error-words.ts'
import { LANGUAGE_NAMES, type Lang, type SiteTextsModel } from './site-model.ts'
import { FieldError, Tick } from './when-fields.tsx'

const LANGS: readonly Lang[] = ['en', 'es', 'fr']

/** Which number texts, to which countries. */
export const SenderFields = ({ model }: { model: SiteTextsModel }) => {
  const error = errorWords(model.errors.sender)
  const { draft } = model
  return (
    <>
      <Field
        id="sender"
        label="Phone number"
        hint="One number may serve several FHIR base URLs."
        error={error}
      >
        <select
          class="input"
          id="sender"
          name="sender"
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={describedBy({ id: 'sender', hint: 'hint', error })}
        >
          <option value="" selected={draft.sender === ''}>
            none
          </option>
          {model.senders.map(({ value, label }) => (
            <option value={value} selected={value === draft.sender}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <fieldset>
        <legend>Countries that may be texted</legend>
        <p class="quiet">A number in the record without a country code belongs to the first one chosen.</p>
        <div class="ticks">
          {model.countries.map(({ code, name }) => (
            <Tick name="country" value={code} label={name} checked={draft.countries.includes(code)} />
          ))}
        </div>
        <div class="field">
          <FieldError id="country" code={model.errors.country} />
        </div>
      </fieldset>
    </>
  )
}

/** Languages and the clinic's name. */
export const LanguageFields = ({ model }: { model: SiteTextsModel }) => {
  const { draft, errors } = model
  const error = errorWords(errors.default_language)
  return (
    <>
      <fieldset>
        <legend>Languages</legend>
        <p class="quiet">A patient is texted in the language of the record where it is on.</p>
        {LANGS.map((lang) => (
          <Tick
            name="language"
            value={lang}
            label={LANGUAGE_NAMES[lang]}
            checked={draft.languages.includes(lang)}
          />
        ))}
      </fieldset>
      <Field id="default_language" label="Everybody else" error={error}>
        <select
          class="input"
          id="default_language"
          name="default_language"
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={describedBy({ id: 'default_language', error })}
        >
          {LANGS.map((lang) => (
            <option value={lang} selected={lang === draft.defaultLanguage}>
              {LANGUAGE_NAMES[lang]}
            </option>
          ))}
        </select>
      </Field>
      <fieldset>
        <legend>The clinic’s name</legend>
        <Tick name="name_clinic" label="Texts begin with the clinic’s name" checked={draft.nameClinic} />
        <p class="quiet">
          Off unless you decide otherwise: whoever sees the phone then knows where its owner is a patient.
        </p>
      </fieldset>
      <TextField
        id="clinic_name"
        name="clinic_name"
        label="Name as patients know it"
        hint="Also shown on the patient’s page. May stay empty."
        value={draft.clinicName}
        {...(errors.clinic_name === undefined ? {} : { error: errorWords(errors.clinic_name) })}
      />
      <TextField
        id="segment_price"
        name="segment_price"
        label="Price of one segment in US dollars"
        hint="With the carriers’ fee; for the estimates here only. About 0.01 in the United States and Canada; other countries: “SMS pricing” of Azure Communication Services."
        value={draft.segmentPrice}
        {...(errors.segment_price === undefined ? {} : { error: errorWords(errors.segment_price) })}
      />
    </>
  )
}
