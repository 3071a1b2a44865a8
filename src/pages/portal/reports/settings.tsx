import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { describedBy, Field, TextField } from '../../layout/components/field.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { Table } from '../../layout/components/table.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { UtcTime } from '../layout/time.tsx'

export type ReportSettingsModel = {
  readonly frame: Frame
  readonly version: string
  readonly retentionMonths: string
  readonly retentionError?: string | undefined
  readonly callQuality: boolean
  /** The id to be typed before everything is erased. */
  readonly tenantId: string
  readonly confirmError?: string | undefined
  /** Phone numbers of the organization, which a removal does not give back. */
  readonly numbers: readonly string[]
  /** What was erased by the nightly purge, newest first. */
  readonly receipts: readonly { readonly at: string; readonly before: string; readonly rows: number }[]
}

/** How long reports are kept, whether call quality is asked for, what was purged, and the way out. */
export function reportSettingsPage(model: ReportSettingsModel): Rendered {
  return portalDocument({
    frame: model.frame,
    title: 'Report settings',
    lead: 'How long reports are kept, and what they ask Microsoft for.',
    children: (
      <>
        <p>
          <a href="/portal/reports">Back to the reports</a>
        </p>
        <Keep model={model} />
        <Purged model={model} />
        <Leave model={model} />
      </>
    ),
  })
}

const Keep = ({ model }: { model: ReportSettingsModel }) => {
  const quality = {
    id: 'call-quality',
    hint: 'Needs CallRecords.Read.All, which opens the records of every call of your organization. Grant it first: without it Microsoft refuses, and the reports say “Not measured”.',
  }
  return (
    <Card id="keep" heading="What is kept">
      <PostForm action="/portal/report-settings" fields={{ csrf: model.frame.csrf, version: model.version }}>
        <div class="fields">
          <TextField
            id="retention-months"
            name="retention"
            label="Months that reports are kept"
            hint="From 1 to 120. Older reports, and what is left of their visits, are erased every night."
            error={model.retentionError}
            value={model.retentionMonths}
            required
          />
          <Field {...quality} label="Call quality">
            <select class="input" id={quality.id} name="quality" aria-describedby={describedBy(quality)}>
              <option value="off" selected={!model.callQuality}>
                Off
              </option>
              <option value="on" selected={model.callQuality}>
                On
              </option>
            </select>
          </Field>
          <div class="actions">
            <Button look="primary">Save</Button>
          </div>
        </div>
      </PostForm>
    </Card>
  )
}

const Purged = ({ model: { receipts } }: { model: ReportSettingsModel }) => (
  <Card id="purged" heading="What was erased">
    {receipts.length === 0 ? (
      <p>Nothing was old enough yet.</p>
    ) : (
      <Table
        id="purged-table"
        caption="Receipts of the nightly purge"
        captionHidden
        columns={[{ label: 'When' }, { label: 'Visits before' }, { label: 'Rows', numeric: true }]}
        rows={receipts.map(({ at, before, rows }) => [
          <UtcTime at={at} />,
          before,
          rows.toLocaleString('en-US'),
        ])}
      />
    )}
  </Card>
)

const Leave = ({ model }: { model: ReportSettingsModel }) => (
  <Card id="leave" heading="Remove the organization">
    <div class="stack">
      <MessageBar tone="warning" title="Everything is erased for good">
        <p>
          Configuration, connections of EHR users, visits, links, opt-outs and reports of your organization.
          Links in texts that were sent lead nowhere, and nobody can launch a visit. You get a receipt.
        </p>
        {model.numbers.length === 0 ? null : (
          <p>
            Phone numbers are not given back with it, and go on costing every month:{' '}
            {model.numbers.join(', ')}. Release those that nobody is to keep under{' '}
            <a href="/portal/texts">SMS notifications</a> first.
          </p>
        )}
      </MessageBar>
      <PostForm action="/portal/remove-organization" fields={{ csrf: model.frame.csrf }}>
        <div class="fields">
          <TextField
            id="confirm"
            name="confirm"
            label="Type the id of your organization to confirm"
            hint={model.tenantId}
            error={model.confirmError}
            required
          />
          <div class="actions">
            <Button>Erase everything</Button>
          </div>
        </div>
      </PostForm>
    </div>
  </Card>
)

export type RemovedModel = {
  readonly frame: Frame
  readonly tenantId: string
  readonly at: string
  readonly rows: readonly { readonly table: string; readonly rows: number }[]
  /** Phone numbers that stay with the Communication Services resource. */
  readonly numbers: readonly string[]
}

const NumbersLeft = ({ numbers }: { numbers: readonly string[] }) => (
  <Card id="numbers" heading="Phone numbers that stay">
    <div class="stack">
      <p>
        They are still numbers of the Communication Services resource, and cost their price every month until
        somebody releases them. Whoever runs this service does that in the Azure portal, under Communication
        Services, Phone numbers. A number that was released cannot be had again.
      </p>
      <ul>
        {numbers.map((number) => (
          <li>
            <code>{number}</code>
          </li>
        ))}
      </ul>
    </div>
  </Card>
)

/** The receipt of a removal. It is shown once, and kept by the operator. */
export function organizationRemovedPage({ frame, tenantId, at, rows, numbers }: RemovedModel): Rendered {
  return portalDocument({
    frame,
    title: 'Organization removed',
    lead: 'Everything that was kept of your organization is erased. Print this page or keep a copy: it is the receipt.',
    children: (
      <>
        <Card id="receipt" heading="Receipt">
          <div class="stack">
            <p>
              Organization <code>{tenantId}</code>, <UtcTime at={at} />
            </p>
            <Table
              id="receipt-table"
              caption="Rows that were erased"
              columns={[{ label: 'Table' }, { label: 'Rows', numeric: true }]}
              rows={rows.map((one) => [one.table, one.rows.toLocaleString('en-US')])}
            />
          </div>
        </Card>
        {numbers.length === 0 ? null : <NumbersLeft numbers={numbers} />}
        <div class="actions">
          <ButtonLink href="/portal">To the portal’s first page</ButtonLink>
        </div>
      </>
    ),
  })
}
