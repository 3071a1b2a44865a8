import { clinicianDocument } from './layout/clinician-document.tsx'
import { ButtonLink } from './layout/components/button.tsx'
import { DefinitionList } from './layout/components/definition-list.tsx'
import type { Rendered } from './layout/document.ts'
import { patientFailurePage } from './patient-failure.tsx'
import type { Language } from './words/index.ts'

/** What happened, why, and what to do next: in the words of whoever reads it. */
export type FailureModel = {
  /** Stable code, snake_case. */
  readonly code: string
  readonly title: string
  readonly what: string
  readonly why?: string | undefined
  readonly next: readonly string[]
  /** Short id of this occurrence, found again in the log. */
  readonly reference: string
  /** A GET that starts over. */
  readonly retryUrl?: string | undefined
} & (
  | {
      readonly audience: 'clinician'
      /** Plain text from another server, by the name of its part (`error`, `error_description`), quoted as it came. */
      readonly shown?: Readonly<Record<string, string>> | undefined
    }
  | {
      readonly audience: 'patient'
      readonly lang: Language
      readonly clinicName?: string | undefined
      readonly clinicPhone?: string | undefined
    }
)

/** Parts that we found ourselves; every other is the other system's own word. */
const OURS: Readonly<Record<string, string>> = {
  missing: 'Missing permissions',
  configured: 'Set up here as',
}

/** What the parts of an OAuth error are called for people (RFC 6749, section 4.1.2.1). */
const PARTS: Readonly<Record<string, string>> = {
  error: 'Its name for the error',
  error_description: 'Its words',
  error_uri: 'Its page about it',
}

/** Another server's page, where it is one on the web; everything else of a foreign server is text. */
function said(name: string, value: string) {
  if (name !== 'error_uri' || !value.startsWith('https://')) return value
  return (
    <a href={value} rel="noreferrer noopener" target="_blank">
      {value}
    </a>
  )
}

const Quoted = ({ shown }: { shown: Readonly<Record<string, string>> }) => {
  const parts = Object.entries(shown)
  const ours = parts.every(([name]) => Object.hasOwn(OURS, name))
  return (
    <section class="part" aria-labelledby="shown">
      <h2 id="shown">{ours ? 'In detail' : 'What the other system said'}</h2>
      <div class="quote">
        <DefinitionList
          facts={parts.map(([name, value]) => ({
            term: OURS[name] ?? PARTS[name] ?? name,
            value: said(name, value),
          }))}
        />
      </div>
    </section>
  )
}

/** The page of every failure, for clinicians and administrators or for patients. */
export function failurePage(model: FailureModel): Rendered {
  if (model.audience === 'patient') return patientFailurePage(model)
  const shown = model.shown ?? {}
  return clinicianDocument({
    title: model.title,
    narrow: true,
    children: (
      <div class="card panel">
        <div class="part">
          <h1>{model.title}</h1>
          <p class="lead">{model.what}</p>
        </div>
        {model.why === undefined ? null : (
          <section class="part" aria-labelledby="why">
            <h2 id="why">Why</h2>
            <p>{model.why}</p>
          </section>
        )}
        {model.next.length === 0 ? null : (
          <section class="part" aria-labelledby="next">
            <h2 id="next">What to do next</h2>
            <ol class="next">
              {model.next.map((step) => (
                <li>{step}</li>
              ))}
            </ol>
          </section>
        )}
        {model.retryUrl === undefined ? null : (
          <div class="actions">
            <ButtonLink href={model.retryUrl} look="primary" large>
              Try again
            </ButtonLink>
          </div>
        )}
        {Object.keys(shown).length === 0 ? null : <Quoted shown={shown} />}
        <p class="ref">
          If you ask for help, quote reference <code>{model.reference}</code> and code{' '}
          <code>{model.code}</code>.
        </p>
      </div>
    ),
  })
}
