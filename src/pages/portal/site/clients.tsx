import { describedBy, Field } from '../../layout/components/field.tsx'
import type { SiteModel } from './model.ts'
import { LongSetting, Part, Setting } from './parts.tsx'

type Role = 'launch' | 'system' | 'portal'

const METHODS = [
  ['private_key_jwt', 'Signed key (private_key_jwt)'],
  ['client_secret_basic', 'Client secret (client_secret_basic)'],
  ['none', 'None: a public application'],
] as const

const METHOD_HINT = 'Choose the same as in the registration at the EHR. The signed key needs no secret.'

/** Client id, and how the client proves itself. */
const Client = ({ model, of: role, idHint }: { model: SiteModel; of: Role; idHint: string }) => {
  const { clientId, method } = model.input[role]
  const methods = role === 'system' ? METHODS.slice(0, 2) : METHODS
  const id = `${role}-method`
  const error = model.errors[`${role}.method`]
  const kept = model.kept[role]
  return (
    <>
      <Setting
        model={model}
        name={`${role}.clientId`}
        label="Client id"
        hint={idHint}
        value={clientId}
        maxlength={200}
      />
      <Field id={id} label="Authentication" hint={METHOD_HINT} error={error}>
        <select
          class="input"
          id={id}
          name={`${role}.method`}
          aria-describedby={describedBy({ id, hint: METHOD_HINT, error })}
        >
          {methods.map(([value, label]) => (
            <option value={value} selected={method === value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      <Setting
        model={model}
        name={`${role}.secret`}
        type="password"
        label={kept ? 'Replace the client secret' : 'Client secret'}
        hint={
          kept
            ? 'A secret is kept, sealed, and never shown. Leave this empty to keep it.'
            : 'Only for “Client secret”. It is sealed when it is saved, and never shown again.'
        }
        value=""
        maxlength={1000}
      />
    </>
  )
}

/** The application that clinicians launch. */
export const Clinicians = ({ model }: { model: SiteModel }) => (
  <Part id="clinicians" heading="Clinicians’ application">
    <Client
      model={model}
      of="launch"
      idHint="Comes back from the EHR team once they registered the records of “Review and finish”."
    />
    <p class="hint">
      Keys for the registration (JWKS URL): <code>{model.jwksUrl}</code>
    </p>
    <LongSetting
      model={model}
      name="issuers"
      label="Issuers of sign-ins (id_tokens)"
      hint="Besides the one that the EHR announces, one a line; compared letter by letter."
      value={model.input.issuers}
    />
    {model.issuerProposal === undefined ? null : (
      <p class="proposal">
        <span>
          Oracle Health signs with <code>{model.issuerProposal}</code>
        </span>
        <button type="submit" class="btn" name="do" value="add-issuer">
          Add this issuer
        </button>
      </p>
    )}
  </Part>
)

/** The account that reads the schedule when nobody is signed in. */
export const SystemAccount = ({ model }: { model: SiteModel }) => (
  <Part id="system" heading="System account">
    <p class="hint">
      Reads appointments when no clinician is there: texts, reminders and the patient’s link need it. Left
      empty, visits work by the clinician’s launch alone.
    </p>
    <Client
      model={model}
      of="system"
      idHint="Client id of the system application (SMART Backend Services)."
    />
  </Part>
)

/** Visits that are opened from the EHR's own patient portal. */
export const PatientPortal = ({ model }: { model: SiteModel }) => (
  <details
    class="card fold setting"
    id="portal"
    open={model.input.portal.clientId !== '' || hasErrors(model, 'portal')}
  >
    <summary>Patient portal of the EHR (optional)</summary>
    <div class="fields">
      <p class="hint">
        Lets patients open their visit from the EHR’s own portal too. Left empty, they use the link.
      </p>
      <Setting
        model={model}
        name="portal.url"
        type="url"
        label="FHIR base URL of the portal"
        hint="Where it differs from the clinicians’, as at Oracle Health (fhir-myrecord…)."
        value={model.input.portal.url}
      />
      <Client model={model} of="portal" idHint="Client id of the patients’ application." />
      <LongSetting
        model={model}
        name="portal.issuers"
        label="Issuers of the portal’s sign-ins"
        hint="Besides the announced one, one a line."
        value={model.input.portal.issuers}
      />
    </div>
  </details>
)

export function hasErrors({ errors }: SiteModel, prefix: string): boolean {
  return Object.keys(errors).some((field) => field.startsWith(`${prefix}.`))
}
