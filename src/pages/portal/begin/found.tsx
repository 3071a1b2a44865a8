import type { Child } from 'hono/jsx'
import { Card } from '../../layout/components/card.tsx'
import { type Standing, State } from '../layout/state.tsx'
import { graphWords } from '../permissions/graph-words.ts'
import type { BeginModel } from './model.ts'

const Line = ({
  what,
  is,
  says,
  children,
}: {
  what: string
  is: Standing
  says: string
  children?: Child
}) => (
  <li>
    <div>
      <h3>{what}</h3>
      {children}
    </div>
    <State is={is}>{says}</State>
  </li>
)

/** Nobody consented yet is where everybody begins: no error, and the way there. */
const NotAsked = ({ problem }: { problem: string }) =>
  problem === 'graph_permission_missing' ? (
    <p class="quiet">
      Microsoft tells it once you have given consent: <a href="/portal/permissions">Permissions</a>.
    </p>
  ) : (
    <p class="quiet">{graphWords(problem)}</p>
  )

const number = (value: number) => value.toLocaleString('en-US')

const Licences = ({ licences }: Pick<BeginModel, 'licences'>) => {
  const what = 'Licences that include Teams'
  if ('problem' in licences)
    return (
      <Line what={what} is="quiet" says="Not known yet">
        <NotAsked problem={licences.problem} />
      </Line>
    )
  const { found } = licences
  if (found.length === 0)
    return (
      <Line what={what} is="bad" says="None">
        <p>
          Your organization has no subscription with Teams in it. Clinicians who join and the accounts that
          organize visits need one each; patients need none.
        </p>
      </Line>
    )
  return (
    <Line what={what} is="good" says="There are some">
      <ul class="plain">
        {found.map(({ product, bought, assigned }) => (
          <li>
            <code>{product}</code>: {number(assigned)} of {number(bought)} assigned
          </li>
        ))}
      </ul>
    </Line>
  )
}

const Organizers = ({ organizers }: Pick<BeginModel, 'organizers'>) => {
  const what = 'Licences of the organizer accounts'
  if (organizers.length === 0)
    return (
      <Line what={what} is="quiet" says="None chosen yet">
        <p class="quiet">
          They are chosen under <a href="/portal/permissions#organizers">Permissions</a>.
        </p>
      </Line>
    )
  const without = organizers.filter(({ teams }) => 'found' in teams && !teams.found)
  const unknown = organizers.find(({ teams }) => 'problem' in teams)?.teams
  const [is, says]: [Standing, string] =
    without.length > 0
      ? ['bad', 'Missing']
      : unknown
        ? ['quiet', 'Not known yet']
        : ['good', 'All have Teams']
  return (
    <Line what={what} is={is} says={says}>
      {without.length > 0 ? (
        <p>
          Without Teams: {without.map(({ name, id }) => name ?? id).join(', ')}. Assign a licence in the
          Microsoft 365 admin center, under Users.
        </p>
      ) : unknown && 'problem' in unknown ? (
        <NotAsked problem={unknown.problem} />
      ) : null}
    </Line>
  )
}

type SiteFound = BeginModel['sites'][number]

const SOFTWARE: Readonly<Record<'recent' | 'old' | 'other_fhir' | 'silent', [Standing, string, string]>> = {
  recent: ['good', 'Recent enough', ''],
  old: [
    'bad',
    'Too old',
    'Oracle Health (Cerner) has to be of November 2018 or later. Ask your representative for an update.',
  ],
  other_fhir: [
    'bad',
    'Not FHIR R4',
    'The connector reads FHIR R4. Ask your representative for the R4 service root of the same domain.',
  ],
  silent: [
    'quiet',
    'It does not say',
    'Ask your representative: Oracle Health (Cerner) has to be of November 2018 or later.',
  ],
}

const Site = ({ site }: { site: SiteFound }) => {
  const what = `EHR of ${site.name}`
  if ('problem' in site.software)
    return (
      <Line what={what} is="warn" says="Not reached">
        <p class="quiet">
          {site.software.problem === 'ehr_answer_invalid'
            ? 'What it answered is no CapabilityStatement. '
            : 'It did not answer just now. '}
          <a href={`/portal/sites/${site.siteId}`}>Look at the site</a>, or load the page again.
        </p>
      </Line>
    )
  const { judged, name, version, releaseDate, fhirVersion } = site.software.found
  const [is, says, remedy] = SOFTWARE[judged]
  const facts = [
    [name, version].filter(Boolean).join(' '),
    releaseDate === undefined ? '' : `released ${releaseDate.slice(0, 10)}`,
    fhirVersion === undefined ? '' : `FHIR ${fhirVersion}`,
  ].filter(Boolean)
  return (
    <Line what={what} is={is} says={says}>
      {facts.length === 0 ? null : <p>{facts.join(', ')}</p>}
      {remedy === '' ? null : <p class="quiet">{remedy}</p>}
    </Line>
  )
}

/** What Microsoft and the EHRs tell by themselves, asked when the page was opened. */
export const Found = (model: BeginModel) => (
  <Card id="found" heading="Found out for you">
    <ul class="lines">
      <Licences licences={model.licences} />
      <Organizers organizers={model.organizers} />
      {model.sites.length === 0 ? (
        <Line what="Software and version of your EHR" is="quiet" says="No address yet">
          <p class="quiet">
            It is asked for once you have entered a FHIR base URL under{' '}
            <a href="/portal/sites">Configuration information</a>. Oracle Health (Cerner) has to be of
            November 2018 or later.
          </p>
        </Line>
      ) : (
        model.sites.map((site) => <Site site={site} />)
      )}
    </ul>
  </Card>
)
