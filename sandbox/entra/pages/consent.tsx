import type { Application } from '../applications.ts'
import type { Member } from '../directory.ts'
import { describe } from '../permissions.ts'
import { Face, SignInName } from './face.tsx'
import { Layout } from './layout.tsx'

export type ConsentProps = {
  readonly member: Member
  readonly application: Application
  readonly administrator: boolean
  /** Where the decision is posted: the request's own address. */
  readonly action: string
}

/** "Permissions requested" for an administrator; for anybody else the sentence that says whom to ask. */
export function ConsentPage(props: ConsentProps) {
  return props.administrator ? <Request {...props} /> : <NeedsApproval {...props} />
}

function Request({ member, application, action }: ConsentProps) {
  const granted = (permission: string) => member.tenant.consented.has(permission)
  return (
    <Layout title="Permissions requested">
      <Person member={member} action={action} />
      <h1>Permissions requested</h1>
      <p class="soft">
        <strong>{application.displayName}</strong> asks for these permissions for everyone in{' '}
        <strong>{member.tenant.displayName}</strong>. It uses them on its own, without a signed-in user.
      </p>
      <ul class="permissions">
        {application.permissions.map(describe).map(({ value, title, description }) => (
          <li>
            <b>{title}</b>
            {description && <p>{description}</p>}
            <code>{value}</code> {granted(value) && <span class="tag">Granted before</span>}
          </li>
        ))}
      </ul>
      <p class="soft closing">Accepting grants them for the whole organization. Nobody else will be asked.</p>
      <Decision action={action} accept />
    </Layout>
  )
}

function NeedsApproval({ member, application, action }: ConsentProps) {
  return (
    <Layout title="Need admin approval">
      <Person member={member} action={action} />
      <h1>Need admin approval</h1>
      <p>
        {application.displayName} needs permissions in {member.tenant.displayName} that only a Global
        Administrator can grant.
      </p>
      <p class="soft">
        Ask one to open this page, or <a href={`${action}&prompt=select_account`}>use another account</a>.
      </p>
      <Decision action={action} />
    </Layout>
  )
}

function Person({ member: { user }, action }: { member: Member; action: string }) {
  return (
    <div class="person">
      <Face name={user.displayName} id={user.id} />
      <span class="who">
        <span class="name">{user.displayName}</span>
        <SignInName upn={user.upn} />
        <a href={`${action}&prompt=select_account`}>Switch account</a>
      </span>
    </div>
  )
}

function Decision({ action, accept = false }: { action: string; accept?: boolean }) {
  return (
    <form method="post" action={action} class="actions">
      <button class="button" type="submit" name="decision" value="cancel">
        {accept ? 'Cancel' : 'Return without granting'}
      </button>
      {accept && (
        <button class="button primary" type="submit" name="decision" value="accept">
          Accept
        </button>
      )}
    </form>
  )
}
