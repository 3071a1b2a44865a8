import { Badge } from '../../layout/components/badge.tsx'
import { CopyButton } from '../layout/copy.tsx'

export type RecordModel = {
  readonly kind: string
  readonly title: string
  readonly lines: readonly { readonly label: string; readonly value: string; readonly missing?: true }[]
}

/** One integration record: a line for each field of the EHR's form, with a button that copies its value. */
export const RecordTable = ({ siteId, record }: { siteId: string; record: RecordModel }) => {
  const id = `${siteId}-${record.kind}`
  return (
    <section class="record" aria-labelledby={`${siteId}-review ${id}`}>
      <h3 id={id}>{record.title}</h3>
      <dl>
        {record.lines.map(({ label, value, missing }, index) => (
          <div>
            <dt>{label}</dt>
            {missing ? (
              <dd class="quiet">{value}</dd>
            ) : (
              <dd>
                <span id={`${id}-${index}`}>{value}</span>
                <CopyButton of={`${id}-${index}`} label={`${label} of the ${record.title.toLowerCase()}`} />
              </dd>
            )}
          </div>
        ))}
      </dl>
      {record.lines.some(({ missing }) => missing) ? <Badge tone="warning">Client id missing</Badge> : null}
    </section>
  )
}

export const recordStyles = `
.record{display:grid;gap:var(--s2);justify-items:start}
.record dl{display:grid;inline-size:100%;border:1px solid var(--line);border-radius:var(--r-s)}
.record dl>div{display:grid;gap:.125rem .75rem;padding:.5rem .75rem;align-items:center}
.record dl>div+div{border-block-start:1px solid var(--line)}
.record dt{color:var(--fg-3)}
.record dd{display:flex;gap:.75rem;align-items:center;justify-content:space-between;overflow-wrap:anywhere;min-inline-size:0}
.record dd>span{min-inline-size:0}
.record .btn-copy{flex:none}
@media (min-width:48rem){.record dl>div{grid-template-columns:11rem 1fr}}
`
