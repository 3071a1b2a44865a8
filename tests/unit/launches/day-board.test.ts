import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { type BoardPorts, dayBoard } from '../../../src/core/launches/day-board.ts'
import { fail, ok } from '../../../src/core/result.ts'
import { boardLine } from '../../../src/functions/board-line.ts'
import { site } from '../sites/site.fixture.ts'
import { appointment, START, visitRow } from '../visits/visit.fixture.ts'

type Told = readonly [name: string, state: string, reason?: string]

/** The one line of a day with one visit, about which this was told; a name is `{version}:{kind}`. */
async function lineOf(told: readonly Told[]) {
  async function* list(_partition: string, { from }: { from: string }) {
    for (const [name, state, reason] of told)
      yield { type: 'notice', rowKey: `${from}${name}`, state, reason, changedAt: START.toISOString() }
  }
  const ports = {
    visits: { find: async (ref: object) => ({ ...ref, row: visitRow({ version: 2 }) }) },
    identity: identityKeys(randomBytes(32)),
    store: { tables: { visits: { list } } },
    now: () => START,
  } as unknown as BoardPorts
  const ehr = {
    appointmentsOfPractitioner: async () => ok(new Map([['4817501', appointment()]])),
    patients: async () => fail('ehr_unavailable'),
  } as unknown as Ehr
  const day = await dayBoard(ports, site(), ehr, 'practitioner')
  const [entry] = day.ok ? day.value : []
  if (!entry) throw new Error('the day has no line')
  return boardLine(site(), entry, '/launch/x/visit')
}

const problems = async (...told: Told[]) => (await lineOf(told)).problems.map(({ words }) => words)

test.each([
  ['not delivered', [['2:booked', 'undelivered', 'carrier_4003']], 1],
  ['too late', [['2:reminder.0', 'expired', 'deadline_passed']], 1],
  ['not known', [['2:booked', 'unknown', 'no_report']], 1],
  ['never sent, the chart has no number', [['2:booked', 'skipped', 'phone_missing']], 1],
  [
    'never sent by text, delivered by e-mail',
    [
      ['2:booked', 'skipped', 'phone_missing'],
      ['2:booked@email', 'delivered'],
    ],
    0,
  ],
  ['never sent, a later one took its place', [['2:reminder.0', 'skipped', 'later_reminder']], 0],
  ['delivered', [['2:booked', 'delivered']], 0],
  ['not delivered, about a time that is past', [['1:booked', 'undelivered', 'carrier_4003']], 0],
] as const)('a message that was %s', async (_what, told, count) => {
  expect(await problems(...told)).toHaveLength(count)
})

test.each([
  ['2:booked', 'undelivered', 'carrier_4003', /landlines.*$/, /mobile number or an e-mail address/],
  ['2:booked', 'skipped', 'opted_out', /answered STOP/, /send the link by e-mail/],
  ['2:booked@email', 'undelivered', 'email_bounced', /no such mailbox/, /by text, or to another address/],
  ['2:booked', 'unknown', 'no_report', /not known whether it arrived/, /If the patient does not come/],
  ['2:booked', 'skipped', 'daily_cap', /as many texts/, /Call, or open the visit and send the link again/],
] as const)('%s %s %s says what happened and what to do', async (name, state, reason, words, advice) => {
  const [problem] = (await lineOf([[name, state, reason]])).problems
  expect(problem?.words).toMatch(new RegExp(words, 'i'))
  expect(problem?.advice).toMatch(advice)
})

test('without names the day is shown all the same', async () => {
  expect(await lineOf([])).toMatchObject({ patient: 'Name not read', problems: [] })
})
