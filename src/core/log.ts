/** What may be logged: names of things, counts, codes. Never a path, a query, a phone, a name, a token or an EHR id. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

/** One line of our own, machine-readable. `event` is a stable name: alerts are written against it. */
export type Log = (event: string, fields?: LogFields) => void

/** @param write where the lines go; in a function that is the invocation's own log. */
export function jsonLog(write: (line: string) => void): Log {
  return (event, fields = {}) => write(JSON.stringify({ event, ...fields }))
}
