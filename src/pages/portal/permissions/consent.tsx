import { Badge } from '../../layout/components/badge.tsx'
import { Button } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { State } from '../layout/state.tsx'
import { UtcTime } from '../layout/time.tsx'
import { graphWords } from './graph-words.ts'
import type { GrantedPermission, PermissionsModel } from './model.ts'

const Granted = ({ permission: { granted, onRequest } }: { permission: GrantedPermission }) => {
  if (granted === false && onRequest) return <State is="quiet">Not granted</State>
  if (granted === undefined) return <State is="quiet">Not known</State>
  return granted ? <State is="good">Granted</State> : <State is="bad">Missing</State>
}

const List = ({ heading, list }: { heading: string; list: readonly GrantedPermission[] }) => (
  <div class="part">
    <h3>{heading}</h3>
    <ul class="lines">
      {list.map((permission) => (
        <li>
          <div>
            <p>
              <code>{permission.name}</code>
            </p>
            <p>{permission.why}</p>
            {permission.granted === false ? (
              <p class="quiet">While it is missing: {lower(permission.without)}</p>
            ) : null}
          </div>
          <Granted permission={permission} />
        </li>
      ))}
    </ul>
  </div>
)

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

/** What the connector may do in the organization, and the way to Microsoft's own consent page. */
export const Consent = ({ frame, consent }: Pick<PermissionsModel, 'frame' | 'consent'>) => {
  const { list, at, problem } = consent
  const required = list.filter((permission) => permission.required)
  const optional = list.filter((permission) => !permission.required)
  const whole = list.every(({ granted, onRequest }) => granted || onRequest)
  const fields = { csrf: frame.csrf }
  return (
    <Card id="consent" heading="1. Consent">
      <div class="stack">
        <p>
          The connector acts as an application of its own, without anybody signed in. A Global Administrator
          grants what it may do, for the whole organization, on a page of Microsoft’s.
        </p>
        {problem === undefined ? null : (
          <MessageBar tone="warning" title="What is granted could not be asked just now.">
            <p>{graphWords(problem)}</p>
          </MessageBar>
        )}
        <List heading="Required" list={required} />
        <List heading="Optional" list={optional} />
        <p class="quiet">
          Consent grants the whole list. To do without an optional one, whoever runs this deployment takes it
          out of the Entra application first; what depends on it is then left out.
        </p>
        {frame.may.configure ? (
          <div class="actions">
            <PostForm action="/portal/permissions/consent" fields={fields} inline>
              <Button look={whole ? 'secondary' : 'primary'} id="give-consent">
                {whole ? 'Give consent again' : 'Give consent'}
              </Button>
            </PostForm>
            <PostForm action="/portal/permissions/granted" fields={fields} inline>
              <Button look="subtle">Check what is granted</Button>
            </PostForm>
            {whole ? <Badge tone="success">All granted</Badge> : null}
          </div>
        ) : null}
        {at === undefined ? null : (
          <p class="ref">
            Asked of Microsoft <UtcTime at={at} />.
          </p>
        )}
      </div>
    </Card>
  )
}
