import type { Child } from 'hono/jsx'
import { Button, ButtonLink, type Look } from '../layout/components/button.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { Icon } from '../layout/icons.tsx'
import type { AppointmentModel, JoinWay } from './model.ts'

type ButtonProps = {
  way: JoinWay
  csrf: string
  look: Look
  id: string
  children: Child
}

const JoinButton = ({ way, csrf, look, id, children }: ButtonProps) =>
  way.method === 'get' ? (
    <ButtonLink href={way.href} target="_blank" look={look} large id={id}>
      {children}
    </ButtonLink>
  ) : (
    <PostForm action={way.action} fields={{ ...way.fields, csrf }} newTab>
      <Button look={look} large id={id}>
        {children}
      </Button>
    </PostForm>
  )

/** The Join buttons, what was chosen last time first. */
const Ways = ({ model }: { model: AppointmentModel }) => {
  const { app, browser, chosen } = model.join ?? {}
  const first =
    chosen === 'browser' && browser !== undefined ? 'browser' : app === undefined ? 'browser' : 'app'
  const buttons = {
    app: app && (
      <JoinButton way={app} csrf={model.csrf} look={first === 'app' ? 'primary' : 'secondary'} id="join-app">
        <Icon name="video" />
        Join in Teams
      </JoinButton>
    ),
    browser: browser && (
      <JoinButton
        way={browser}
        csrf={model.csrf}
        look={first === 'browser' ? 'primary' : 'secondary'}
        id="join-browser"
      >
        <Icon name="open" />
        Join in the browser
      </JoinButton>
    ),
  }
  return (
    <div class="actions">
      {first === 'app' ? [buttons.app, buttons.browser] : [buttons.browser, buttons.app]}
    </div>
  )
}

/** The Join buttons, and as whom the clinician joins. @param others who reads that name in the meeting. */
export const Join = ({ model, others = 'the patient' }: { model: AppointmentModel; others?: string }) => {
  const { app, browser, staff } = model.join ?? {}
  return (
    <>
      {model.otherClinician ? (
        <p>This is another clinician’s appointment. Joining takes the visit over, with the same link.</p>
      ) : null}
      {app === undefined && browser === undefined ? (
        <p>There is no meeting to join for this appointment.</p>
      ) : (
        <Ways model={model} />
      )}
      {staff?.method === 'post' ? (
        <div class="small">
          Only admitting the patient, or helping?{' '}
          <PostForm action={staff.action} fields={{ ...staff.fields, csrf: model.csrf }} newTab inline>
            <Button look="link" id="join-staff">
              Join as staff
            </Button>
          </PostForm>{' '}
          You may leave again; the visit still waits for its clinician.
        </div>
      ) : null}
      <div>
        <div>
          {model.joinedAs === undefined ? (
            'You join with the Microsoft account that you confirmed'
          ) : (
            <>
              You join as <strong>{model.joinedAs}</strong>
            </>
          )}
          .{' '}
          <PostForm action={model.notYouAction} fields={{ csrf: model.csrf }} inline>
            <Button look="link">Not you?</Button>
          </PostForm>
        </div>
        <p class="small">Teams shows {others} the name of this account.</p>
      </div>
    </>
  )
}
