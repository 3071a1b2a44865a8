import { Badge } from '../../layout/components/badge.tsx'
import { ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'

export type SiteTexts = {
  readonly siteId: string
  readonly name: string
  readonly fhirBaseUrl: string
  readonly environment: 'testing' | 'production'
  readonly on: boolean
  /** As people read it; absent where none is linked. */
  readonly sender: string | undefined
  /** What keeps texts from being sent, in a sentence. */
  readonly problem: string | undefined
}

/** "SMS configuration": which number texts for which FHIR base URL. */
export const SiteList = ({ sites, may }: { sites: readonly SiteTexts[]; may: boolean }) => (
  <Card id="configuration" heading="SMS configuration">
    {sites.length === 0 ? (
      <p>
        There is no FHIR base URL yet. <a href="/portal/sites">Add one</a>, then choose its number here.
      </p>
    ) : (
      <ul class="senders">
        {sites.map((site) => (
          <li>
            <div class="sender-head">
              <strong>{site.name}</strong>
              <Badge tone={site.on ? 'success' : 'info'}>{site.on ? 'Texts on' : 'Texts off'}</Badge>
              <Badge>{site.environment === 'production' ? 'Production' : 'Testing'}</Badge>
            </div>
            <p class="quiet url">{site.fhirBaseUrl}</p>
            <p>Phone number: {site.sender ?? 'none chosen'}</p>
            {site.problem === undefined ? null : <p>{site.problem}</p>}
            <div class="actions">
              <ButtonLink href={`/portal/texts/${site.siteId}`}>
                {may ? `Set up texts of ${site.name}` : `See texts of ${site.name}`}
              </ButtonLink>
            </div>
          </li>
        ))}
      </ul>
    )}
  </Card>
)
