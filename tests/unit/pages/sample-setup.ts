import { beginPage } from '../../../src/pages/portal/begin.tsx'
import { guidePage } from '../../../src/pages/portal/guide.tsx'
import { peoplePage } from '../../../src/pages/portal/permissions/people.tsx'
import { permissionsPage } from '../../../src/pages/portal/permissions.tsx'
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

/** The first two steps of the setup in their states, and a guide. */
export const setupSamples = [
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
