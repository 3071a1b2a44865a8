import { Button } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { describedBy, Field } from '../../layout/components/field.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { State } from '../layout/state.tsx'
import type { OrganizerRow, PermissionsModel } from './model.ts'
import { organizerLines } from './organizer-words.ts'
import { Picker } from './picker.tsx'

type Props = Pick<PermissionsModel, 'frame' | 'version' | 'visits' | 'organizers'>

const count = (number: number) => number.toLocaleString('en-US')

const Visits = ({ frame, version, visits, organizers }: Props) => {
  const field = {
    id: 'visits',
    hint: 'A good guess is enough; it can be changed at any time.',
    error: visits.error,
  }
  return (
    <div class="part">
      {frame.may.configure ? (
        <PostForm action="/portal/permissions/visits" fields={{ csrf: frame.csrf, version }}>
          <Field {...field} label="Video visits in a month">
            <div class="beside">
              <input
                class="input"
                id={field.id}
                name="visits"
                inputmode="numeric"
                value={visits.typed}
                autocomplete="off"
                aria-invalid={field.error === undefined ? undefined : 'true'}
                aria-describedby={describedBy(field)}
              />
              <Button>Calculate and save</Button>
            </div>
          </Field>
        </PostForm>
      ) : null}
      {visits.needed === undefined ? null : <Needed needed={visits.needed} have={organizers.length} />}
    </div>
  )
}

const Needed = ({ needed, have }: { needed: number; have: number }) => (
  <p id="needed">
    <State is={have >= needed ? 'good' : 'warn'}>
      {needed === 1 ? 'One account is enough' : `${count(needed)} accounts are needed`}
      {have === 0 ? '; none is chosen yet.' : `; ${have === 1 ? 'one is' : `${count(have)} are`} chosen.`}
    </State>
  </p>
)

const Row = ({ frame, version, row }: Pick<Props, 'frame' | 'version'> & { row: OrganizerRow }) => (
  <li class="account" id={`account-${row.id}`}>
    <div>
      <h3>{row.name ?? 'An account that Microsoft does not name'}</h3>
      <p class="quiet">{row.upn ?? row.id}</p>
    </div>
    <ul class="found">
      {organizerLines(row.check).map(({ is, says, remedy }) => (
        <li>
          <State is={is}>{says}</State>
          {remedy === undefined ? null : <p class="quiet remedy">{remedy}</p>}
        </li>
      ))}
    </ul>
    {row.usedBy.length > 0 ? (
      <p class="quiet">
        Used by{' '}
        {row.usedBy.map(({ siteId, name }, index) => (
          <>
            {index === 0 ? null : ', '}
            <a href={`/portal/sites/${siteId}`}>{name}</a>
          </>
        ))}
        . To remove it, choose another organizer there first.
      </p>
    ) : frame.may.configure ? (
      <PostForm
        action="/portal/permissions/organizers/remove"
        fields={{ csrf: frame.csrf, version, user: row.id }}
        inline
      >
        <Button look="link">
          Remove<span class="sr-only"> {row.name ?? row.id}</span>
        </Button>
      </PostForm>
    ) : null}
  </li>
)

/** The accounts in whose name meetings are created: how many are needed, which they are, and what is wrong with them. */
export const Organizers = (props: Props) => {
  const { frame, version, organizers } = props
  return (
    <Card id="organizers" heading="2. Organizer accounts">
      <div class="stack">
        <p>
          Every Teams meeting has an organizer. Use accounts made for this, such as “Virtual visits”, not a
          clinician’s own: the account’s name is shown in the meeting. Each needs a licence with Teams and can
          organize up to 2,000 meetings in a month; 1,800 are planned for one.
        </p>
        <Visits {...props} />
        {organizers.length === 0 ? (
          <MessageBar tone="info" title="No account is chosen yet">
            <p>Search for one below. If there is none, create it in the Microsoft 365 admin center first.</p>
          </MessageBar>
        ) : (
          <ul class="accounts" id="accounts" data-live data-sign={JSON.stringify(organizers)}>
            {organizers.map((row) => (
              <Row frame={frame} version={version} row={row} />
            ))}
          </ul>
        )}
        {frame.may.configure ? <Picker typed="" /> : null}
      </div>
    </Card>
  )
}
