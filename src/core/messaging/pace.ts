import type { Row } from '../store/rows.ts'
import type { Stored, Table } from '../store/table.ts'
import { handOut, type Limit, type Place, readTaken, withoutPast, writeTaken } from './slots.ts'

export { isInPlace, type Limit, limitsBut, type Place, SLOT_SECONDS } from './slots.ts'

type Paces = Table<Row<'pace'>>

/** Others were faster so often: asking again a little later is better than asking at once. */
const TRIES = 12
const LATER_SECONDS = 5

/**
 * Takes a place for each of so many messages of one sender. All instances of the app take them from one row under its
 * ETag, so the sender's pace holds however many run.
 * @param sender what the limits are of: a number, or all e-mail of the deployment.
 * @param deadlines one for each message, in the order in which they should leave.
 * @returns what each got, in that order. Who got a later place brings it along, and checks it by isInPlace.
 */
export async function takePlaces(
  table: Paces,
  sender: string,
  deadlines: readonly Date[],
  limits: readonly Limit[],
  now: Date,
): Promise<Place[]> {
  if (deadlines.length === 0) return []
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await table.get(...keysOf(sender))
    const from = row?.pausedUntil === undefined ? now : new Date(row.pausedUntil)
    const before = withoutPast(readTaken(row?.taken ?? ''), limits, now)
    const { places, taken } = handOut(before, deadlines, limits, now, from)
    if (places.every(({ kind }) => kind !== 'place')) return places
    if (await write(table, sender, row, { taken: writeTaken(taken), ...pause(row, now) })) return places
  }
  const at = new Date(now.getTime() + LATER_SECONDS * 1000)
  return deadlines.map(() => ({ kind: 'ask_again', at }))
}

/** The vendor asked for a pause: no place before it ends, on any instance. */
export async function pauseSender(table: Paces, sender: string, until: Date, now: Date): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const row = await table.get(...keysOf(sender))
    const { pausedUntil } = pause(row, now)
    if (pausedUntil !== undefined && Date.parse(pausedUntil) >= until.getTime()) return
    if (await write(table, sender, row, { taken: row?.taken ?? '', pausedUntil: until.toISOString() })) return
  }
}

function pause(row: Row<'pace'> | undefined, now: Date): { pausedUntil?: string } {
  const { pausedUntil } = row ?? {}
  return pausedUntil !== undefined && Date.parse(pausedUntil) > now.getTime() ? { pausedUntil } : {}
}

async function write(
  table: Paces,
  sender: string,
  row: Stored<Row<'pace'>> | undefined,
  columns: Omit<Row<'pace'>, 'schema'>,
): Promise<boolean> {
  const [partitionKey, rowKey] = keysOf(sender)
  const next = { partitionKey, rowKey, schema: 1 as const, ...columns }
  return (row ? await table.replace({ ...next, etag: row.etag }) : await table.insert(next)).ok
}

function keysOf(sender: string): [string, string] {
  return [sender, 'places']
}
