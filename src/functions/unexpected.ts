/** What may be told of a thrown error: its kind and codes. Its message may hold what somebody sent, and stays out. */
export function errorName(error: unknown): string {
  const { name, code, statusCode } = error as { name?: string; code?: string; statusCode?: number }
  return [name ?? 'Error', code, statusCode].filter((part) => part !== undefined).join(' ')
}

/** Where it was thrown: a function and a file's name, no folders. */
export function firstFrame(error: unknown): string | undefined {
  const frame = (error as Error | undefined)?.stack?.split('\n').find((line) => /^\s+at /.test(line))
  return frame?.trim().replace(/\(?(?:file:\/\/)?\/\S*\/([^/]+)\)?$/, '$1')
}
