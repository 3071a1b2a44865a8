/**
 * The texts of one language. `{when}` and `{link}` are put in; the rest and the longest `{when}` (31 units in English,
 * 37 in Spanish, 30 in French) together have 87 units of GSM-7, so that with the longest link (73 characters) a text
 * stays one segment. Accents that the alphabet lacks may be written here; they are taken off when a text is composed.
 */
export type TextWords = {
  readonly booked: string
  readonly moved: string
  readonly cancelled: string
  readonly not_video: string
  readonly reminder: string
  /** `{when}` is when the visit is expected to begin now. */
  readonly late: string
  /** A link that somebody at the clinic sent by hand: to the patient, to a guest. */
  readonly link: string
  readonly guest: string
}
