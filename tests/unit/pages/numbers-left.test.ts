import { expect, test } from 'vitest'
import { organizationRemovedPage } from '../../../src/pages/portal/reports/settings.tsx'
import { text } from './markup.ts'
import { sampleFrame } from './sample-frame.ts'

const removed = (numbers: readonly string[]) => {
  const frame = sampleFrame('reports')
  const receipt = {
    tenantId: 'a-tenant',
    at: '2031-03-31T18:00:00.000Z',
    rows: [{ table: 'sites', rows: 2 }],
  }
  return text(organizationRemovedPage({ frame, ...receipt, numbers }).html)
}

test('who removed the organization reads which numbers stay, that they cost, and who releases them where', () => {
  const words = removed(['+18335550142', '+12065550188'])
  for (const part of [
    'Phone numbers that stay',
    'cost their price every month until somebody releases them',
    'in the Azure portal, under Communication Services, Phone numbers',
    '+18335550142',
    '+12065550188',
  ])
    expect(words).toContain(part)
})

test('where no number stays, none is spoken of', () => {
  expect(removed([])).not.toContain('Phone numbers that stay')
})
