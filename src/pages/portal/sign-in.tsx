import { clinicianDocument } from '../layout/clinician-document.tsx'
import { ButtonLink } from '../layout/components/button.tsx'
import { MessageBar } from '../layout/components/message-bar.tsx'
import type { Rendered } from '../layout/document.ts'

export type SignInModel = {
  /** Where Microsoft's sign-in begins. */
  readonly startUrl: string
  readonly signedOut: boolean
}

/** The portal's front door: nothing of any organization is told before somebody has signed in. */
export function portalSignInPage({ startUrl, signedOut }: SignInModel): Rendered {
  return clinicianDocument({
    title: signedOut ? 'Signed out' : 'Sign in',
    narrow: true,
    children: (
      <div class="card panel">
        <div class="part">
          <h1>Configuration portal</h1>
          <p class="lead">
            Connect your EHR with Microsoft Teams, choose who organizes the visits, and set up text messages
            for your patients.
          </p>
        </div>
        {signedOut ? (
          <MessageBar tone="success" title="You are signed out." role="status">
            <p>On a shared computer, close the browser too.</p>
          </MessageBar>
        ) : null}
        <div class="actions">
          <ButtonLink href={startUrl} look="primary" large>
            {signedOut ? 'Sign in again' : 'Sign in with Microsoft'}
          </ButtonLink>
        </div>
        <p class="ref">
          Use your work account. A Global Administrator of your organization can change the configuration;
          others can see it.
        </p>
      </div>
    ),
  })
}
