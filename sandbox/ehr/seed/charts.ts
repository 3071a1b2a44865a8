/** What sets a chart apart; each of these must be seen before anybody is texted. */
export type Special = 'merged' | 'deceased' | 'minor' | 'opted-out' | 'prefers-texts'

export type Chart = {
  readonly id: string
  readonly family: string
  readonly given: string
  readonly gender: 'female' | 'male' | 'other'
  readonly birthYear: number
  /** `MM-DD` */
  readonly birthday: string
  readonly language: 'en' | 'es' | 'fr' | 'vi' | 'ar' | 'cs' | undefined
  readonly telecom: (today: Date) => fhir4.ContactPoint[]
  readonly special?: Special
  readonly city?: string
  readonly state?: string
}

type Point = fhir4.ContactPoint

export const phone = (value: string, more: Partial<Point> = {}): Point => ({
  system: 'phone',
  value,
  ...more,
})
export const mobile = (value: string, more: Partial<Point> = {}): Point =>
  phone(value, { use: 'mobile', ...more })
export const email = (value: string): Point => ({ system: 'email', value, use: 'home' })
const yearsAgo = (today: Date, years: number): string => `${today.getUTCFullYear() - years}-01-31T00:00:00Z`

/** One chart; `serial` counts from the first chart number of a clinic. */
export const chartOf = (
  serial: number,
  family: string,
  given: string,
  gender: Chart['gender'],
  born: string,
  language: Chart['language'],
  telecom: Point[] | ((today: Date) => Point[]),
  more: Pick<Chart, 'special' | 'city' | 'state'> = {},
): Chart => ({
  id: String(12_724_100 + serial),
  family,
  given,
  gender,
  birthYear: Number(born.slice(0, 4)),
  birthday: born.slice(5),
  language,
  telecom: typeof telecom === 'function' ? telecom : () => telecom,
  ...more,
})

/**
 * Synthetic charts in every shape that telecom comes in. Numbers are of the fictional range 555-0100 to 555-0199 (one
 * of Ofcom's drama range), each given to one person only; 8168888886 is the vendor's own example.
 */
export const CHARTS: readonly Chart[] = [
  chartOf(1, 'García Núñez', 'Alba', 'female', '1984-03-12', 'es', [
    mobile('8165550101'),
    email('alba@example.com'),
  ]),
  chartOf(2, "O'Neill", 'James', 'male', '1971-11-02', 'en', [
    mobile('+1 (816) 555-0102'),
    email('james+bounced@example.com'),
  ]),
  chartOf(3, 'Lefèvre', 'Chloé', 'female', '1990-07-21', 'fr', [
    phone('(816) 555-0103'),
    email('chloe@example.com'),
  ]),
  chartOf(4, 'Nguyễn', 'Thị Hoa', 'female', '1966-01-15', 'vi', [mobile('816-555-0104')]),
  chartOf(5, 'Dubois', 'Renée', 'female', '1958-09-30', 'fr', (today) => [
    mobile('816-555-0105', { period: { end: yearsAgo(today, 2) } }),
    mobile('816-555-0155', { period: { start: yearsAgo(today, 2) } }),
  ]),
  chartOf(6, 'Ibáñez', 'Mateo', 'male', '1979-12-24', 'es', [
    phone('8165550106', { use: 'home', rank: 2 }),
    mobile('8165550156', { rank: 1 }),
    phone('8165550186', { use: 'work', rank: 3 }),
  ]),
  chartOf(7, 'Kowalski', 'Ruth', 'female', '1944-05-06', 'en', [phone('816-555-0107', { use: 'home' })]),
  chartOf(8, 'Price', 'Walter', 'male', '1950-02-17', 'en', [mobile('5550108')]),
  chartOf(9, 'Bergström', 'Zoë', 'female', '1995-08-08', 'en', [email('zoe@example.com')]),
  chartOf(10, 'Weiss', 'Hannah', 'female', '1988-10-10', 'en', [
    phone('8168888886', { use: 'home', rank: 1 }),
  ]),
  chartOf(11, 'Adeyemi', 'Samuel', 'male', '1982-04-19', 'en', [mobile('1-816-555-0111')]),
  chartOf(
    12,
    'Peña',
    'Lucía',
    'female',
    '1999-06-01',
    'es',
    [mobile('816.555.0112'), email('lucia@example.com')],
    {
      special: 'prefers-texts',
    },
  ),
  chartOf(13, 'Gagné', 'Étienne', 'male', '1976-03-03', 'fr', [mobile('+18165550113')]),
  chartOf(14, 'Ortega', 'Marisol', 'female', '1969-07-14', 'es', [mobile('8165550114')], {
    special: 'opted-out',
  }),
  chartOf(15, 'Crawford', 'Edith', 'female', '1931-01-09', 'en', [mobile('8165550115')], {
    special: 'deceased',
  }),
  chartOf(16, 'Brandt', 'Olivia', 'female', '2016-02-11', 'en', [mobile('8165550116')], { special: 'minor' }),
  chartOf(17, 'Garcia', 'Alba N', 'female', '1984-03-12', 'es', [mobile('8165550117')], {
    special: 'merged',
  }),
  chartOf(18, 'Ñandú', 'Tomás', 'male', '1992-09-09', 'es', [mobile('+1 816 555 0118')]),
  chartOf(19, 'Raman', 'Priya', 'female', '1987-12-05', undefined, [
    phone('(816)5550119'),
    email('priya@example.com'),
  ]),
  chartOf(20, 'Côté', 'Amélie', 'female', '2001-05-28', 'fr', [mobile('8165550120')]),
  chartOf(21, 'Dvořák', 'Jan', 'male', '1963-11-11', 'cs', [mobile('8165550121')]),
  chartOf(22, 'Lindqvist', 'Grace', 'female', '1974-08-23', 'en', [
    phone('8165550172', { use: 'old' }),
    mobile('8165550122'),
    phone('8165550192', { use: 'work' }),
  ]),
  chartOf(23, 'Whitcombe', 'Rosa', 'female', '1980-10-31', 'en', [mobile('+44 7700 900123')]),
  chartOf(24, 'حداد', 'عمر', 'male', '1985-02-02', 'ar', [mobile('(415) 555-0124')], {
    city: 'San Francisco',
    state: 'CA',
  }),
]
