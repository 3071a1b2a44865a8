import { Badge } from '../layout/components/badge.tsx'
import { Button } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { MessageBar, type Tone } from '../layout/components/message-bar.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { Table } from '../layout/components/table.tsx'
import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { UtcTime } from './layout/time.tsx'
import { Unwritten, type UnwrittenModel } from './messages-unwritten.tsx'

export type MessagesModel = {
  readonly frame: Frame
  readonly sites: readonly {
    readonly name: string
    readonly sweptAt: string | undefined
    readonly late: boolean
  }[]
  readonly poison: readonly {
    readonly queue: string
    readonly messages: number
    readonly notices: number
    readonly oldest: string | undefined
  }[]
  readonly open: readonly {
    readonly site: string
    readonly start: string | undefined
    readonly about: string
    readonly status: string
    readonly tone: Tone
    readonly changedAt: string
    readonly visit: { readonly siteId: string; readonly bay: string; readonly visitKey: string }
  }[]
  readonly more: boolean
  /** The last day that was looked at, where there was no time for all of them. */
  readonly until: string | undefined
  readonly unwritten: readonly UnwrittenModel[]
  readonly unwrittenMore: boolean
}

const QUEUES: Readonly<Record<string, string>> = {
  confirmations: 'Confirmations',
  reminders: 'Reminders',
  sweeps: 'Looks into the EHR',
}

const Sites = ({ sites }: Pick<MessagesModel, 'sites'>) => (
  <Card id="sites" heading="Is the EHR being looked at?">
    {sites.length === 0 ? (
      <p>No site has a system account and a department that is on. No visit is found, and no message sent.</p>
    ) : (
      <Table
        id="beats"
        caption="Last look at today’s appointments"
        columns={[{ label: 'Site' }, { label: 'Last look' }, { label: 'State' }]}
        rows={sites.map(({ name, sweptAt, late }) => [
          name,
          sweptAt === undefined ? 'Not every department yet' : <UtcTime at={sweptAt} />,
          late ? <Badge tone="error">Late</Badge> : <Badge tone="success">On time</Badge>,
        ])}
      />
    )}
  </Card>
)

const Poison = ({ frame, poison }: Pick<MessagesModel, 'frame' | 'poison'>) => (
  <Card id="set-aside" heading="Set aside after five failures">
    {poison.length === 0 ? (
      <p>Nothing was set aside.</p>
    ) : (
      <div class="stack">
        <p>
          Putting these back is safe: each message is sent to a patient at most once, and what is too late
          expires instead.
        </p>
        <Table
          id="poison"
          caption="Work that failed"
          captionHidden
          columns={[
            { label: 'Work' },
            { label: 'Pieces' },
            { label: 'Messages in them' },
            { label: 'Since' },
            { label: 'Try again' },
          ]}
          rows={poison.map(({ queue, messages, notices, oldest }) => [
            QUEUES[queue] ?? queue,
            String(messages),
            String(notices),
            oldest === undefined ? 'unknown' : <UtcTime at={oldest} />,
            <PostForm action="/portal/messages/replay" fields={{ csrf: frame.csrf, queue }} inline>
              <Button>Put back</Button>
            </PostForm>,
          ])}
        />
      </div>
    )}
  </Card>
)

const Open = ({ frame, open, more, until }: Pick<MessagesModel, 'frame' | 'open' | 'more' | 'until'>) => (
  <Card id="work" heading="Patients whom no message surely reached">
    {open.length === 0 ? (
      <p>
        {until === undefined
          ? 'Every message of yesterday to two weeks ahead arrived, or is on its way.'
          : 'Every message that was looked at arrived, or is on its way.'}
      </p>
    ) : (
      <Table
        id="unreached"
        caption="Patients not surely reached, by the time of the visit"
        captionHidden
        columns={[
          { label: 'Visit' },
          { label: 'Site' },
          { label: 'Message' },
          { label: 'What happened' },
          { label: 'Since' },
          { label: 'Appointment' },
        ]}
        rows={open.map(({ site, start, about, status, tone, changedAt, visit }) => [
          start === undefined ? visit.bay.slice(0, 10) : <UtcTime at={start} />,
          site,
          about,
          <Badge tone={tone}>{status}</Badge>,
          <UtcTime at={changedAt} />,
          <PostForm action="/portal/messages/appointment" fields={{ csrf: frame.csrf, ...visit }} inline>
            <Button look="subtle">Show id</Button>
          </PostForm>,
        ])}
      />
    )}
    {more ? <p class="quiet">There are more. The visits that come first are shown.</p> : null}
    {until === undefined ? null : (
      <p class="quiet">
        There are too many visits to look at all of them at once: only those up to {until} (UTC) were, and of
        that day perhaps not all.
      </p>
    )}
  </Card>
)

/** Day to day: whom staff should call, what failed, and whether the sweeps still come. */
export function messagesPage(model: MessagesModel): Rendered {
  const { frame, sites, poison, open, more, until, unwritten, unwrittenMore } = model
  const late = sites.filter((site) => site.late)
  return portalDocument({
    frame,
    title: 'Messages',
    lead: 'Texts and e-mails that need somebody. No name or number is kept here: the appointment id leads to the patient in the EHR, and showing it is written into the history.',
    children: (
      <>
        {late.length === 0 ? null : (
          <MessageBar tone="warning" title="The EHR was not looked at for a while">
            <p>
              {late.map(({ name }) => name).join(', ')}: new and moved visits are not found until it is again.
            </p>
          </MessageBar>
        )}
        <Open frame={frame} open={open} more={more} until={until} />
        <Unwritten unwritten={unwritten} more={unwrittenMore} />
        <Poison frame={frame} poison={poison} />
        <Sites sites={sites} />
      </>
    ),
  })
}
