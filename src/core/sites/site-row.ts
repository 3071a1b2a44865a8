import type { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import type { Row } from '../store/rows.ts'
import { type Site, siteSchema } from './site.ts'

/** Characters; a column of a table holds 32,768 (64 KiB in UTF-16: "Understanding the Table service data model"). */
const PART = 32_000
const COLUMNS = ['json', 'json2', 'json3', 'json4', 'json5', 'json6', 'json7', 'json8', 'json9'] as const

/** A site as its row holds it: a clinic with hundreds of departments takes several columns. */
export function siteColumns(site: Site): Result<Row<'sites'>, 'site_too_large'> {
  const text = JSON.stringify(site)
  const parts = COLUMNS.map((name, index) => [name, text.slice(index * PART, (index + 1) * PART)] as const)
  if (text.length > COLUMNS.length * PART) return fail('site_too_large')
  const filled = Object.fromEntries(parts.filter(([, part]) => part !== ''))
  return ok({ schema: 1, json: '', ...filled })
}

/** Throws where the row does not hold a site; the error names fields, never what they hold. */
export function siteOf(row: Row<'sites'>): Site {
  return parsed(siteSchema, COLUMNS.map((name) => row[name] ?? '').join(''), 'sites')
}

/** Reads a row's JSON. Neither JSON.parse's words nor zod's get out: they may quote what was stored. */
export function parsed<S extends z.ZodType>(schema: S, text: string, table: string): z.infer<S> {
  let from: unknown
  try {
    from = JSON.parse(text)
  } catch {
    throw new Error(`a row of table ${table} does not hold JSON`)
  }
  const result = schema.safeParse(from)
  if (result.success) return result.data
  const paths = result.error.issues.map((issue) => issue.path.join('.') || 'the whole row')
  throw new Error(`a row of table ${table} does not fit its type: ${paths.join(', ')}`)
}
