import { Check } from './device-check/check.tsx'
import { deviceCheckLoader } from './device-check/loader.ts'
import { ButtonLink } from './layout/components/button.tsx'
import { ReloadLink } from './layout/components/reload-link.tsx'
import { countdown } from './layout/countdown.ts'
import type { Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'
import { liveRefresh } from './layout/live-refresh.ts'
import { patientDocument } from './layout/patient-document.tsx'
import { Contact } from './patient/contact.tsx'
import { Join, Notice, Tips } from './patient/join.tsx'
import type { PatientModel } from './patient/model.ts'
import { lookSeconds, PRESENTATION, sign } from './patient/presentation.ts'
import { stopTextsWords } from './patient/stop-texts-words.ts'
import { When } from './patient/when.tsx'
import { type Words, wordsFor } from './words/index.ts'

export type { DialIn, JoinAction, PatientModel, PatientState, VisitNow } from './patient/model.ts'

/** States in which the visit is still to come, so that the tips help. */
const AHEAD = new Set<PatientModel['state']>(['too_early', 'ready', 'late', 'moved'])

/** How the page keeps up (said only where it does so without script too), and the way to look again by hand. */
const Updates = ({ words, reloads }: { words: Words; reloads: boolean }) => (
  <div class="auto">
    <p>
      {reloads ? `${words.updatesItself} ` : ''}
      <ReloadLink id="again">{words.updateNow}</ReloadLink>
    </p>
    <p data-stale hidden>
      {words.updatesStopped}
    </p>
  </div>
)

/**
 * The page behind a tapped link: what the visit is right now, in the patient's language, with one large button when
 * there is something to join and a number to call in every state. Complete without script.
 */
export function patientPage(model: PatientModel): Rendered {
  const words = wordsFor(model.lang)
  const shown = PRESENTATION[model.state]
  const { title, lead } = shown.words(words)
  const join = 'join' in model ? model.join : undefined
  const dialIn = 'dialIn' in model ? model.dialIn : undefined
  const calendarUrl = 'calendarUrl' in model ? model.calendarUrl : undefined
  const seconds = lookSeconds(model)
  const ahead = AHEAD.has(model.state) || join !== undefined
  const check = ahead ? model.check : undefined
  return patientDocument({
    lang: model.lang,
    title,
    clinicName: model.clinicName,
    languages: model.languages,
    scripts: [
      ...(seconds === undefined ? [] : [countdown, liveRefresh]),
      ...(check === undefined ? [] : [deviceCheckLoader]),
    ],
    refreshSeconds: shown.reload ? seconds : undefined,
    children: (
      <div data-refresh={seconds === undefined ? undefined : String(seconds)}>
        <p class="sr-only" id="announce" role="status" />
        <div
          id="visit"
          data-live
          data-sign={sign(model)}
          data-announce={title}
          data-ahead={ahead ? 'yes' : undefined}
        >
          <div class="visit">
            <span class={`sign sign-${shown.tone}`}>
              <Icon name={shown.icon} />
            </span>
            <div class="words">
              <h1>{title}</h1>
              <p class="lead">{lead}</p>
              {model.state === 'unavailable' && join !== undefined ? (
                <p class="lead">{words.unavailable.canJoin}</p>
              ) : null}
            </div>
            {ahead && model.advice !== undefined ? <Notice>{words.browser[model.advice]}</Notice> : null}
            {'joinFailed' in model && model.joinFailed ? <Notice>{words.joinFailed}</Notice> : null}
            {join === undefined ? null : (
              <Join
                join={join}
                words={words}
                pressedAt={'pressedAt' in model ? model.pressedAt : undefined}
              />
            )}
            <When model={model} words={words} />
            {calendarUrl === undefined ? null : (
              <div class="more">
                <ButtonLink href={calendarUrl}>
                  <Icon name="calendar" />
                  {words.addToCalendar}
                </ButtonLink>
              </div>
            )}
            {AHEAD.has(model.state) ? <Tips words={words} /> : null}
            {seconds === undefined ? null : <Updates words={words} reloads={shown.reload} />}
          </div>
        </div>
        {check === undefined ? null : <Check check={check} dialIn={dialIn !== undefined} />}
        <div id="contact" data-live data-sign={sign(model)}>
          <Contact words={words} phone={model.clinicPhone} dialIn={dialIn} main={!ahead} />
        </div>
        {model.textsUrl === undefined ? null : (
          <p>
            <a href={model.textsUrl}>{stopTextsWords[model.lang].link}</a>
          </p>
        )}
      </div>
    ),
  })
}
