/** What is wrong with a field of a site's texts, by its code (core/sites/texts-check.ts). */
const WORDS: Readonly<Record<string, string>> = {
  wording_empty: 'Write something before the link, or put the usual words back.',
  wording_when: 'Keep {when} exactly once: it becomes the day and the time.',
  wording_placeholder:
    'Only {when} may stand in braces; the link and the line on opting out follow by themselves.',
  wording_link: 'No other web address here: carriers block texts with one, and patients tap the wrong link.',
  wording_too_long: 'Too long: with the longest day, time and link it would be more than two segments.',
  sender_not_yours: 'Choose one of your numbers.',
  countries_missing: 'Choose at least one country.',
  countries_unreached:
    'The chosen number cannot text to all of these countries. Choose others, or another number.',
  lead_time: 'From 5 minutes to 14 days, as a whole number.',
  lead_time_twice: 'This reminder is there already.',
  clock: 'A time such as 21:00.',
  languages_default: 'The language of everybody else must be one of those that are on.',
  clinic_name_missing: 'Enter the name that texts shall begin with.',
  clinic_name_long: 'At most 60 characters.',
  minors_to: 'Choose one of the three.',
  minors_age: 'From 12 to 21.',
  price: 'A price in US dollars such as 0.01.',
}

export function errorWords(code: string | undefined): string | undefined {
  return code === undefined ? undefined : (WORDS[code] ?? 'This cannot be taken.')
}
