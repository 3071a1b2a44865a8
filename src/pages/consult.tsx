import { Join } from './appointment/join.tsx'
import type { SendLinkModel } from './appointment/links-model.ts'
import { LiveLinks, type LiveModel } from './appointment/live.tsx'
import type { AppointmentModel, Flash } from './appointment/model.ts'
import { SendLink } from './appointment/send-link.tsx'
import { appointmentStyles } from './appointment/styles.ts'
import { clinicianDocument } from './layout/clinician-document.tsx'
import { Button, ButtonLink } from './layout/components/button.tsx'
import { Card } from './layout/components/card.tsx'
import { TextField } from './layout/components/field.tsx'
import { MessageBar } from './layout/components/message-bar.tsx'
import { PostForm } from './layout/components/post-form.tsx'
import type { Rendered } from './layout/document.ts'
import { safeHref } from './layout/href.ts'
import { liveRefresh } from './layout/live-refresh.ts'

/** <search> is too new for the browsers that EHRs embed. */
const SEARCH = { role: 'search' } as const

export type ConsultModel = {
  readonly backUrl: string
  /** Without a chart open the way back leads to the day board. */
  readonly fromBoard?: boolean | undefined
  readonly csrf: string
  readonly startAction: string
  /** Of this page: its form sent twice starts one consult. */
  readonly form: string
  readonly flash?: Flash | undefined
  /** The consult that was started; left out before. */
  readonly open?: {
    readonly live: LiveModel
    readonly join: NonNullable<AppointmentModel['join']>
    readonly joinedAs: string | undefined
    readonly notYouAction: string
    readonly sendLink: SendLinkModel
    /** Who waits at the door, in words. */
    readonly guests: { readonly words: string; readonly waiting: boolean }
    readonly search: {
      readonly action: string
      /** The consult's own handle, which a GET form has to carry along. */
      readonly at: string
      readonly words: string
      readonly found?:
        | readonly { readonly name: string; readonly upn: string; readonly chatUrl: string }[]
        | undefined
      readonly problem?: string | undefined
    }
  }
}

/** A visit without a patient: with a colleague of the organization, or with somebody from outside through the lobby. */
export function consultPage(model: ConsultModel): Rendered {
  const { open } = model
  return clinicianDocument({
    title: open?.guests.waiting ? '● Guest waiting' : 'Consult a colleague',
    styles: appointmentStyles,
    ...(open ? { scripts: [liveRefresh] } : {}),
    children: (
      <div
        data-refresh={open === undefined ? undefined : String(open.live.refreshSeconds)}
        data-look={open?.live.lookUrl}
      >
        <p class="sr-only" id="announce" role="status" />
        <div class="head">
          <h1>Consult a colleague</h1>
          <p class="lead">
            A Teams meeting without a patient. No patient is named in it, and nothing of it goes to the EHR.
          </p>
        </div>
        <div class="stack">
          {model.flash === undefined ? null : (
            <MessageBar tone={model.flash.tone} role="status">
              <p>{model.flash.words}</p>
            </MessageBar>
          )}
          {open === undefined ? <Start model={model} /> : <Running open={open} csrf={model.csrf} />}
          <div>
            <ButtonLink href={model.backUrl}>
              {model.fromBoard ? 'Back to today’s video visits' : 'Back to the visit'}
            </ButtonLink>
          </div>
        </div>
      </div>
    ),
  })
}

const Start = ({ model }: { model: ConsultModel }) => (
  <Card id="start" heading="Start">
    <p class="gap">The meeting opens at once; then you invite whom you want.</p>
    <PostForm action={model.startAction} fields={{ csrf: model.csrf, form: model.form }}>
      <Button look="primary" large>
        Start a consult
      </Button>
    </PostForm>
  </Card>
)

const Running = ({ open, csrf }: { open: NonNullable<ConsultModel['open']>; csrf: string }) => {
  const { live, join, joinedAs, notYouAction, sendLink, guests, search } = open
  const joining = { join, joinedAs, notYouAction, csrf } as AppointmentModel
  return (
    <>
      <section class="card joining" aria-labelledby="meeting">
        <h2 id="meeting">Your meeting</h2>
        <p id="state" data-live data-sign={guests.words} data-announce={guests.words}>
          {guests.words}
        </p>
        <Join model={joining} others="the others" />
      </section>
      <Card id="colleague" heading="Invite a colleague of your organization">
        <form method="get" action={safeHref(search.action)} {...SEARCH}>
          <input type="hidden" name="at" value={search.at} />
          <TextField id="q" name="q" label="Name or address" type="search" value={search.words} />
          <div class="actions gap-top">
            <Button>Search</Button>
          </div>
        </form>
        {search.problem === undefined ? null : <p class="gap-top">{search.problem}</p>}
        {search.found === undefined ? null : search.found.length === 0 ? (
          <p class="gap-top">Nobody of that name was found.</p>
        ) : (
          <ul class="notices gap-top">
            {search.found.map(({ name, upn, chatUrl }) => (
              <li>
                <strong>{name}</strong>
                <span class="quiet">{upn}</span>
                <span class="at">
                  <ButtonLink href={chatUrl} target="_blank">
                    Message in Teams<span class="sr-only"> to {name}</span>
                  </ButtonLink>
                </span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <SendLink model={sendLink} fields={{ ...live.fields, csrf }} />
      <LiveLinks model={live} />
    </>
  )
}
