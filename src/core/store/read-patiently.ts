/**
 * Reads rows for somebody who waits. A query that the storage looks through for long without finding anything comes back to
 * nobody until it did: the clock is asked beside it, not only between two rows.
 * @param left milliseconds that are left; asked before each row.
 * @param each takes a row; false ends the reading.
 * @returns whether all was read, `each` had enough, or the time was up.
 */
export async function readPatiently<T>(
  rows: AsyncIterable<T>,
  left: () => number,
  each: (row: T) => boolean,
): Promise<'all' | 'enough' | 'late'> {
  const iterator = rows[Symbol.asyncIterator]()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, left()), 'late')
  })
  try {
    while (left() > 0) {
      const next = await Promise.race([iterator.next(), late])
      if (next === 'late') return 'late'
      if (next.done) return 'all'
      if (!each(next.value)) return 'enough'
    }
    return 'late'
  } finally {
    clearTimeout(timer)
    // Not waited for: it comes after the answer that nobody waits for any more.
    iterator.return?.().catch(() => {})
  }
}
