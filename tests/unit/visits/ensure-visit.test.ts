import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { type EnsurePorts, ensureVisit } from '../../../src/core/visits/ensure-visit.ts'
import { isOfPatient } from '../../../src/core/visits/patient-key.ts'
import { visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { site } from '../sites/site.fixture.ts'
import { appointment, START, visitRow } from './visit.fixture.ts'

const ring = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))

function world(row: VisitRow | undefined) {
  const writes: VisitRow[] = []
  let present = row
  const ref = visitRef(identity, site(), appointment().id)
  const visit = () => present && { ...ref, row: { ...present, partitionKey: 'p', rowKey: 'r', etag: 'e' } }
  const write = (next: VisitRow) => {
    writes.push(next)
    present = next
    return visit()
  }
  const visits = {
    find: async () => visit(),
    save: async (_ref: unknown, _before: unknown, next: VisitRow) => write(next),
    update: async (_ref: unknown, change: (row: VisitRow) => VisitRow | undefined) => {
      const next = present && change(present)
      return next ? write(next) : visit()
    },
  }
  const ports = { visits, seals: visitSeals(ring), identity, linkKeys: ring, now: () => START }
  return { ports: ports as unknown as EnsurePorts, writes, ref }
}

const patientId = '12724101'

test('a row says whose visit it is from the beginning', async () => {
  const { ports, writes, ref } = world(undefined)
  const made = await ensureVisit(ports, site(), appointment({ patientId }))
  expect(writes).toHaveLength(1)
  expect(isOfPatient(identity, ref, made.row, patientId)).toBe(true)
  expect(isOfPatient(identity, ref, made.row, '12742400')).toBe(false)
  expect(JSON.stringify(made.row)).not.toContain(patientId)
})

test('one that did not say so, or named another, is mended by one write that raises no version', async () => {
  for (const patientKey of [undefined, 'AAAAAAAAAAAAAAAAAAAAAA']) {
    const row = visitRow(patientKey === undefined ? {} : { patientKey })
    const { ports, writes, ref } = world(row)
    const made = await ensureVisit(ports, site(), appointment({ patientId }))
    expect(isOfPatient(identity, ref, made.row, patientId)).toBe(true)
    expect(made.row.version).toBe(row.version)
    await ensureVisit(ports, site(), appointment({ patientId }))
    expect(writes).toHaveLength(1)
  }
})

test('a launch that read an older version of the appointment than a sweep did leaves the row as it is', async () => {
  const { ports, writes } = world(visitRow({ ehrVersion: '9', patientKey: 'AAAAAAAAAAAAAAAAAAAAAA' }))
  await ensureVisit(ports, site(), appointment({ patientId, ehrVersion: '8' }))
  expect(writes).toEqual([])
})
