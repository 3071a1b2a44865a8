import { Badge } from '../../layout/components/badge.tsx'
import { Icon } from '../../layout/icons.tsx'
import type { SiteRow } from './model.ts'

const ENVIRONMENT = { testing: 'Testing', production: 'Production' }

const State = ({ row }: { row: SiteRow }) => {
  if (!row.inSetup) return <Badge tone="success">In use</Badge>
  if (row.missing === 0) return <Badge>Ready to finish</Badge>
  return (
    <Badge tone="warning">{row.missing === 1 ? '1 thing to enter' : `${row.missing} things to enter`}</Badge>
  )
}

/** A site as it is saved, with what can be done with it. */
export const SavedRow = ({ row, configure }: { row: SiteRow; configure: boolean }) => {
  const page = `/portal/sites/${row.siteId}`
  return (
    <li class="site-row">
      <div class="cell-name">
        <h2>
          <a href={page}>{row.name}</a>
        </h2>
        <p class="base">{row.url}</p>
      </div>
      <p class="cell-env">
        <span class="sr-only">Environment: </span>
        {ENVIRONMENT[row.environment]}
      </p>
      <p class="cell-state">
        <State row={row} />
      </p>
      {configure ? (
        <details class="menu">
          <summary aria-label={`Actions for ${row.name}`}>
            <Icon name="more" />
          </summary>
          <ul>
            <li>
              <a href={`/portal/sites?edit=${row.siteId}#row`}>Edit</a>
            </li>
            <li>
              <a href={page}>Settings</a>
            </li>
            <li>
              <a href={`${page}/doctor`}>Run the doctor</a>
            </li>
            <li>
              <a href={`${page}/remove`}>Remove</a>
            </li>
          </ul>
        </details>
      ) : null}
    </li>
  )
}
