import { cellOf } from '../../../src/core/reports/query/cells.ts'
import type { ReportLine } from '../../../src/core/reports/query/filters.ts'
import type { Summary } from '../../../src/core/reports/query/summary.ts'
import { type ReportName, readView } from '../../../src/core/reports/query/view.ts'
import { columnsOf } from '../../../src/functions/portal-report-columns.ts'
import { reportModel } from '../../../src/functions/portal-report-model.ts'
import type { Rendered } from '../../../src/pages/layout/document.ts'
import { reportPage } from '../../../src/pages/portal/reports/report.tsx'
import { organizationRemovedPage, reportSettingsPage } from '../../../src/pages/portal/reports/settings.tsx'
import { siteWith } from '../messaging/clinic.fixture.ts'
import { sampleFrame } from './sample-frame.ts'

const NOW = new Date('2031-03-31T18:00:00Z')
const CLINICIAN = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0002'

/** A repeatable series that looks like a clinic's: fewer visits at weekends. */
function steps(count: number, days: 1 | 7): Summary['steps'] {
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(NOW.getTime() - (count - 1 - index) * days * 86_400_000).toISOString().slice(0, 10)
    const weekend = days === 1 && [0, 6].includes(new Date(day).getUTCDay())
    const wave = (offset: number, size: number) =>
      weekend ? 0 : Math.round((1 + Math.sin(index * 1.7 + offset)) * size)
    return {
      day,
      outcomes: {
        completed: weekend ? 2 : 24 + wave(0, 6),
        no_show: wave(1, 2),
        patient_not_admitted: wave(2, 0.7),
        clinician_absent: wave(3, 0.8),
        technical_failure: wave(4, 1),
        cancelled: wave(5, 1.5),
        upcoming: index === count - 1 ? 6 : 0,
      },
      messages: {
        delivered: 60 + wave(1, 12),
        sent: wave(2, 4),
        unreachable: wave(3, 2),
        opted_out: wave(4, 1),
      },
      ratings: { good: weekend ? 0 : 18 + wave(1, 3), fair: wave(2, 3), poor: wave(3, 1.5) },
      waited: weekend ? {} : { median: 95 + wave(1, 30), p90: 260 + wave(2, 90) },
      duration: weekend ? {} : { median: 1200 + wave(3, 120), p90: 1900 + wave(4, 240) },
    }
  })
}

const record = (start: string, more: Partial<ReportLine['record']>): ReportLine['record'] => ({
  schema: 1,
  type: 'visit',
  start,
  minutes: 30,
  departmentId: 'family',
  outcome: 'completed',
  basis: 'attendance',
  begun: start,
  seconds: 1475,
  waited: 130,
  attendees: 2,
  clinicianId: CLINICIAN,
  device: 'passed',
  rating: 'good',
  quality: '{"rating":"good","jitterMs":6,"loss":0.0012,"roundTripMs":48,"streams":4}',
  messages:
    '[{"kind":"booked","version":1,"state":"delivered","at":"2031-03-20T10:00:00.000Z"},{"kind":"reminder.0","version":1,"state":"undelivered","reason":"carrier_4006","at":"2031-03-30T10:00:00.000Z"}]',
  ...more,
})

const FAILED = { begun: undefined, seconds: undefined, waited: undefined } as unknown as Partial<
  ReportLine['record']
>
const RECORDS = [
  record('2031-03-31T16:30:00.000Z', {}),
  record('2031-03-31T16:00:00.000Z', {
    ...FAILED,
    outcome: 'technical_failure',
    reason: 'device_failed',
    device: 'failed',
    attendees: 0,
    rating: 'none',
    basis: 'live',
  }),
  record('2031-03-31T15:30:00.000Z', { ...FAILED, outcome: 'patient_not_admitted', attendees: 1 }),
  record('2031-03-31T15:00:00.000Z', { seconds: 3905, waited: 15, rating: 'fair' }),
  record('2031-03-31T14:30:00.000Z', {
    ...FAILED,
    outcome: 'no_show',
    reason: 'clinician_alone',
    device: 'none',
  }),
  record('2031-03-31T14:00:00.000Z', {
    ...FAILED,
    outcome: 'cancelled',
    reason: 'not_video',
    device: 'none',
  }),
]

