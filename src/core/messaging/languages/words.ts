/**
 * The texts of one language. `{when}`, `{link}` and `{optOut}` are put in; the rest, the line on opting out and the longest
 * `{when}` (31 units in English, 37 in Spanish, 30 in French) together have 87 units of GSM-7, so that with the longest
 * link (73 characters) a text stays one segment. Accents that the alphabet lacks may be written here; they are taken off
 * when a text is composed. Each ends with `{link} {optOut}`: what is before may be worded by a site (wording.ts).
 */
export type TextWords = {
  readonly booked: string
  readonly moved: string
  readonly cancelled: string
  readonly not_video: string
  readonly reminder: string
}

/** How to stop the texts: by an answer, or, where the sender takes no answers, on the page behind the link. */
export type OptOutWords = { readonly reply: string; readonly link: string }
