import { randomUUID } from 'node:crypto'
import type { Ehr } from '../src/core/ehr/ehr.ts'
import { fail, ok } from '../src/core/result.ts'
import type { Row, TableName } from '../src/core/store/rows.ts'
import type { Store } from '../src/core/store/store.ts'
import type { RowAction, Table } from '../src/core/store/table.ts'
import type { Bug, Hooks, Kind } from './bug.ts'

type Action = RowAction<Row<'visits'>>

/** One table made another one, for processes of one kind. */
function other<Name extends TableName>(
  of: Kind,
  name: Name,
  change: (table: Table<Row<Name>>, now: () => Date) => Partial<Table<Row<Name>>>,
): Hooks {
  return {
    tables(kind, tables, now) {
      if (kind !== of) return tables
      const table = tables[name] as Table<Row<Name>>
      const seen = Object.create(tables) as Store['tables']
      return Object.defineProperty(seen, name, { value: { ...table, ...change(table, now) } })
    },
  }
}

/** Rows are written one by one over whatever is there. */
async function overwrite(table: Table<Row<'visits'>>, actions: readonly Action[]) {
  for (const action of actions) if (action.kind !== 'remove') await table.put(action.row)
  return ok(actions.map(() => ({ etag: '' })))
}

const isOutcome = (actions: readonly Action[]) =>
  actions.some(({ row }) => 'state' in row && ['sent', 'unknown'].includes(row.state))

/** What an earlier look saw of an appointment is taken for what it is now. */
function remembering(): NonNullable<Hooks['ehr']> {
  const seen: { last?: Awaited<ReturnType<Ehr['appointmentsIn']>> } = {}
  return (kind, ehr) => {
    if (kind === 'sweep')
      return {
        ...ehr,
        async appointmentsIn(...window) {
          const found = await ehr.appointmentsIn(...window)
          if (found.ok) seen.last = found
          return found
        },
      }
    return {
      ...ehr,
      async appointments(ids) {
        const { last } = seen
        if (!last?.ok || !ids.every((id) => last.value.has(id))) return ehr.appointments(ids)
        return ok(new Map([...last.value].filter(([id]) => ids.includes(id))))
      },
    }
  }
}

/** Twelve mistakes that somebody might make in this code, each one that would hurt a patient or hide something. */
export const bugs: readonly Bug[] = [
  {
    name: 'random repeatability id',
    about: "the SDK's own id at every try instead of the notice's",
    make: () => ({ identity: (identity) => ({ ...identity, repeatabilityId: () => randomUUID() }) }),
  },
  {
    name: 'long memory',
    about: 'the vendor is trusted to remember ids for longer than it does',
    make: () => ({ rules: (rules) => ({ ...rules, repeatabilitySeconds: 240 }) }),
  },
  {
    name: 'silence is a no',
    about: 'a request without an answer counts as not carried out',
    make: () => ({
      sendText: (send) => async (text) => {
        const sent = await send(text)
        return !sent.ok && sent.failure.code === 'sms_outcome_unknown' ? fail('sms_throttled') : sent
      },
    }),
  },
  {
    name: 'claim without condition',
    about: 'claims are written over whatever is there',
    make: () => other('deliver', 'visits', (table) => ({ transact: (actions) => overwrite(table, actions) })),
  },
  {
    name: 'claim after the send',
    about: 'nothing is written before the vendor was asked',
    make: () =>
      other('deliver', 'visits', (table) => ({
        transact: async (actions) =>
          isOutcome(actions) ? overwrite(table, actions) : ok(actions.map(() => ({ etag: '' }))),
      })),
  },
  {
    name: 'no second look',
    about: 'texts are written from what the last sweep saw of the appointment',
    make: () => ({ ehr: remembering() }),
  },
  {
    name: 'early watermark',
    about: 'the mark of a sweep moves before its work is done',
    make: () =>
      other('sweep', 'sweeps', (table, now) => ({
        async get(partitionKey, rowKey) {
          const before = await table.get(partitionKey, rowKey)
          const at = now().toISOString()
          const epoch = rowKey.endsWith('family') ? '1|L1' : '1|L2'
          await table.put({ partitionKey, rowKey, schema: 1, epoch, baselineAt: at, sweptAt: at })
          return before
        },
      })),
  },
  {
    name: 'lost index',
    about: 'a visit is looked for in its own day only, not where it lay before',
    make: () =>
      other('sweep', 'visitindex', () => ({
        get: async () => undefined,
        insert: async () => ok({ etag: '' }),
      })),
  },
  {
    name: 'awake at night',
    about: 'quiet hours are kept by the sweeps and not by the sends',
    make: () => ({
      site: (kind, site) =>
        kind === 'deliver'
          ? { ...site, texts: { ...site.texts, quietHours: { from: '00:00', to: '00:00' } } }
          : site,
    }),
  },
  {
    name: 'deaf to STOP',
    about: 'opt-outs are kept and not looked at',
    make: () => ({
      numbers: (book) => ({
        ...book,
        lately: async (...given) => ({ ...(await book.lately(...given)), isOptedOut: () => false }),
      }),
    }),
  },
  {
    name: 'late record wins',
    about: 'the record of a send is written over the delivery report that overtook it',
    make: () =>
      other('deliver', 'visits', (table) => ({
        replace: async (row) => {
          await table.put(row)
          return ok({ etag: '' })
        },
      })),
  },
  {
    name: 'always a first look',
    about: 'the mark of the last sweep is never found, so that every look is a baseline',
    make: () => other('sweep', 'sweeps', () => ({ get: async () => undefined })),
  },
]
