import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { WizardEnd } from './layout/wizard-end.tsx'
import { Consents, type ConsentsModel } from './texts/consents.tsx'
import { Senders, type SendersModel } from './texts/senders.tsx'
import { SiteList, type SiteTexts } from './texts/site-list.tsx'

export type TextsModel = {
  readonly frame: Frame
  readonly consents: ConsentsModel
  readonly senders: SendersModel
  readonly sites: readonly SiteTexts[]
}

/** The step "SMS notifications (optional)". */
export function textsPage({ frame, consents, senders, sites }: TextsModel): Rendered {
  const may = frame.may.configure
  return portalDocument({
    frame,
    title: 'SMS notifications (optional)',
    lead: 'Patients get a text when a video visit is booked, moved or cancelled, and reminders before it. Without texts everything else works: the clinician sends the link of the visit.',
    children: (
      <>
        <Consents model={consents} csrf={frame.csrf} may={may} />
        <Senders model={senders} may={may} />
        <SiteList sites={sites} may={may} />
        <WizardEnd step="texts" />
      </>
    ),
  })
}
