const address = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g

/** Text with its addresses as links, opened as a phone would: on their own. */
export function Linked({ text }: { text: string }) {
  const parts: unknown[] = []
  let end = 0
  for (const match of text.matchAll(address)) {
    parts.push(text.slice(end, match.index))
    parts.push(
      <a href={match[0]} target="_blank" rel="noopener">
        {match[0]}
      </a>,
    )
    end = match.index + match[0].length
  }
  parts.push(text.slice(end))
  return <>{parts}</>
}
