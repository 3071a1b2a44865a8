/** What an e-mail of one kind says. `{when}` is put in where the sentence has it. */
export type KindWords = { readonly subject: string; readonly lead: string }

/** The e-mails of one language. */
export type EmailWords = {
  readonly booked: KindWords
  readonly moved: KindWords
  readonly cancelled: KindWords
  readonly not_video: KindWords
  readonly reminder: KindWords
  readonly summary: string
  readonly open: string
  readonly linkNote: string
  readonly callClinic: string
  readonly emergency: string
}
