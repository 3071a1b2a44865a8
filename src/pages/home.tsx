import { clinicianDocument } from './layout/clinician-document.tsx'
import { ButtonLink } from './layout/components/button.tsx'
import { Card } from './layout/components/card.tsx'
import { DefinitionList } from './layout/components/definition-list.tsx'
import type { Rendered } from './layout/document.ts'

/** What anybody may know of a deployment. A link is left out while its page does not exist. */
export type HomeModel = {
  readonly healthUrl: string
  readonly portalUrl?: string | undefined
  readonly version?: string | undefined
}

const ADMINISTRATORS = {
  term: 'Administrators',
  value: 'Connect your EHR, give permissions and set up text messages in the configuration portal.',
}

const WHO = [
  {
    term: 'Patients',
    value:
      'Open the link in the text message or e-mail from your clinic. There is nothing to do on this page.',
  },
  {
    term: 'Clinicians',
    value: 'Open the appointment in your EHR, then choose Teams on the patient board.',
  },
  { term: 'Operations', value: 'The health page shows whether each dependency answers.' },
]

/** `/`: what this address is and who starts where. It says nothing about organizations, sites or visits. */
export function homePage(model: HomeModel): Rendered {
  return clinicianDocument({
    title: 'Home',
    narrow: true,
    footer: model.version === undefined ? undefined : `Version ${model.version}`,
    children: (
      <div class="stack">
        <div class="head">
          <h1>Teams visits, started from the EHR</h1>
          <p class="lead">
            This service connects an electronic health record to Microsoft Teams, so that clinicians start
            video visits from the chart and patients join with one tap. It keeps no patient data in clear.
          </p>
        </div>
        <Card id="who" heading="Where to start">
          <DefinitionList facts={model.portalUrl === undefined ? WHO : [...WHO, ADMINISTRATORS]} />
          <div class="card-foot actions">
            {model.portalUrl === undefined ? null : (
              <ButtonLink href={model.portalUrl} look="primary">
                Open the configuration portal
              </ButtonLink>
            )}
            <ButtonLink href={model.healthUrl}>Check health</ButtonLink>
          </div>
        </Card>
      </div>
    ),
  })
}
