/** Why Microsoft Graph could not tell something, by the failure's code, for the line beside what is not known. */
const WORDS: Readonly<Record<string, string>> = {
  graph_permission_missing: 'The permission for it is not granted yet.',
  graph_throttled: 'Microsoft asked us to slow down. Try again in a minute.',
  graph_unavailable: 'Microsoft did not answer. Try again in a minute.',
}

export function graphWords(code: string | undefined): string {
  return (code !== undefined && WORDS[code]) || 'Microsoft did not accept the question.'
}
