import type { EhrClient } from '../contracts.ts'
import type { Field, Refusals } from '../ehr/registration-desk.ts'
import { Header } from './header.tsx'
import { Head, type PageProps } from './page.tsx'
import { queryOf } from './view.ts'

export type DeskState = {
  /** What was typed and why it was refused. */
  readonly typed?: Readonly<Record<string, string>>
  readonly refused?: Refusals
  /** The client id that was just given, and its secret, which is shown this once. */
  readonly given?: string | undefined
  readonly secret?: string | undefined
}

const PERSONAS = [
  ['provider', 'Clinicians, from the patient board'],
  ['patient', 'Patients, from the patient portal'],
  ['system', 'Nobody: a system account'],
] as const
const KINDS = [
  ['private_key_jwt', 'Signed assertion (private_key_jwt, JWKS URL)'],
  ['client_secret_basic', 'Client secret (client_secret_basic)'],
  ['public', 'Public client (none)'],
] as const

/** The EHR team's desk: paste what the portal's integration record says, get a client id back. */
export function Desk({ parts, view, zone, state }: PageProps & { state: DeskState }) {
  const { typed = {}, refused = {} } = state
  const clients = parts.ehr.clients()
  const field = { typed, refused }
  return (
    <html lang="en">
      <Head title="registration desk" />
      <body>
        <Header parts={parts} view={view} zone={zone} path="/desk" />
        <main class="single">
          <p class="synthetic">
            What the EHR’s own team does: each application of an integration record is registered here and
            gets its client id. FHIR base URL: <code>{parts.ehr.fhirBaseUrl}</code>
          </p>
          {state.given === undefined ? null : <Given state={state} />}
          <section class="panel" aria-labelledby="register-title">
            <div class="panel-head">
              <h2 id="register-title">Register an application</h2>
            </div>
            <form method="post" action={`/desk${queryOf(view)}`} class="desk">
              <Text name="name" label="Name" {...field} />
              <Choice name="persona" label="Opened by" options={PERSONAS} {...field} />
              <Choice name="kind" label="Kind of client" options={KINDS} {...field} />
              <Text name="launchUrl" label="Launch URL" hint="not for a system account" {...field} />
              <Text
                name="redirectUrls"
                label="Redirect URLs"
                hint="several with a space between"
                {...field}
              />
              <Text name="jwksUrl" label="JWKS URL" hint="for a signed assertion" {...field} />
              <Text name="scopes" label="Scopes" hint="with a space between" area {...field} />
              <button type="submit" class="primary">
                Register
              </button>
            </form>
          </section>
          <section class="panel" aria-labelledby="registered-title">
            <div class="panel-head">
              <h2 id="registered-title">Registered applications</h2>
            </div>
            {clients.length === 0 ? <p class="empty">None yet.</p> : null}
            {clients.toReversed().map((client) => (
              <Registered client={client} action={`/desk/secret${queryOf(view)}`} />
            ))}
          </section>
        </main>
        <p id="problem" class="problem" role="alert" hidden />
      </body>
    </html>
  )
}

function Given({ state }: { state: DeskState }) {
  return (
    <section class="panel given" role="status">
      <p>
        Client id <code id="client-id">{state.given}</code>
      </p>
      {state.secret === undefined ? null : (
        <p>
          Secret <code id="client-secret">{state.secret}</code>{' '}
          <small>shown this once; the EHR keeps only this one</small>
        </p>
      )}
    </section>
  )
}

function Registered({ client, action }: { client: EhrClient; action: string }) {
  const rows = [
    ['Client id', client.clientId],
    ['Kind', client.kind],
    ['Launch URL', client.launchUrl],
    ['Redirect URLs', client.redirectUris.join(' ')],
    ['JWKS URL', client.jwksUri],
    ['Scopes', client.scope],
  ].filter((row): row is [string, string] => Boolean(row[1]))
  return (
    <article class="registered">
      <h3>{client.name ?? client.clientId}</h3>
      <dl>
        {rows.map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {client.kind === 'client_secret_basic' ? (
        <form method="post" action={action}>
          <input type="hidden" name="client" value={client.clientId} />
          <button type="submit" class="small">
            New secret
          </button>
        </form>
      ) : null}
    </article>
  )
}

type FieldProps = {
  name: Field
  label: string
  typed: Readonly<Record<string, string>>
  refused: Refusals
}

function Text({ name, label, hint, area, typed, refused }: FieldProps & { hint?: string; area?: boolean }) {
  const about = {
    name,
    id: name,
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': refused[name] ? ('true' as const) : undefined,
    'aria-describedby': refused[name] ? `${name}-refused` : undefined,
  }
  return (
    <div class="row">
      <label for={name}>
        {label}
        {hint === undefined ? null : <small>{hint}</small>}
      </label>
      {area ? (
        <textarea rows={4} {...about}>
          {typed[name] ?? ''}
        </textarea>
      ) : (
        <input type="text" value={typed[name] ?? ''} {...about} />
      )}
      <Refused name={name} refused={refused} />
    </div>
  )
}

function Choice(props: FieldProps & { options: readonly (readonly [string, string])[] }) {
  const { name, label, options, typed, refused } = props
  return (
    <div class="row">
      <label for={name}>{label}</label>
      <select name={name} id={name}>
        {options.map(([value, words]) => (
          <option value={value} selected={typed[name] === value}>
            {words}
          </option>
        ))}
      </select>
      <Refused name={name} refused={refused} />
    </div>
  )
}

function Refused({ name, refused }: { name: Field; refused: Refusals }) {
  if (refused[name] === undefined) return null
  return (
    <p class="refused" id={`${name}-refused`} role="alert">
      {refused[name]}
    </p>
  )
}
