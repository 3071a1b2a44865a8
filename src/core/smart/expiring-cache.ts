import type { Result } from '../result.ts'

export type Kept<T> = { readonly value: T; readonly until: Date }

/**
 * Keeps what was loaded until it expires, loads once for all who ask meanwhile, and never keeps a failure: an outage
 * of a minute must not last an hour. It saves calls within one process; nothing depends on it.
 */
export type ExpiringCache<T, C extends string> = {
  get(key: string, now: Date, load: () => Promise<Result<Kept<T>, C>>): Promise<Result<T, C>>
  /** Loads although something is kept; that stays where the loading fails. */
  renew(key: string, load: () => Promise<Result<Kept<T>, C>>): Promise<Result<T, C>>
  forget(key: string): void
}

export function createExpiringCache<T, C extends string>(most = 1_000): ExpiringCache<T, C> {
  const kept = new Map<string, Kept<T>>()
  const loading = new Map<string, Promise<Result<T, C>>>()

  async function loaded(
    key: string,
    load: () => Promise<Result<Kept<T>, C>>,
    current: () => boolean,
  ): Promise<Result<T, C>> {
    const result = await load()
    if (!result.ok) return result
    // Something forgotten while it was being loaded stays forgotten.
    if (current()) {
      kept.delete(key)
      const oldest = kept.size >= most ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      kept.set(key, result.value)
    }
    return { ok: true, value: result.value.value }
  }

  function renew(key: string, load: () => Promise<Result<Kept<T>, C>>): Promise<Result<T, C>> {
    const underWay = loading.get(key)
    if (underWay) return underWay
    const started: Promise<Result<T, C>> = loaded(key, load, () => loading.get(key) === started).finally(
      () => {
        if (loading.get(key) === started) loading.delete(key)
      },
    )
    loading.set(key, started)
    return started
  }

  return {
    renew,
    async get(key, now, load) {
      const found = kept.get(key)
      if (found !== undefined && now.getTime() < found.until.getTime())
        return { ok: true, value: found.value }
      return renew(key, load)
    },
    forget(key) {
      kept.delete(key)
      loading.delete(key)
    },
  }
}
