import { ButtonLink } from '../layout/components/button.tsx'
import type { Rendered } from '../layout/document.ts'
import { Icon } from '../layout/icons.tsx'
import { portalDocument } from './layout/portal-document.tsx'
import { WizardEnd } from './layout/wizard-end.tsx'
import { BaseRow } from './sites/base-row.tsx'
import { checkScript } from './sites/check-script.ts'
import type { SitesModel } from './sites/model.ts'
import { SavedRow } from './sites/saved-row.tsx'
import { sitesStyles } from './sites/styles.ts'

const LEAD =
  'Add the FHIR base URL of each EHR environment that clinicians launch from. Begin with a testing one, and add production when the test has passed.'

const Empty = () => (
  <div class="card empty">
    <h2>No FHIR base URL yet</h2>
    <p>
      It is a fixed address that your EHR team knows, such as{' '}
      <code>https://fhir-ehr.cerner.com/r4/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca</code>. You can add as many as
      you have environments and organizations.
    </p>
  </div>
)

/** The step "Configuration information": every FHIR base URL of the organization. */
export function sitesPage({ frame, rows, open }: SitesModel): Rendered {
  const { configure } = frame.may
  const adding = open !== undefined && open.siteId === undefined
  return portalDocument({
    frame,
    title: 'Configuration information',
    lead: LEAD,
    styles: sitesStyles,
    scripts: [checkScript],
    children: (
      <>
        <div class="toolbar">
          {configure ? (
            <ButtonLink href="/portal/sites?add=1#row" look="subtle">
              <Icon name="add" />
              Add FHIR base URL
            </ButtonLink>
          ) : null}
          <span class="count">{rows.length === 1 ? '1 FHIR base URL' : `${rows.length} FHIR base URLs`}</span>
        </div>
        {rows.length === 0 && !adding ? (
          <Empty />
        ) : (
          <ul class="sites">
            {rows.map((row) =>
              open?.siteId === row.siteId ? (
                <BaseRow form={open.form} csrf={frame.csrf} />
              ) : (
                <SavedRow row={row} configure={configure} />
              ),
            )}
            {adding ? <BaseRow form={open.form} csrf={frame.csrf} /> : null}
          </ul>
        )}
        <WizardEnd
          step="sites"
          blocked={
            rows.length === 0
              ? 'Add a FHIR base URL first.'
              : open === undefined
                ? undefined
                : 'Choose Done or Cancel in the open row first.'
          }
        />
      </>
    ),
  })
}
