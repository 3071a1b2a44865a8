import { Button, ButtonLink } from '../layout/components/button.tsx'
import { TextField } from '../layout/components/field.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { Table } from '../layout/components/table.tsx'
import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { UtcTime } from './layout/time.tsx'

export type CliniciansModel = {
  readonly frame: Frame
  /** What was searched for; empty for everybody. */
  readonly words: string
  readonly total: number
  readonly people: readonly {
    readonly id: string
    readonly ehrUserId: string
    readonly site: string
    /** Absent where Microsoft no longer knows the account. */
    readonly name: string | undefined
    readonly confirmedAt: string
  }[]
  readonly moreUrl?: string | undefined
}

const SEARCH = { role: 'search' } as const

const COLUMNS = [
  { label: 'EHR user' },
  { label: 'FHIR base URL' },
  { label: 'Microsoft 365 user' },
  { label: 'Confirmed' },
  { label: 'Undo' },
]

/** Which EHR user joins visits as which Microsoft 365 user. */
export function cliniciansPage({ frame, words, total, people, moreUrl }: CliniciansModel): Rendered {
  return portalDocument({
    frame,
    title: 'Clinicians',
    lead: 'Which EHR user joins visits as which Microsoft 365 user, as each confirmed once. Undo one, and the next launch asks again.',
    children: (
      <>
        <form method="get" action="/portal/clinicians" class="card" {...SEARCH}>
          <TextField
            id="q"
            name="q"
            label="Search"
            type="search"
            value={words}
            hint="An EHR user id, or a name or address in Microsoft 365."
          />
          <div class="actions">
            <Button>Search</Button>
            {words === '' ? null : <ButtonLink href="/portal/clinicians">Show all</ButtonLink>}
          </div>
        </form>
        {people.length === 0 ? (
          <p class="card">
            {words === ''
              ? 'Nobody is connected yet: it happens at a clinician’s first launch.'
              : 'Nobody was found.'}
          </p>
        ) : (
          <section class="card">
            <Table
              id="people"
              caption={total === 1 ? 'One clinician' : `${total} clinicians`}
              columns={COLUMNS}
              rows={people.map(({ id, ehrUserId, site, name, confirmedAt }) => [
                ehrUserId,
                site,
                name ?? 'An account that Microsoft no longer knows',
                <UtcTime at={confirmedAt} />,
                <PostForm
                  action="/portal/clinicians/remove"
                  fields={{ csrf: frame.csrf, id, ...(words === '' ? {} : { q: words }) }}
                  inline
                >
                  <Button look="link">
                    Undo<span class="sr-only"> the connection of {ehrUserId}</span>
                  </Button>
                </PostForm>,
              ])}
            />
          </section>
        )}
        {moreUrl === undefined ? null : (
          <div class="actions">
            <ButtonLink href={moreUrl}>Next page</ButtonLink>
          </div>
        )}
      </>
    ),
  })
}
