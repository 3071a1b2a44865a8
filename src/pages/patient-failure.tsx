import type { FailureModel } from './failure.tsx'
import { ButtonLink } from './layout/components/button.tsx'
import type { Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'
import { patientDocument } from './layout/patient-document.tsx'
import { Contact } from './patient/contact.tsx'
import { around } from './words/around.ts'
import { wordsFor } from './words/index.ts'

export type PatientFailureModel = Extract<FailureModel, { readonly audience: 'patient' }>

/** A failure as a patient reads it: what happened, what to do, whom to call. The code is for the person who helps. */
export function patientFailurePage(model: PatientFailureModel): Rendered {
  const words = wordsFor(model.lang)
  const [before, after] = around(words.failure.reference)
  return patientDocument({
    lang: model.lang,
    title: model.title,
    clinicName: model.clinicName,
    children: (
      <>
        <div class="visit">
          <span class="sign sign-warning">
            <Icon name="warning" />
          </span>
          <div class="words">
            <h1>{model.title}</h1>
            <p class="lead">{model.what}</p>
            {model.why === undefined ? null : <p>{model.why}</p>}
          </div>
          {model.next.length === 0 ? null : (
            <section class="more" aria-labelledby="next">
              <h2 id="next">{words.failure.next}</h2>
              <ul class="plain">
                {model.next.map((step) => (
                  <li>{step}</li>
                ))}
              </ul>
            </section>
          )}
          {model.retryUrl === undefined ? null : (
            <div class="more">
              <ButtonLink href={model.retryUrl} look="primary">
                {words.failure.tryAgain}
              </ButtonLink>
            </div>
          )}
          <p class="auto">
            {before}
            <span class="nowrap">{model.reference}</span>
            {after} ({model.code})
          </p>
        </div>
        <Contact words={words} phone={model.clinicPhone} main={model.retryUrl === undefined} />
      </>
    ),
  })
}
