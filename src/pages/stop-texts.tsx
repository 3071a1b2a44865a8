import { Button, ButtonLink } from './layout/components/button.tsx'
import { type Fields, PostForm } from './layout/components/post-form.tsx'
import type { Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'
import { type LanguageLink, patientDocument } from './layout/patient-document.tsx'
import { Contact } from './patient/contact.tsx'
import { stopTextsWords } from './patient/stop-texts-words.ts'
import { type Language, wordsFor } from './words/index.ts'

export type StopTextsModel = {
  readonly lang: Language
  readonly clinicName?: string | undefined
  readonly clinicPhone?: string | undefined
  readonly languages: readonly LanguageLink[]
  readonly stopped: boolean
  /** The wish that was just posted could not be kept. */
  readonly failed: boolean
  readonly action: string
  readonly fields: Fields
  readonly visitUrl: string
}

/** Where a patient who cannot answer texts stops them, or begins them again. Looking changes nothing. */
export function stopTextsPage(model: StopTextsModel): Rendered {
  const { lang, stopped, failed, action, fields, visitUrl } = model
  const words = stopTextsWords[lang]
  const title = stopped ? words.stoppedTitle : words.title
  return patientDocument({
    lang,
    title,
    clinicName: model.clinicName,
    languages: model.languages,
    children: (
      <>
        <div class="visit">
          <span class="sign sign-info">
            <Icon name="phone" />
          </span>
          <div class="words">
            <h1>{title}</h1>
            {failed ? (
              <p class="lead" role="alert">
                {words.unreadable}
              </p>
            ) : null}
            <p class="lead">{stopped ? words.stopped : words.ask}</p>
          </div>
          <PostForm action={action} fields={{ ...fields, word: stopped ? 'START' : 'STOP' }}>
            <Button look="primary" large>
              {stopped ? words.again : words.stop}
            </Button>
          </PostForm>
          <div class="more">
            <ButtonLink href={visitUrl}>{words.back}</ButtonLink>
          </div>
        </div>
        <Contact words={wordsFor(lang)} phone={model.clinicPhone} />
      </>
    ),
  })
}
