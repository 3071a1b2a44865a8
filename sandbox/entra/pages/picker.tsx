import type { EntraTenant, EntraUser } from '../../contracts.ts'
import { type Account, GLOBAL_ADMINISTRATOR } from '../tenants.ts'
import { Face, SignInName } from './face.tsx'
import { Layout } from './layout.tsx'

export type PickerProps = {
  readonly applicationName: string
  readonly tenants: readonly EntraTenant[]
  /** Where the chosen account is posted: the request's own address. */
  readonly action: string
  /** Sign-in name that goes first and takes the focus. */
  readonly hint: string | undefined
  readonly signedInUserId: string | undefined
}

/** "Pick an account": every account is a button of one form, so that it works by keyboard and without script. */
export function PickerPage({ applicationName, tenants, action, hint, signedInUserId }: PickerProps) {
  const hinted = hint?.toLowerCase()
  return (
    <Layout title="Pick an account">
      <h1>Pick an account</h1>
      <p class="soft">to continue to {applicationName}</p>
      <form method="post" action={action}>
        {tenants.map((tenant) => (
          <section aria-labelledby={`tenant-${tenant.id}`}>
            <h2 id={`tenant-${tenant.id}`}>{tenant.displayName}</h2>
            <ul class="accounts">
              {hintedFirst(tenant.users, hinted).map((user) => (
                <AccountButton
                  user={user}
                  focus={user.upn.toLowerCase() === hinted}
                  signedIn={user.id === signedInUserId}
                />
              ))}
            </ul>
          </section>
        ))}
      </form>
    </Layout>
  )
}

function AccountButton({ user, focus, signedIn }: { user: EntraUser; focus: boolean; signedIn: boolean }) {
  const tag = tagOf(user, signedIn)
  return (
    <li class={user.enabled ? undefined : 'off'}>
      <button type="submit" name="account" value={user.id} autofocus={focus}>
        <Face name={user.displayName} id={user.id} />
        <span class="who">
          <span class="line">
            <span class="name">{user.displayName}</span>
            {tag && <span class={tag.strong ? 'tag strong' : 'tag'}>{tag.text}</span>}
            <span class="role">{(user as Partial<Account>).jobTitle ?? ''}</span>
          </span>
          <SignInName upn={user.upn} />
        </span>
      </button>
    </li>
  )
}

/** What a tester must know before choosing: who may set things up, who cannot sign in, who is signed in already. */
function tagOf(user: EntraUser, signedIn: boolean): { text: string; strong: boolean } | undefined {
  if (signedIn) return { text: 'Signed in', strong: true }
  if (!user.enabled) return { text: 'Disabled', strong: false }
  if (user.wids.includes(GLOBAL_ADMINISTRATOR)) return { text: 'Global admin', strong: true }
  return undefined
}

function hintedFirst(users: readonly EntraUser[], hinted: string | undefined): readonly EntraUser[] {
  const isHinted = (user: EntraUser) => Number(user.upn.toLowerCase() === hinted)
  return users.toSorted((a, b) => isHinted(b) - isHinted(a))
}
