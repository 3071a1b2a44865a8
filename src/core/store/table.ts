import type { TableClient, TransactionAction } from '@azure/data-tables'
import type { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'

export type RowKeys = { readonly partitionKey: string; readonly rowKey: string }
export type Stored<Row> = Row & RowKeys & { readonly etag: string }

/** `row_conflict`: it exists already. `row_changed`: somebody wrote it since it was read. `row_missing`: it is gone. */
export type RowFailure = 'row_conflict' | 'row_changed' | 'row_missing'

export type RowAction<Row> =
  | { readonly kind: 'insert'; readonly row: Row & RowKeys }
  | { readonly kind: 'replace'; readonly row: Stored<Row> }
  | { readonly kind: 'put'; readonly row: Row & RowKeys }
  /** Whatever is there now: the SDK's transactions know no condition for it. */
  | { readonly kind: 'remove'; readonly row: RowKeys }

export type PartitionRange = { readonly from: string; readonly to: string }

/** What a column must say; a row without the column fits no condition. Texts compare as texts, so ISO instants do too. */
export type Condition<Row> = {
  readonly column: KeyOf<Row>
  readonly is: 'eq' | 'ne' | 'gt' | 'lt'
  readonly value: string
}
/** Of a union, the columns of each of its members. */
type KeyOf<Row> = Row extends unknown ? keyof Row & string : never

/** Which rows of a range of partitions: from a row key on, and where one of these lists of conditions holds as a whole. */
export type RowChoice<Row> = {
  readonly from?: string
  readonly where?: readonly (readonly Condition<Row>[])[]
}

/** A table whose rows are parsed when read: a row of a later release or a damaged one is an error, never half a row. */
export type Table<Row> = {
  readonly name: string
  get(partitionKey: string, rowKey: string): Promise<Stored<Row> | undefined>
  /** Rows of one partition, in the order of their row keys; `from` inclusive, `to` exclusive. */
  list(partitionKey: string, range?: { from?: string; to?: string }): AsyncIterable<Stored<Row>>
  /** Only the keys, of partitions from `from` (inclusive) to `to` (exclusive), unparsed: what is to be erased goes. */
  keys(range: PartitionRange): AsyncIterable<RowKeys>
  /** The keys of every row whose column has this value: looks at the whole table. */
  keysWhere(column: string & keyof Row, value: string): AsyncIterable<RowKeys>
  /** The first partition from `from` (inclusive) to `to` (exclusive) that holds a row. */
  firstPartition(range: PartitionRange): Promise<string | undefined>
  /**
   * Rows of all partitions from `from` (inclusive) to `to` (exclusive), partition by partition. The storage chooses: what
   * does not fit is not sent here.
   */
  across(range: PartitionRange, choice?: RowChoice<Row>): AsyncIterable<Stored<Row>>
  /** Every row of the table. For configuration tables, which are small; never for visits. */
  all(): AsyncIterable<Stored<Row>>
  insert(row: Row & RowKeys): Promise<Result<Written, RowFailure>>
  /** Writes only over the very version that was read. */
  replace(row: Stored<Row>): Promise<Result<Written, RowFailure>>
  /** Writes whatever was there before. */
  put(row: Row & RowKeys): Promise<void>
  /**
   * @param etag removes the very version that was read and no other; a row that is gone already is no matter.
   * @returns whether it was removed by this.
   */
  remove(keys: RowKeys, etag?: string): Promise<boolean>
  /** One entity-group transaction: at most 100 rows of one partition, all or none. */
  transact(actions: readonly RowAction<Row>[]): Promise<Result<readonly Written[], RowFailure>>
}

/** The version that a row has now; who goes on with it need not read it again. */
export type Written = { readonly etag: string }

/** "Querying tables and entities": a $filter takes no more discrete comparisons. */
const COMPARISONS = 15

export function table<S extends z.ZodType<object>>(client: TableClient, schema: S): Table<z.infer<S>> {
  type Row = z.infer<S>
  const parse = (entity: object): Stored<Row> => {
    const { partitionKey, rowKey, etag, ...rest } = entity as RowKeys & { etag: string }
    const parsed = schema.safeParse(rest)
    // The keys are pseudonyms, the values may not be: only the names of the columns are told.
    if (!parsed.success)
      throw new Error(
        `a row of table ${client.tableName} does not fit its schema: ${parsed.error.issues
          .map((issue) => issue.path.join('.'))
          .join(', ')}`,
      )
    return { ...(parsed.data as Row), partitionKey, rowKey, etag }
  }
  const entity = (row: Row & RowKeys) => {
    const { etag: _etag, partitionKey, rowKey, ...columns } = row as Stored<Row>
    return { partitionKey, rowKey, ...(schema.parse(columns) as object) }
  }
  const action = (a: RowAction<Row>): TransactionAction => {
    if (a.kind === 'insert') return ['create', entity(a.row)]
    if (a.kind === 'put') return ['upsert', entity(a.row), 'Replace']
    if (a.kind === 'remove') return ['delete', { partitionKey: a.row.partitionKey, rowKey: a.row.rowKey }]
    return ['update', entity(a.row), 'Replace', { etag: a.row.etag }]
  }
  async function* list(filter: string | undefined): AsyncIterable<Stored<Row>> {
    const pages = client.listEntities(filter === undefined ? {} : { queryOptions: { filter } }).byPage()
    for await (const page of pages) for (const found of page) yield parse(found)
  }
  async function* keysOf(filter: string, maxPageSize?: number): AsyncIterable<RowKeys> {
    const queryOptions = { filter, select: ['PartitionKey', 'RowKey'] }
    const pages = client.listEntities({ queryOptions }).byPage(maxPageSize ? { maxPageSize } : {})
    for await (const page of pages)
      for (const { partitionKey, rowKey } of page)
        if (partitionKey !== undefined && rowKey !== undefined) yield { partitionKey, rowKey }
  }
  const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`
  const between = ({ from, to }: PartitionRange) =>
    `PartitionKey ge ${quoted(from)} and PartitionKey lt ${quoted(to)}`
  return {
    name: client.tableName,
    async get(partitionKey, rowKey) {
      const found = await settle(client.getEntity(partitionKey, rowKey))
      return found.ok ? parse(found.value) : undefined
    },
    list(partitionKey, { from, to } = {}) {
      const parts = [`PartitionKey eq ${quoted(partitionKey)}`]
      if (from !== undefined) parts.push(`RowKey ge ${quoted(from)}`)
      if (to !== undefined) parts.push(`RowKey lt ${quoted(to)}`)
      return list(parts.join(' and '))
    },
    keys: (range) => keysOf(between(range)),
    keysWhere: (column, value) => keysOf(`${column} eq ${quoted(value)}`),
    async firstPartition(range) {
      for await (const { partitionKey } of keysOf(between(range), 1)) return partitionKey
      return undefined
    },
    across(range, { from, where } = {}) {
      const parts = [between(range)]
      if (from !== undefined) parts.push(`RowKey ge ${quoted(from)}`)
      if (where !== undefined) {
        if (parts.length + 1 + where.flat().length > COMPARISONS)
          throw new Error(`a query holds at most ${COMPARISONS} comparisons`)
        const all = where.map((one) => one.map((c) => `${c.column} ${c.is} ${quoted(c.value)}`).join(' and '))
        parts.push(`(${all.map((one) => `(${one})`).join(' or ')})`)
      }
      return list(parts.join(' and '))
    },
    all: () => list(undefined),
    insert: (row) => settle(client.createEntity(entity(row)).then(written)),
    replace: (row) => settle(client.updateEntity(entity(row), 'Replace', { etag: row.etag }).then(written)),
    async put(row) {
      await client.upsertEntity(entity(row), 'Replace')
    },
    async remove({ partitionKey, rowKey }, etag) {
      const options = etag === undefined ? {} : { etag }
      return (await settle(client.deleteEntity(partitionKey, rowKey, options))).ok
    },
    transact: (actions) =>
      actions.length === 0
        ? Promise.resolve(ok([]))
        : settle(
            client
              .submitTransaction(actions.map(action))
              .then(({ subResponses }) => subResponses.map(written)),
          ),
  }
}

/** What was removed has no version any more. */
function written({ etag = '' }: { readonly etag?: string }): Written {
  return { etag }
}

/** Turns the three answers that are part of the plan into values; anything else is the storage in trouble and thrown. */
async function settle<T>(call: Promise<T>): Promise<Result<T, RowFailure>> {
  try {
    return ok(await call)
  } catch (error) {
    const { statusCode, code, details } = error as {
      statusCode?: number
      code?: string
      details?: { odataError?: { code?: string } }
    }
    if (statusCode === 409) return fail('row_conflict')
    if (statusCode === 412) return fail('row_changed')
    // A missing table is a storage account that was set up wrongly. A transaction has the code elsewhere than a call.
    const missingTable = [code, details?.odataError?.code].includes('TableNotFound')
    if (statusCode === 404 && !missingTable) return fail('row_missing')
    throw error
  }
}
