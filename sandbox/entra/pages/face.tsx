const HUES = 6

/** Round initials in a colour that stays with the person. Decoration: the name stands beside it. */
export function Face({ name, id }: { name: string; id: string }) {
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES
  return (
    <span class={`face hue${hue}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** First letters of the first two words, leaving out a title behind a comma: "Maya Okafor, MD" is MO. */
function initials(name: string): string {
  const [person = ''] = name.split(',')
  const words = person.split(' ').filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('')
}

/** A sign-in name that breaks at its @ where the line is short. */
export function SignInName({ upn }: { upn: string }) {
  const [name, domain] = upn.split('@')
  return (
    <span class="upn">
      {name}
      <wbr />@{domain}
    </span>
  )
}
