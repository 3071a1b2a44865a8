/**
 * Works on all items, at most so many at once. An item that throws holds up no other: all are worked on, then the first
 * error is thrown.
 * @returns what became of each, in the order of the items.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const settled = await settleInParallel(items, atOnce, work)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

/** The same, with what was thrown as a value: for work whose finished part must be recorded all the same. */
export async function settleInParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
  const settled: PromiseSettledResult<R>[] = new Array(items.length)
  const queue = items.entries()
  const worker = async () => {
    for (const [at, item] of queue)
      settled[at] = await work(item).then(
        (value) => ({ status: 'fulfilled', value }) as const,
        (reason: unknown) => ({ status: 'rejected', reason }) as const,
      )
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
  return settled
}

/**
 * Works through what is read row by row, without holding more of it than one batch.
 * @returns of how many rows the work said that it did something.
 */
export async function inBatches<T>(
  rows: AsyncIterable<T>,
  { size, atOnce }: { readonly size: number; readonly atOnce: number },
  work: (row: T) => Promise<boolean>,
): Promise<number> {
  let done = 0
  let batch: T[] = []
  const flush = async () => {
    done += (await inParallel(batch, atOnce, work)).filter(Boolean).length
    batch = []
  }
  for await (const row of rows) {
    batch.push(row)
    if (batch.length === size) await flush()
  }
  await flush()
  return done
}
