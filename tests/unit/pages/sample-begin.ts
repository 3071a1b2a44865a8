import { prerequisites } from '../../../src/core/setup/prerequisites.ts'
import type { BeginModel } from '../../../src/pages/portal/begin/model.ts'
import { sampleFrame } from './sample-frame.ts'

const at = '2031-03-01T09:12:00.000Z'
const by = 'Ana Synthetic'

/** An organization that knows the product for the first time: nothing is consented, nothing answered. */
export const beginFirst: BeginModel = {
  frame: sampleFrame('begin'),
  version: 'none',
  licences: { problem: 'graph_permission_missing' },
  organizers: [],
  sites: [],
  asked: prerequisites.map((id) => ({ id, answer: undefined, at: undefined, by: undefined })),
}

/** Half-way: a licence is missing, an EHR is too old, one does not answer, and somebody said no. */
export const beginHalfWay: BeginModel = {
  frame: sampleFrame('begin', { notice: { tone: 'success', title: 'Saved.' } }),
  version: 'a-version',
  licences: {
    found: [
      { product: 'SPE_E3', bought: 1_250, assigned: 1_198 },
      { product: 'O365_BUSINESS_PREMIUM', bought: 25, assigned: 25 },
    ],
  },
  organizers: [
    { id: '00000000-0000-4000-8000-000000000001', name: 'Virtual visits 1', teams: { found: true } },
    { id: '00000000-0000-4000-8000-000000000002', name: 'Virtual visits 2', teams: { found: false } },
  ],
  sites: [
    {
      siteId: 'lakeside0001',
      name: 'Lakeside main',
      software: {
        found: {
          name: 'Synthetic EHR',
          version: '2031.02',
          releaseDate: '2031-02-01',
          fhirVersion: '4.0.1',
          judged: 'recent',
        },
      },
    },
    {
      siteId: 'lakeside0002',
      name: 'Lakeside, old domain',
      software: {
        found: {
          name: undefined,
          version: undefined,
          releaseDate: '2017-05',
          fhirVersion: '4.0.1',
          judged: 'old',
        },
      },
    },
    { siteId: 'lakeside0003', name: 'Lakeside north', software: { problem: 'ehr_unavailable' } },
  ],
  asked: prerequisites.map((id, index) => ({
    id,
    answer: (['yes', 'later', 'no', 'yes', undefined, 'yes'] as const)[index],
    at: index === 4 ? undefined : at,
    by: index === 5 ? undefined : by,
  })),
}
