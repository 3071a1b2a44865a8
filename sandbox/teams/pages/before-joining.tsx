import { Avatar } from './avatar.tsx'
import { Layout } from './layout.tsx'

type Props = {
  readonly subject: string
  readonly joinUrl: string
  /** The signed-in person; without one, the visitor is a guest and says a name. */
  readonly account: { readonly displayName: string; readonly upn: string } | undefined
  /** Joins without the account although there may be one. */
  readonly anonymous: boolean
  /** Where a signed-in person becomes a guest. */
  readonly guestUrl: string
}

/** The page before the meeting: who joins, and "Join now". */
export function BeforeJoining({ subject, joinUrl, account, anonymous, guestUrl }: Props) {
  const name = account?.displayName ?? 'Guest'
  return (
    <Layout title="Before you join">
      <form class="card before" method="post" action={joinUrl}>
        <p class="hint">Ready to join?</p>
        <h1>{subject || 'Meeting'}</h1>
        <div class="preview">
          <Avatar name={name} large />
          <p>Your camera and microphone stay off.</p>
        </div>
        {anonymous && <input type="hidden" name="anon" value="true" />}
        <label for="name">{account ? 'You join as' : 'Your name'}</label>
        <input
          id="name"
          name="name"
          data-testid="name"
          value={account?.displayName}
          placeholder="Type your name"
          readonly={account !== undefined}
          autocomplete="off"
          maxlength={64}
        />
        {account ? (
          <p class="hint">
            Signed in as {account.upn}. <a href={guestUrl}>Join as a guest instead</a>
          </p>
        ) : (
          <p class="hint">You join as a guest, without an account.</p>
        )}
        <button type="submit" class="primary" data-testid="join-now">
          Join now
        </button>
      </form>
    </Layout>
  )
}
