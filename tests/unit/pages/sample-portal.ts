import { historyPage } from '../../../src/pages/portal/history.tsx'
import type { Frame, PortalSection } from '../../../src/pages/portal/layout/frame.ts'
import { portalSignInPage } from '../../../src/pages/portal/sign-in.tsx'

/** The frame of a portal page, half-way through the setup. Synthetic. */
export function sampleFrame(section: PortalSection, more: Partial<Frame> = {}): Frame {
  return {
    section,
    csrf: 'synthetic-csrf',
    who: { name: 'Ana Synthetic', upn: 'ana@lakeside.example', organization: 'Lakeside Synthetic Clinics' },
    may: { configure: true, reports: true },
    progress: { begin: 'done', permissions: 'problem', sites: 'done', texts: 'todo', review: 'todo' },
    notice: undefined,
    links: { terms: 'https://lakeside.example/terms', privacy: 'https://lakeside.example/privacy' },
    ...more,
  }
}

const entries = [
  {
    id: '1',
    at: '2031-03-01T09:12:00.000Z',
    by: 'Ana Synthetic',
    what: 'site_saved',
    site: 'Lakeside main',
    changes: [
      { field: 'timeZone', from: 'America/Chicago', to: 'America/Denver' },
      { field: 'departments[cardiology].on', from: 'true', to: 'false' },
      { field: 'launch.auth.Secret', to: 'replaced' },
      { field: 'patientPhone', from: '+1 312-555-0100' },
    ],
  },
  {
    id: '2',
    at: '2031-02-27T15:40:00.000Z',
    by: undefined,
    what: 'site_added',
    site: undefined,
    changes: [],
  },
]

/** The pages of the portal in their states. */
export const portalSamples = [
  { name: 'portal-sign-in', page: portalSignInPage({ startUrl: '/portal/signin/start', signedOut: false }) },
  {
    name: 'portal-signed-out',
    page: portalSignInPage({ startUrl: '/portal/signin/start', signedOut: true }),
  },
  {
    name: 'portal-history',
    page: historyPage({
      frame: sampleFrame('history', { notice: { tone: 'success', title: 'Saved.' } }),
      entries,
      olderUrl: '/portal/history?before=2',
    }),
  },
  {
    name: 'portal-history-read-only',
    page: historyPage({
      frame: sampleFrame('history', { may: { configure: false, reports: false } }),
      entries: [],
      olderUrl: undefined,
    }),
  },
]
