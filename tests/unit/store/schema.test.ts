import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { messageSchemas } from '../../../src/core/store/messages.ts'
import { rowSchemas } from '../../../src/core/store/rows.ts'

const page = readFileSync(new URL('../../../src/core/store/schema.md', import.meta.url), 'utf8')

/** The page's part about one table or queue. */
function partOf(kind: 'Table' | 'Queue', name: string): string {
  return page.split(/^#{1,2} /m).find((part) => part.startsWith(`${kind} \`${name}\``)) ?? ''
}
/** The shapes that a row or message may have, one object each. */
function shapesOf(schema: z.ZodType): z.ZodObject[] {
  return 'options' in schema ? (schema.options as z.ZodObject[]) : [schema as z.ZodObject]
}
/** What the tables of a part name in their first column. */
function namedIn(part: string): string[] {
  const cells = [...part.matchAll(/^\|\s*(`[^|]+`)\s*\|/gm)].map(([, cell]) => cell ?? '')
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name ?? ''))
}
const examplesIn = (part: string) =>
  [...part.matchAll(/^Example: `(\{.+\})`$/gm)].map(([, text]) => JSON.parse(text ?? '') as object)

const tables = Object.entries(rowSchemas).map(([name, schema]) => ({ kind: 'Table' as const, name, schema }))
const queues = Object.entries(messageSchemas).map(([name, schema]) => ({
  kind: 'Queue' as const,
  name,
  schema,
}))
const INDEX_KINDS = ['issuer', 'patientissuer', 'ehrtenant', 'client', 'id', 'removed', 'sender']

describe.each([...tables, ...queues])('$kind $name', ({ kind, name, schema }) => {
  const part = partOf(kind, name)
  const shapes = shapesOf(schema)
  const columns = new Set(shapes.flatMap((shape) => Object.keys(shape.shape)))

  test('is described with every column, and with none besides', () => {
    const named = namedIn(part).filter((column) => name !== 'siteindex' || !INDEX_KINDS.includes(column))
    expect([...new Set(named)].sort()).toEqual([...columns].sort())
  })

  test('has an example of each shape that reads', () => {
    const examples = examplesIn(part)
    for (const shape of shapes)
      expect(examples.some((example) => shape.safeParse(example).success)).toBe(true)
    for (const example of examples)
      expect(schema.safeParse(example), JSON.stringify(example)).toMatchObject({ success: true })
    // Between them the examples show every column that the page does not fold together.
    const shown = new Set(examples.flatMap((example) => Object.keys(example)))
    expect([...columns].filter((column) => !shown.has(column) && !/^json\d$/.test(column))).toEqual([])
  })

  test('says which version its shape has', () => {
    for (const shape of shapes) {
      expect(shape.shape.schema?.safeParse(1).success).toBe(true)
      for (const other of [undefined, 0, 2, '1'])
        expect(shape.shape.schema?.safeParse(other).success).toBe(false)
    }
  })

  if (kind === 'Table')
    test('says its keys and how long it is kept', () => {
      expect(part).toMatch(/\b(Keys|partition)\b/)
      expect(part).toMatch(/\b(Kept|Erased)\b/)
    })
})

test('the page describes no table and no queue that is not there', () => {
  const described = [...page.matchAll(/^## (Table|Queue) `(\w+)`/gm)].map(
    ([, kind, name]) => `${kind} ${name}`,
  )
  expect(described.sort()).toEqual([...tables, ...queues].map(({ kind, name }) => `${kind} ${name}`).sort())
})

test('messages hold no identifier of the EHR, no phone and no name', () => {
  const fields = queues.flatMap(({ schema }) => shapesOf(schema).flatMap((shape) => Object.keys(shape.shape)))
  const known = [
    'schema',
    'tenantId',
    'siteId',
    'departmentId',
    'bay',
    'from',
    'to',
    'at',
    'day',
    'notices',
    'kind',
    'visitKey',
    'pointer',
    'sealed',
    'place',
    'verify',
    'what',
    'tries',
    'orderId',
    'run',
    // The organization's own number.
    'sender',
    'runId',
    // Of the administrator who asked for a test text.
    'sealedPhone',
  ]
  expect(fields.filter((field) => !known.includes(field))).toEqual([])
})