function sample(report: ReportName, query: string, more: { empty?: boolean; full?: boolean } = {}): Rendered {
  const view = readView(report, new URLSearchParams(query), NOW)
  const lines: ReportLine[] = RECORDS.flatMap((one, index) => {
    const line = { siteId: 'clinic000001', id: `Ab12Cd34Ef56Gh${10 + index}`, record: one }
    const messages = JSON.parse(one.messages) as NonNullable<ReportLine['message']>[]
    return report === 'messages' ? messages.map((message) => ({ ...line, message })) : [line]
  })
  const days = view.range === '90' ? 7 : 1
  const made = more.empty ? [] : steps(days === 7 ? 13 : view.range === '30' ? 30 : 7, days)
  const counts = (of: 'outcomes' | 'messages' | 'ratings') => {
    const all: Record<string, number> = {}
    for (const step of made)
      for (const [key, value] of Object.entries(step[of])) all[key] = (all[key] ?? 0) + value
    return all
  }
  const whole = {
    outcomes: counts('outcomes'),
    messages: counts('messages'),
    ratings: counts('ratings'),
    waited: more.empty ? {} : { median: 120, p90: 340 },
    duration: more.empty ? {} : { median: 1320, p90: 2180 },
  }
  const columns = columnsOf(view, false)
  const shown = more.empty ? [] : lines
  for (const line of shown) for (const id of columns) cellOf(line, id)
  return reportPage(
    reportModel({
      frame: sampleFrame('reports'),
      view,
      columns,
      sort: 'start',
      page: {
        lines: shown,
        total: more.empty ? 0 : 1204,
        page: more.empty ? 1 : 2,
        pages: more.empty ? 1 : 25,
        sort: 'start',
      },
      summary: { steps: made, stepDays: days, whole },
      names: { sites: [siteWith()], people: new Map([[CLINICIAN, 'Maya Synthetic']]) },
      qualityOff: report === 'quality' && Boolean(more.empty),
    }),
  )
}

const settings = {
  frame: sampleFrame('reports'),
  version: 'synthetic',
  retentionMonths: '13',
  callQuality: false,
  tenantId: '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01',
  receipts: [],
  numbers: [],
}

/** The reports in their states. Synthetic. */
export const reportSamples = [
  { name: 'report-appointments', page: sample('appointments', 'range=30&site=clinic000001') },
  { name: 'report-appointments-90', page: sample('appointments', 'range=90&outcome=no_show') },
  { name: 'report-appointments-empty', page: sample('appointments', '', { empty: true }) },
  { name: 'report-appointments-full', page: sample('appointments', 'full=1') },
  { name: 'report-messages', page: sample('messages', 'range=7') },
  { name: 'report-quality', page: sample('quality', 'range=30') },
  { name: 'report-quality-off', page: sample('quality', '', { empty: true }) },
  { name: 'report-settings', page: reportSettingsPage(settings) },
  {
    name: 'report-settings-refused',
    page: reportSettingsPage({
      ...settings,
      retentionMonths: 'a year',
      retentionError: 'Give a whole number of months from 1 to 120.',
      confirmError: 'This is not the id of your organization. Nothing was erased.',
      receipts: [{ at: '2031-03-30T03:45:00.000Z', before: '2030-02-28', rows: 1412 }],
      numbers: ['+18335550142', '+12065550188'],
    }),
  },
  {
    name: 'report-organization-removed',
    page: organizationRemovedPage({
      frame: sampleFrame('reports'),
      tenantId: settings.tenantId,
      at: '2031-03-31T18:00:00.000Z',
      rows: [
        { table: 'sites', rows: 2 },
        { table: 'visits', rows: 20_441 },
      ],
      numbers: ['+18335550142', '+12065550188'],
    }),
  },
]
