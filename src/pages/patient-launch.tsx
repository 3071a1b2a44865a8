import { ButtonLink } from './layout/components/button.tsx'
import type { Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'
import { patientDocument } from './layout/patient-document.tsx'
import { Contact } from './patient/contact.tsx'
import { type Language, wordsFor } from './words/index.ts'

export type PatientLaunchModel = {
  readonly lang: Language
} & (
  | { readonly kind: 'no_visit' | 'failed'; readonly reference: string; readonly code: string }
  /** Inside the portal's frame: one button that leaves it. No sign-in runs in a frame. */
  | { readonly kind: 'framed'; readonly launchUrl: string }
)

/** What a patient reads who came from the patient portal and is not yet, or cannot be, on the visit's own page. */
export function patientLaunchPage(model: PatientLaunchModel): Rendered {
  const words = wordsFor(model.lang)
  const framed = model.kind === 'framed'
  const { title, lead } = framed
    ? words.framed
    : model.kind === 'no_visit'
      ? words.noVisit
      : words.launchFailed
  return patientDocument({
    lang: model.lang,
    title,
    children: (
      <>
        <div class="visit">
          <span class={`sign ${framed ? '' : 'sign-quiet'}`}>
            <Icon name={framed ? 'video' : 'question'} />
          </span>
          <div class="words">
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
          </div>
          {framed ? (
            <div class="join">
              <ButtonLink href={model.launchUrl} target="_top" look="primary">
                <Icon name="video" />
                {words.framed.open}
              </ButtonLink>
            </div>
          ) : (
            <p class="auto">
              {words.failure.reference(model.reference)} ({model.code})
            </p>
          )}
        </div>
        <Contact words={words} />
      </>
    ),
  })
}
