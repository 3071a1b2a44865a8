import { Button, ButtonLink } from '../layout/components/button.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'

export type RemoveModel = {
  readonly frame: Frame
  readonly siteId: string
  readonly version: string
  readonly name: string
  readonly url: string
  readonly environment: 'testing' | 'production'
  readonly inSetup: boolean
  readonly visits: number
  readonly meetings: number
  /** There are more than these. */
  readonly more: boolean
  readonly textsOn: boolean
}

function visitsWords({ visits, meetings, more }: RemoveModel): string {
  if (visits === 0) return 'No video visit of it is known for the coming days.'
  if (more) return `More than ${visits.toLocaleString('en-US')} video visits of it are still to come.`
  const known =
    visits === 1 ? 'One video visit of it is still to come' : `${visits} video visits of it are still to come`
  const made = meetings === 0 ? 'none has a meeting yet' : `${meetings} of them have a meeting already`
  return `${known}; ${made}.`
}

/** Says what happens before a site is taken away. */
export function siteRemovePage(model: RemoveModel): Rendered {
  const { frame, siteId, version, name, url, environment, textsOn } = model
  return portalDocument({
    frame,
    title: `Remove ${name}`,
    lead: 'This cannot be undone. The EHR itself is not touched.',
    children: (
      <div class="card stack">
        <p>
          <code>{url}</code> ({environment === 'production' ? 'Production' : 'Testing'})
        </p>
        <p>
          <strong>{visitsWords(model)}</strong>
        </p>
        <div class="part">
          <h2>What happens</h2>
          <ul class="next">
            <li>Clinicians cannot launch from this EHR any more, at once.</li>
            <li>
              Every link that patients were sent stops working at once: its page says that it leads nowhere
              and to call the clinic, whose number it then no longer knows.
            </li>
            <li>
              {textsOn
                ? 'No more texts are sent: no reminders of visits that are booked, no word when one moves or is cancelled.'
                : 'Texts are off, so none are missed.'}
            </li>
            <li>
              Meetings that were made stay in Teams: who is in one stays in it. They are not cancelled and end
              by themselves.
            </li>
            <li>
              What is sealed about its visits, their links, and which Microsoft users its EHR users are, is
              erased with the next nightly clean-up. Reports and the history stay; they name no patient.
            </li>
            <li>
              Should you add the same FHIR base URL again, it begins from the start, with new records for the
              EHR team.
            </li>
          </ul>
        </div>
        {frame.may.configure ? (
          <PostForm action={`/portal/sites/${siteId}/remove`} fields={{ csrf: frame.csrf, version }}>
            <div class="stack">
              <div class="check">
                <input type="checkbox" id="understood" name="understood" value="yes" required />
                <label for="understood">I know what happens to open visits and links</label>
              </div>
              <div class="actions">
                <Button look="primary">Remove</Button>
                <ButtonLink href="/portal/sites">Cancel</ButtonLink>
              </div>
            </div>
          </PostForm>
        ) : null}
      </div>
    ),
  })
}
