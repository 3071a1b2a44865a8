import { createHash } from 'node:crypto'

/**
 * What was read, and which version of it. A form carries the version back, so that of two administrators who edit at
 * once the second is told instead of overwriting the first.
 */
export type Versioned<T> = { readonly value: T; readonly version: string }

/** A short name of a row's ETag; `none` stands for a row that does not exist yet. */
export const NOT_YET = 'none'
export function versionOf(etag: string | undefined): string {
  return etag === undefined ? NOT_YET : createHash('sha256').update(etag).digest('base64url').slice(0, 16)
}
