/** Initials on a colour that stays the same for a name. */
export function Avatar({ name, large }: { readonly name: string; readonly large?: boolean }) {
  const words = name
    .replace(/^Dr\.?\s+/, '')
    .split(/\s+/)
    .filter(Boolean)
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? '')
    .join('')
  const tone = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6, 0)
  return (
    <span class={`avatar tone-${tone}${large ? ' large' : ''}`} aria-hidden="true">
      {initials.toUpperCase() || 'G'}
    </span>
  )
}
