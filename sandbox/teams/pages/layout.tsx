import type { Child } from 'hono/jsx'

type LayoutProps = {
  readonly title: string
  /** The page follows what happens in the meeting: by script, or without one by reloading every 2 seconds. */
  readonly follows?: { readonly stateUrl: string; readonly version: string }
  readonly stage?: boolean
  readonly children?: Child
}

/** The frame of every page: the purple bar of Teams, and a line that says that this is not Teams. */
export function Layout({ title, follows, stage, children }: LayoutProps) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} | Teams (sandbox)`}</title>
        <link rel="stylesheet" href="/assets/teams.css" />
        {stage && <link rel="stylesheet" href="/assets/meeting.css" />}
        {follows && (
          <noscript>
            <meta http-equiv="refresh" content="2" />
          </noscript>
        )}
        {follows && (
          <script src="/assets/teams.js" defer data-state={follows.stateUrl} data-version={follows.version} />
        )}
      </head>
      <body class={stage ? 'on-stage' : undefined}>
        <header class="bar">
          <span class="mark">
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <circle cx="17.5" cy="7" r="2.6" fill="currentColor" opacity="0.7" />
              <circle cx="11" cy="6" r="3.4" fill="currentColor" />
              <path
                d="M15.5 11h4.6c.6 0 1 .4 1 1v3.6a3.4 3.4 0 0 1-5.4 2.8z"
                fill="currentColor"
                opacity="0.7"
              />
              <path d="M5.6 11h9.3c.6 0 1.1.5 1.1 1.1v4.6a5.2 5.2 0 0 1-10.5 0v-5.6z" fill="currentColor" />
            </svg>
          </span>
          <span class="product">Teams</span>
          <span class="sandbox">
            Sandbox<span class="more"> stand-in. No camera, no microphone, synthetic people only.</span>
          </span>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
