import type { Child } from 'hono/jsx'
import { Button, ButtonLink, type Look } from '../layout/components/button.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { Icon } from '../layout/icons.tsx'
import type { AppointmentModel, JoinWay } from './model.ts'

const JoinButton = ({
  way,
  csrf,
  look,
  id,
  children,
}: {
  way: JoinWay
  csrf: string
  look: Look
  id: string
  children: Child
}) =>
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

/** The Join buttons, and as whom the clinician joins. */
export const Join = ({ model }: { model: AppointmentModel }) => {
  const { app, browser } = model.join ?? {}
  return (
    <>
      {app === undefined && browser === undefined ? (
        <p>There is no meeting to join for this appointment.</p>
      ) : (
        <div class="actions">
          {app === undefined ? null : (
            <JoinButton way={app} csrf={model.csrf} look="primary" id="join-app">
              <Icon name="video" />
              Join in Teams
            </JoinButton>
          )}
          {browser === undefined ? null : (
            <JoinButton
              way={browser}
              csrf={model.csrf}
              look={app === undefined ? 'primary' : 'secondary'}
              id="join-browser"
            >
              <Icon name="open" />
              Join in the browser
            </JoinButton>
          )}
        </div>
      )}
      <div>
        <div>
          You join as <strong>{model.joinedAs}</strong>.{' '}
          <PostForm action={model.notYouAction} fields={{ csrf: model.csrf }} inline>
            <Button look="link">Not you?</Button>
          </PostForm>
        </div>
        <p class="small">Teams shows the patient the name of this account.</p>
      </div>
    </>
  )
}
