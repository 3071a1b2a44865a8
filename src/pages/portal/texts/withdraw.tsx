import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'

/** Says what withdrawing the consents does, before it is done. */
export function withdrawPage({
  frame,
  version,
  texting,
}: {
  frame: Frame
  version: string
  /** Names of the sites whose texts are on. */
  texting: readonly string[]
}): Rendered {
  return portalDocument({
    frame,
    title: 'Withdraw the consents',
    children: (
      <PostForm action="/portal/consents/withdraw" fields={{ csrf: frame.csrf, version }}>
        <div class="card stack-s">
          <MessageBar tone="warning" title="Texts stop">
            {texting.length === 0 ? (
              <p>
                No FHIR base URL sends texts now. None can be switched on until both consents are given again.
              </p>
            ) : (
              <p>
                Texts are switched off at once for {texting.join(', ')}. Patients get no more confirmations
                and reminders; texts that have left cannot be called back. Visits go on as before.
              </p>
            )}
          </MessageBar>
          <p>Numbers and settings are kept. Numbers cost their monthly price until you release them.</p>
          <div class="actions">
            <Button look="primary">Withdraw both consents</Button>
            <ButtonLink href="/portal/texts">Keep them</ButtonLink>
          </div>
        </div>
      </PostForm>
    ),
  })
}
