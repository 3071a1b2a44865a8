import { raw } from 'hono/html'
import type { PropsWithChildren } from 'hono/jsx'
import { STYLE } from './style.ts'

/** The frame of every page: what it is, in one line at the top, and one card. */
export function Layout({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} - Sandbox sign-in</title>
        <link rel="icon" href="data:," />
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <header class="note">
          <strong>Sandbox.</strong> Stand-in for Microsoft Entra ID: synthetic accounts, no passwords.
        </header>
        <main>
          <div class="card">
            <p class="brand">
              <Key />
              Sandbox sign-in
            </p>
            {children}
          </div>
        </main>
      </body>
    </html>
  )
}

function Key() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <g stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
        <circle cx="8" cy="15" r="4.5" />
        <path d="M11.2 11.8 20 3m-4.2 4.2 3 3m-6-.2 2.4 2.4" />
      </g>
    </svg>
  )
}
