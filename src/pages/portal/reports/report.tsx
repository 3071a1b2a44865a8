import { PRODUCT } from '../../layout/clinician-document.tsx'
import { compact } from '../../layout/compact.ts'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { document, type Rendered } from '../../layout/document.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { portalStyles } from '../layout/portal-styles.ts'
import { Ask } from './ask.tsx'
import type { Option, ReportModel } from './model.ts'
import { Pictures } from './pictures.tsx'
import { reportStyles } from './report-styles.ts'
import { Rows } from './rows.tsx'
import { COLUMN_WORDS, FIGURE_WORDS, OUTCOME_MEANINGS, OUTCOMES } from './words.ts'

const TITLES = { appointments: 'Appointments', messages: 'Messages', quality: 'Call quality' } as const
const LEADS = {
  appointments:
    'What became of every visit by video, the ones that failed too. A visit is here within a minute.',
  messages: 'Every text and e-mail about a visit, and what became of it. No number and no address is kept.',
  quality: 'How the calls of your visits were, where Microsoft measured them.',
} as const

const fullStyles = compact(portalStyles, reportStyles)

/** One of the reports; with `full`, the rows alone over the whole width. */
export function reportPage(model: ReportModel): Rendered {
  const title = TITLES[model.report]
  const content = <Content model={model} />
  if (!model.full)
    return portalDocument({
      frame: model.frame,
      title,
      lead: LEADS[model.report],
      styles: reportStyles,
      wide: true,
      children: content,
    })
  return document({
    title: `${title} – ${PRODUCT}`,
    lang: 'en',
    dir: 'ltr',
    styles: fullStyles,
    children: (
      <main id="main" class="main full" tabindex={-1}>
        <div class="page">
          <h1>{title}</h1>
          {content}
        </div>
      </main>
    ),
  })
}

const Content = ({ model }: { model: ReportModel }) => (
  <>
    <nav aria-label="Reports">
      <ul class="tabs">
        {model.tabs.map(({ label, href, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {label}
            </a>
          </li>
        ))}
        {model.frame.may.configure && !model.full ? (
          <li class="last">
            <a href="/portal/report-settings">Settings</a>
          </li>
        ) : null}
      </ul>
    </nav>
    <Ask model={model} />
    <OnPaper model={model} />
    {model.qualityOff && model.report === 'quality' ? <QualityOff /> : null}
    {model.full ? null : (
      <>
        <dl class="figures">
          {model.figures.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Pictures model={model} />
      </>
    )}
    <Rows model={model} />
    <Means model={model} />
  </>
)

/** What the report was asked for: on paper the form that says so is left away. */
const OnPaper = ({ model: { from, to, sites, departments, filters } }: { model: ReportModel }) => {
  const chosen = (options: readonly Option[]) => options.filter((one) => one.chosen).map(({ label }) => label)
  const asked = [
    chosen(sites).join(', ') || 'all sites',
    ...(chosen(departments).length > 0 ? [chosen(departments).join(', ')] : []),
    ...filters
      .filter(({ options }) => chosen(options).length > 0)
      .map(({ legend, options }) => `${legend}: ${chosen(options).join(', ')}`),
  ]
  return (
    <p class="on-paper">
      {from} to {to} (UTC days); {asked.join('; ')}
    </p>
  )
}

const QualityOff = () => (
  <MessageBar tone="info" title="Call quality is switched off">
    <p>
      It needs a permission of its own, which opens the records of every call of your organization
      (CallRecords.Read.All). An administrator can grant it and switch call quality on under Settings.
    </p>
  </MessageBar>
)

/** The definition of every figure that this page shows. */
const Means = ({ model: { report, columns } }: { model: ReportModel }) => (
  <section class="card" aria-labelledby="means-h">
    <h2 id="means-h">What the figures mean</h2>
    <dl class="means">
      {columns.map(({ id }) => (
        <div>
          <dt>{COLUMN_WORDS[id]?.label}</dt>
          <dd>{COLUMN_WORDS[id]?.definition}</dd>
        </div>
      ))}
      {columns.some(({ id }) => id === 'outcome')
        ? Object.entries(OUTCOME_MEANINGS).map(([outcome, meaning]) => (
            <div>
              <dt>{OUTCOMES[outcome]}</dt>
              <dd>{meaning}</dd>
            </div>
          ))
        : null}
      {report === 'appointments'
        ? Object.entries(FIGURE_WORDS).map(([label, definition]) => (
            <div>
              <dt>{label}</dt>
              <dd>{definition}</dd>
            </div>
          ))
        : null}
    </dl>
  </section>
)
