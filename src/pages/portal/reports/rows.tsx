import { ButtonLink } from '../../layout/components/button.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import type { ReportColumn, ReportModel } from './model.ts'

const TITLES = { appointments: 'Visits', messages: 'Messages', quality: 'Measured visits' } as const

const Heading = ({ label, numeric, sortUrl, sorted }: ReportColumn) => (
  <th scope="col" class={numeric ? 'num' : undefined} aria-sort={sorted}>
    {sortUrl === undefined ? (
      label
    ) : (
      <a href={sortUrl}>
        {label}
        {sorted === undefined ? null : <span aria-hidden="true">{sorted === 'ascending' ? '▲' : '▼'}</span>}
      </a>
    )}
  </th>
)

const SCROLLABLE = { tabindex: 0 }

/** The rows of one page, with what leads to the others and out as a file. */
export const Rows = ({ model }: { model: ReportModel }) => {
  const { columns, rows, total, firstRow } = model
  const title = TITLES[model.report]
  const count = `${total.toLocaleString('en-US')} ${total === 1 ? 'row' : 'rows'}`
  return (
    <section class="card" aria-labelledby="rows-h">
      <div class="bar-2">
        <h2 id="rows-h">
          {title} <span class="quiet">({count})</span>
        </h2>
        <div class="actions no-print">
          {model.exportUrl === undefined ? null : (
            <ButtonLink href={model.exportUrl}>Export as CSV</ButtonLink>
          )}
          <ButtonLink href={model.fullUrl}>{model.full ? 'Leave full screen' : 'Full screen'}</ButtonLink>
        </div>
      </div>
      {model.exportUrl === undefined && total > 0 ? (
        <MessageBar tone="info" title="Too many rows for one file">
          <p>A file holds up to 100,000 rows. Choose a shorter range, a site or a filter to export them.</p>
        </MessageBar>
      ) : null}
      {model.sortRefused ? (
        <MessageBar tone="info" title="Sorted by start">
          <p>
            Other sorts work for up to 5,000 rows. Choose a shorter range, a site or a filter to sort by
            another column.
          </p>
        </MessageBar>
      ) : null}
      {rows.length === 0 ? (
        <p>Nothing in this range fits. Choose a longer range or fewer filters.</p>
      ) : (
        <section class="table rows" aria-labelledby="rows-c" {...SCROLLABLE}>
          <table>
            <caption id="rows-c" class="sr-only">
              {title}, rows {firstRow} to {firstRow + rows.length - 1}
            </caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Heading {...column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cells) => (
                <tr>
                  {cells.map((cell, index) =>
                    index === 0 ? (
                      <th scope="row">{cell}</th>
                    ) : (
                      <td class={columns[index]?.numeric ? 'num' : undefined}>{cell}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pager model={model} />
    </section>
  )
}

const Pager = ({ model: { previousUrl, nextUrl, page, pages } }: { model: ReportModel }) =>
  pages < 2 ? null : (
    <nav class="pager" aria-label="Pages of the report">
      <div class="actions">
        {previousUrl === undefined ? null : <ButtonLink href={previousUrl}>Previous page</ButtonLink>}
        {nextUrl === undefined ? null : <ButtonLink href={nextUrl}>Next page</ButtonLink>}
      </div>
      <p class="quiet nums">
        Page {page.toLocaleString('en-US')} of {pages.toLocaleString('en-US')}
      </p>
    </nav>
  )
