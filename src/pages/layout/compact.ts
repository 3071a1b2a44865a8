/** Takes line breaks and indentation out of a constant stylesheet or script, so that no page carries them. */
export function compact(...parts: readonly string[]): string {
  return parts.join('\n').replace(/\s*\n\s*/g, '')
}
