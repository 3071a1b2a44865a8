import { Layout } from './layout.tsx'

/** What a join URL opens first: in this browser or in the app, which the sandbox has not. */
export function Launcher({ meetUrl }: { readonly meetUrl: string }) {
  return (
    <Layout title="Join conversation">
      <div class="card launcher">
        <div class="picture">
          <svg viewBox="0 0 240 120" width="240" height="120" aria-hidden="true">
            <rect x="34" y="12" width="172" height="96" rx="12" class="pane" />
            <circle cx="90" cy="52" r="16" class="face" />
            <path d="M62 92a28 22 0 0 1 56 0z" class="face" />
            <circle cx="152" cy="52" r="16" class="face second" />
            <path d="M124 92a28 22 0 0 1 56 0z" class="face second" />
          </svg>
        </div>
        <h1>How do you want to join your Teams meeting?</h1>
        <a class="choice primary" href={meetUrl} data-testid="continue-browser">
          <strong>Continue on this browser</strong>
          <span>No download or installation needed.</span>
        </a>
        <div class="choice unavailable">
          <strong>Join on the Teams app</strong>
          <span>Not part of the sandbox.</span>
        </div>
      </div>
    </Layout>
  )
}
