import { ButtonLink } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { DefinitionList } from '../layout/components/definition-list.tsx'
import type { Rendered } from '../layout/document.ts'
import { CopyStatus, copyScript } from './layout/copy.tsx'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { WizardEnd } from './layout/wizard-end.tsx'
import { type ReviewSite, SiteReview } from './review/site.tsx'

export type ReviewModel = {
  readonly frame: Frame
  /** The organization's own settings, a line each. */
  readonly organization: readonly { readonly term: string; readonly value: string }[]
  readonly sites: readonly ReviewSite[]
}

/** The last step: everything on one page, and what the EHR team needs. */
export function reviewPage({ frame, organization, sites }: ReviewModel): Rendered {
  return portalDocument({
    frame,
    title: 'Review and finish',
    lead: 'Check what you set up, give the integration records to your EHR team, and finish. You can come back at any time to see and change everything.',
    scripts: [copyScript],
    children: (
      <>
        <CopyStatus />
        <Card id="organization" heading="Your organization">
          <DefinitionList facts={organization} />
        </Card>
        {sites.length === 0 ? (
          <Card id="no-sites" heading="FHIR base URLs">
            <div class="stack">
              <p>There is none yet, so there are no integration records either.</p>
              <div class="actions">
                <ButtonLink href="/portal/sites" look="primary">
                  Add a FHIR base URL
                </ButtonLink>
              </div>
            </div>
          </Card>
        ) : (
          sites.map((site) => <SiteReview site={site} csrf={frame.csrf} configure={frame.may.configure} />)
        )}
        <WizardEnd step="review" />
      </>
    ),
  })
}
