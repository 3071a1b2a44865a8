/**
 * The texts of one language. `{when}` and `{link}` are put in; everything else together has 87 units of GSM-7, so that
 * with the longest link (73 characters) a text stays one segment.
 */
export type TextWords = {
  readonly booked: string
  readonly moved: string
  readonly cancelled: string
  readonly not_video: string
  readonly reminder: string
}
