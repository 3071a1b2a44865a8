import { randomUUID } from 'node:crypto'
import type { IdentityKeys } from '../keys/identity.ts'
import type { Site } from '../sites/site.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { utcDay } from '../visits/bay.ts'
import { isLaterWord, isStop, type SaidWord } from './words-said.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** So much later than it says a row may come to lie there, at most: its writer may have been held up. */
const HELD_UP = 45 * MINUTE
/** After this time all opt-outs are read anew, whatever the log said. */
const READ_ANEW = 6 * 60 * MINUTE

/** What is known of the numbers of a tenant at this moment. */
export type Lately = {
  isOptedOut(phone: string): boolean
  /** Texts of the last 24 hours: to this number, to numbers that differ from it in the last four digits, to all. */
  textsTo(phone: string): { readonly number: number; readonly prefix: number; readonly tenant: number }
  /** Whether a text was counted already, at an earlier try. */
  isCounted(id: string): boolean
}

/** A text that is about to go out. */
export type NumberedText = {
  /** 12 characters that are the same at every try. */
  readonly id: string
  readonly to: string
  readonly visitKey: string
}

/**
 * What numbers said and how many texts they got, for a hundred recipients at the price of one read: a process remembers, and
 * reads from the tenant's log what came since. Memory is only a copy: what counts lies in the tables.
 */
export type NumberBook = {
  lately(store: Pick<Store, 'tables'>, tenantId: string, now: Date): Promise<Lately>
  /** To be called before the texts go out: a crash then counts one too many, never one too few. */
  note(
    store: Pick<Store, 'tables'>,
    site: Pick<Site, 'tenantId' | 'siteId'>,
    texts: readonly NumberedText[],
    now: Date,
  ): Promise<void>
}

type Page = {
  readonly words: Map<string, SaidWord>
  /** How many texts went where, by the hour; and which texts those were. */
  readonly texts: Map<number, Map<string, number>>
  readonly counted: Set<string>
  readonly seen: Set<string>
  /** When all was read, and when the log was looked at last. */
  readonly readAt: number
  lookedAt: number
}

export function numberBook(identity: IdentityKeys): NumberBook {
  const pages = new Map<string, Page>()
  const numberKey = (tenantId: string, phone: string) => identity.phoneKey(tenantId, phone)
  const prefixKey = (tenantId: string, phone: string) =>
    identity.phoneKey(tenantId, `prefix ${phone.slice(0, -4)}`)

  return {
    async lately(store, tenantId, now) {
      const page = await readPage(store, tenantId, pages.get(tenantId), now)
      pages.set(tenantId, page)
      const hours = [...page.texts].filter(([hour]) => hour > hourOf(now) - 24).map(([, counts]) => counts)
      const count = (key: string) => hours.reduce((sum, counts) => sum + (counts.get(key) ?? 0), 0)
      return {
        isOptedOut(phone) {
          const said = page.words.get(numberKey(tenantId, phone))
          return said !== undefined && isStop(said.word)
        },
        textsTo: (phone) => ({
          number: count(short(numberKey(tenantId, phone))),
          prefix: count(short(prefixKey(tenantId, phone))),
          tenant: count(''),
        }),
        isCounted: (id) => page.counted.has(id),
      }
    },
    async note({ tables }, { tenantId, siteId }, texts, now) {
      const keys = texts.map(
        ({ id, to, visitKey }) =>
          `${id}${short(numberKey(tenantId, to))}${short(prefixKey(tenantId, to))}${visitKey}`,
      )
      if (keys.length === 0) return
      const row = {
        schema: 1 as const,
        type: 'texts' as const,
        at: now.toISOString(),
        siteId,
        numbers: keys.join(' '),
      }
      await tables.numberlog.put({ ...logKeys(tenantId, now), ...row })
    },
  }
}

/** Where a row of the log that is written now lies. */
export function logKeys(tenantId: string, now: Date) {
  return { partitionKey: `${tenantId}|${utcDay(now)}`, rowKey: `${now.toISOString()}|${randomUUID()}` }
}

/** 72 bits: enough to tell the numbers of a day apart. */
function short(key: string): string {
  return key.slice(0, 12)
}

async function readPage(
  { tables }: Pick<Store, 'tables'>,
  tenantId: string,
  known: Page | undefined,
  now: Date,
): Promise<Page> {
  const fresh = known && now.getTime() - known.readAt < READ_ANEW ? known : undefined
  const page: Page = fresh ?? {
    words: new Map(),
    texts: new Map(),
    counted: new Set(),
    seen: new Set(),
    readAt: now.getTime(),
    lookedAt: now.getTime(),
  }
  const from = new Date(fresh ? page.lookedAt - HELD_UP : now.getTime() - DAY)
  const rows: (Row<'numberlog'> & { rowKey: string })[] = []
  // The log first: a word that comes while the opt-outs are read is in one of them.
  for (const day of daysBetween(from, now))
    for await (const row of tables.numberlog.list(`${tenantId}|${day}`, { from: from.toISOString() }))
      rows.push(row)
  if (!fresh)
    for await (const { rowKey, word, at } of tables.optouts.list(tenantId))
      keepWord(page, rowKey, { word, at })
  for (const row of rows) {
    if (page.seen.has(row.rowKey)) continue
    page.seen.add(row.rowKey)
    if (row.type === 'word') keepWord(page, row.phoneKey, { word: row.word, at: row.saidAt })
    else keepTexts(page, row, now)
  }
  page.lookedAt = Math.max(page.lookedAt, now.getTime())
  return page
}

function daysBetween(from: Date, to: Date): string[] {
  const days = [utcDay(from)]
  for (let at = from.getTime() + DAY; utcDay(new Date(at)) <= utcDay(to); at += DAY)
    days.push(utcDay(new Date(at)))
  return days
}

function keepWord(page: Page, phoneKey: string, said: SaidWord): void {
  const known = page.words.get(phoneKey)
  if (!known || isLaterWord(said, known)) page.words.set(phoneKey, said)
}

function keepTexts(page: Page, { at, numbers }: { at: string; numbers: string }, now: Date): void {
  const hour = hourOf(new Date(at))
  for (const old of page.texts.keys()) if (old <= hourOf(now) - 24) page.texts.delete(old)
  const counts = page.texts.get(hour) ?? new Map<string, number>()
  page.texts.set(hour, counts)
  for (const one of numbers.split(' ')) {
    const id = one.slice(0, 12)
    if (page.counted.has(id)) continue
    page.counted.add(id)
    for (const key of [one.slice(12, 24), one.slice(24, 36), '']) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
}

function hourOf(at: Date): number {
  return Math.floor(at.getTime() / 3_600_000)
}

/** So many days back a number's texts are looked through. */
export const TEXTED_DAYS = 14

/** The visits that a number was texted about lately; for a patient who asks for the link, not for every text. */
export async function visitsTexted(
  { tables }: Pick<Store, 'tables'>,
  identity: IdentityKeys,
  tenantId: string,
  phone: string,
  now: Date,
): Promise<{ siteId: string; visitKey: string }[]> {
  const key = short(identity.phoneKey(tenantId, phone))
  const found: { siteId: string; visitKey: string }[] = []
  for (const day of daysBetween(new Date(now.getTime() - TEXTED_DAYS * DAY), now))
    for await (const row of tables.numberlog.list(`${tenantId}|${day}`))
      if (row.type === 'texts')
        for (const one of row.numbers.split(' '))
          if (one.slice(12, 24) === key) found.push({ siteId: row.siteId, visitKey: one.slice(36) })
  return found
}
