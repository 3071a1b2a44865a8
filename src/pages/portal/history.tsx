import { ButtonLink } from '../layout/components/button.tsx'
import type { Rendered } from '../layout/document.ts'
import { fieldLabel, whatLabel } from './history-words.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { UtcTime } from './layout/time.tsx'

export type HistoryModel = {
  readonly frame: Frame
  readonly entries: readonly {
    readonly id: string
    readonly at: string
    /** Absent where Microsoft no longer knows the account. */
    readonly by: string | undefined
    readonly what: string
    readonly site: string | undefined
    readonly changes: readonly {
      readonly field: string
      readonly from?: string | undefined
      readonly to?: string | undefined
    }[]
  }[]
  readonly olderUrl: string | undefined
}

type Entry = HistoryModel['entries'][number]

const Changed = ({ changes }: { changes: Entry['changes'] }) => (
  <ul class="changes">
    {changes.map(({ field, from, to }) => (
      <li>
        <span class="quiet">{fieldLabel(field)}:</span>{' '}
        {from === undefined ? null : (
          <>
            <del>{shown(from)}</del>{' '}
          </>
        )}
        {to === undefined ? <em>removed</em> : <ins>{shown(to)}</ins>}
      </li>
    ))}
  </ul>
)

function shown(value: string): string {
  return { '': 'empty', true: 'yes', false: 'no' }[value] ?? value
}

/** The newest change first. */
export function historyPage({ frame, entries, olderUrl }: HistoryModel): Rendered {
  return portalDocument({
    frame,
    title: 'History',
    lead: 'Who changed the configuration, when, and what was there before. Secrets are never shown.',
    children: (
      <>
        {entries.length === 0 ? (
          <p class="card">Nothing has been changed yet.</p>
        ) : (
          <ol class="log">
            {entries.map(({ at, by, what, site, changes }) => (
              <li class="card">
                <h2>{site === undefined ? whatLabel(what) : `${whatLabel(what)}: ${site}`}</h2>
                <p class="quiet">
                  <UtcTime at={at} /> by {by ?? 'an account that Microsoft no longer knows'}
                </p>
                {changes.length === 0 ? null : <Changed changes={changes} />}
              </li>
            ))}
          </ol>
        )}
        {olderUrl === undefined ? null : (
          <div class="actions">
            <ButtonLink href={olderUrl}>Older changes</ButtonLink>
          </div>
        )}
      </>
    ),
  })
}
