import { Avatar } from './avatar.tsx'
import { Layout } from './layout.tsx'

type Props = {
  readonly subject: string
  readonly name: string
  readonly pageUrl: string
  readonly version: string
}

/** What somebody sees who waits to be admitted. */
export function Lobby({ subject, name, pageUrl, version }: Props) {
  return (
    <Layout title="Lobby" follows={{ stateUrl: `${pageUrl}/state`, version }}>
      <div class="card lobby" data-testid="lobby">
        <div class="waiting" aria-hidden="true">
          <Avatar name={name} large />
        </div>
        <div role="status">
          <h1>Hi {name}. Someone will let you in shortly.</h1>
        </div>
        <p class="hint">You are in the lobby of “{subject || 'Meeting'}”.</p>
        <form method="post" action={`${pageUrl}/leave`}>
          <button type="submit" class="quiet" data-testid="leave">
            Leave
          </button>
        </form>
      </div>
    </Layout>
  )
}
