import { createHash } from 'node:crypto'

/**
 * Identifiers that look random and are not: the same seed and the same order of calls give the same values, so that a
 * run can be repeated and a restarted sandbox hands out the same join URL for the same meeting.
 */
export type Identifiers = {
  /** A GUID from the given parts. */
  guid(...parts: string[]): string
  /** A GUID that differs at every call. */
  next(): string
  /** Digits from the given parts, as a dial-in conference id has them. */
  digits(length: number, ...parts: string[]): string
}

export function identifiers(seed: string): Identifiers {
  let serial = 0
  const digest = (parts: string[]) => createHash('sha256').update([seed, ...parts].join('\n'))
  const guid = (...parts: string[]) => {
    const hex = digest(parts).digest('hex')
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-')
  }
  return {
    guid,
    next: () => guid('serial', String(serial++)),
    digits: (length, ...parts) =>
      [...digest(['digits', ...parts]).digest()]
        .map((byte) => String(byte % 10))
        .join('')
        .slice(0, length),
  }
}
