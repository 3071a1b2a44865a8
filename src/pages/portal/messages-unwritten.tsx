import { Card } from '../layout/components/card.tsx'
import { Table } from '../layout/components/table.tsx'
import { UtcTime } from './layout/time.tsx'

export type UnwrittenModel = {
  readonly site: string
  readonly start: string
  readonly at: string
  readonly what: string
  readonly remedy: string
}

/**
 * Visits whose links or status the EHR did not take. The visits themselves are held all the same.
 * @param more whether there are others, or not all visits could be looked at.
 */
export const Unwritten = ({ unwritten, more }: { unwritten: readonly UnwrittenModel[]; more: boolean }) =>
  unwritten.length === 0 && !more ? null : (
    <Card id="unwritten" heading="Not written into the EHR">
      {unwritten.length === 0 ? (
        <p>
          There are too many visits to look at all of them at once. Of those that were looked at, the EHR took
          everything.
        </p>
      ) : (
        <NotWritten unwritten={unwritten} />
      )}
      {more && unwritten.length > 0 ? (
        <p class="quiet">
          There may be more: not all visits could be looked at at once. The visits that come first are shown.
        </p>
      ) : null}
    </Card>
  )

const NotWritten = ({ unwritten }: { unwritten: readonly UnwrittenModel[] }) => (
  <>
    <p>
      These visits can be held all the same. Staff who look for the link or the status in the EHR miss it
      there.
    </p>
    <Table
      id="not-written"
      caption="Visits not written into the EHR, by their time"
      captionHidden
      columns={[
        { label: 'Visit' },
        { label: 'Site' },
        { label: 'What happened' },
        { label: 'What to do' },
        { label: 'Since' },
      ]}
      rows={unwritten.map(({ site, start, at, what, remedy }) => [
        <UtcTime at={start} />,
        site,
        what,
        remedy,
        <UtcTime at={at} />,
      ])}
    />
  </>
)
