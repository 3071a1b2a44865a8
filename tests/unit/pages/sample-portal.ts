import { beginPage } from '../../../src/pages/portal/begin.tsx'
import { guidePage } from '../../../src/pages/portal/guide.tsx'
import { historyPage } from '../../../src/pages/portal/history.tsx'
import { peoplePage } from '../../../src/pages/portal/permissions/people.tsx'
import { permissionsPage } from '../../../src/pages/portal/permissions.tsx'
import { portalSignInPage } from '../../../src/pages/portal/sign-in.tsx'
import { beginFirst, beginHalfWay } from './sample-begin.ts'
import { sampleFrame } from './sample-frame.ts'
import { sampleGuide } from './sample-guide.ts'
import {
  people,
  permissionsDone,
  permissionsFirst,
  permissionsWaiting,
  permissionsWrong,
} from './sample-permissions.ts'

export { sampleFrame } from './sample-frame.ts'

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
  { name: 'portal-begin-first', page: beginPage(beginFirst) },
  { name: 'portal-begin', page: beginPage(beginHalfWay) },
  {
    name: 'portal-begin-read-only',
    page: beginPage({
      ...beginHalfWay,
      frame: sampleFrame('begin', { may: { configure: false, reports: false } }),
    }),
  },
  { name: 'portal-permissions-first', page: permissionsPage(permissionsFirst) },
  { name: 'portal-permissions-waiting', page: permissionsPage(permissionsWaiting) },
  { name: 'portal-permissions-wrong', page: permissionsPage(permissionsWrong) },
  { name: 'portal-permissions-done', page: permissionsPage(permissionsDone) },
  { name: 'portal-people', page: peoplePage(people) },
  {
    name: 'portal-people-refused',
    page: peoplePage({ ...people, people: undefined, problem: 'graph_permission_missing' }),
  },
  { name: 'portal-guide', page: guidePage({ frame: sampleFrame('begin'), ...sampleGuide }) },
]
