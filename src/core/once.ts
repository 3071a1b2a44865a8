/** Makes something at the first call and gives the same to all; a failure is tried again by the next call. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    const present = made ?? make()
    made = present
    present.catch(() => {
      if (made === present) made = undefined
    })
    return present
  }
}

/** The same for a value that is made without waiting. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
