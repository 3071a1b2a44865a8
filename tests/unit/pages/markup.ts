/** Enough of HTML to check our own pages: every `<` and `>` of a text or value is escaped, so tags can be cut out. */
export type Tag = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** The page without the content of its inlined stylesheet and scripts. */
export function withoutInlined(html: string): string {
  return html.replace(/(<(style|script)>)[\s\S]*?(<\/\2>)/g, '$1$3')
}

/** Every opening tag of a page, with its attributes. */
export function tags(html: string): Tag[] {
  return [...withoutInlined(html).matchAll(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g)].map((match) => ({
    name: match[1] ?? '',
    attributes: new Map(
      [...(match[2] ?? '').matchAll(/([^\s=/"]+)(?:="([^"]*)")?/g)].map((attribute) => [
        attribute[1] ?? '',
        attribute[2] ?? '',
      ]),
    ),
  }))
}

/** The contents of an inlined element. */
export function inlined(html: string, element: 'style' | 'script'): string[] {
  return [...html.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map((m) => m[1] ?? '')
}

/** What a person reads: text without tags, references resolved. */
export function text(html: string): string {
  return withoutInlined(html)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[ \n]+/g, ' ')
}
