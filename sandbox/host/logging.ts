/** Severities in the order of "Configure monitoring for Azure Functions: configure log levels". */
const LEVELS = ['Trace', 'Debug', 'Information', 'Warning', 'Error', 'Critical', 'None'] as const
export type Level = Exclude<(typeof LEVELS)[number], 'None'>

/**
 * One log line. The host's own lines name functions and outcomes only: never a path, a query string, a body or a queue
 * message. What an app logs or throws is its own and passes unchanged, as in Azure.
 */
export type Log = (level: Level, category: string, message: string) => void

/**
 * A log that honours host.json's `logging.logLevel`: the longest key that is a prefix of the category decides,
 * else `default`, else Information.
 */
export function createLog(logLevel: Readonly<Record<string, string>>, write: (line: string) => void): Log {
  const rules = Object.entries(logLevel)
    .filter(([prefix]) => prefix.toLowerCase() !== 'default')
    .map(([prefix, level]) => [prefix.toLowerCase(), rank(level)] as const)
    .sort((a, b) => b[0].length - a[0].length)
  const fallback = Object.entries(logLevel).find(([key]) => key.toLowerCase() === 'default')?.[1]
  const byDefault = rank(fallback ?? 'Information')
  return (level, category, message) => {
    const lower = category.toLowerCase()
    const threshold = rules.find(([prefix]) => lower.startsWith(prefix))?.[1] ?? byDefault
    if (rank(level) < threshold) return
    write(`[${new Date().toISOString()}] ${level} ${category} ${message}`)
  }
}

function rank(level: string): number {
  const index = LEVELS.findIndex((name) => name.toLowerCase() === level.toLowerCase())
  if (index < 0) throw new Error(`host.json: "${level}" is not a log level`)
  return index
}

/** The library names levels in lower case. */
export function levelOf(rpcLevel: string): Level {
  const found = LEVELS.find((name) => name.toLowerCase() === rpcLevel.toLowerCase())
  return found && found !== 'None' ? found : 'Information'
}
