import { type Chart, chartOf, email, mobile, phone } from './charts.ts'
import type { ClinicSeed } from './clinic.ts'
import { locations, type Place } from './locations.ts'
import { type Person, practitioners } from './practitioners.ts'

const PLACES: readonly Place[] = [
  ['40118203', 'Woodgrove Internal Medicine', 'Denver'],
  ['40118204', "Woodgrove Women's Health", 'Aurora'],
  ['40118219', 'Foothills Telehealth', 'Boulder'],
]

/** Haddad and Brooks have accounts of the same names in the sandbox's second Microsoft tenant; Stone has none. */
const CLINICIANS: readonly Person[] = [
  ['6310402', 'Haddad', 'Omar', 'MD', 'ohaddad'],
  ['6310417', 'Brooks', 'Leah', 'NP', 'lbrooks'],
  ['6310433', 'Stone', 'Marcus', 'MD', 'mstone'],
]

/** Synthetic charts with fictional numbers of two Colorado area codes. */
const CHARTS: readonly Chart[] = [
  chartOf(501, 'Herrera', 'Camila', 'female', '1986-04-02', 'es', [mobile('3035550131')], {
    city: 'Denver',
    state: 'CO',
  }),
  chartOf(502, 'Whitaker', 'Daniel', 'male', '1973-09-18', 'en', [mobile('(303) 555-0132')], {
    city: 'Denver',
    state: 'CO',
  }),
  chartOf(503, 'Moreau', 'Jeanne', 'female', '1951-12-01', 'fr', [phone('303-555-0133')], {
    city: 'Aurora',
    state: 'CO',
  }),
  chartOf(
    504,
    'Yazzie',
    'Lena',
    'female',
    '1998-02-27',
    'en',
    [mobile('+1 720 555 0134'), email('lena@example.com')],
    { city: 'Boulder', state: 'CO' },
  ),
  chartOf(505, 'Osei', 'Kwame', 'male', '1964-06-11', 'en', [mobile('720.555.0135')], {
    city: 'Denver',
    state: 'CO',
  }),
  chartOf(506, 'Salazar', 'Inés', 'female', '1990-10-30', 'es', [mobile('3035550136')], {
    city: 'Denver',
    state: 'CO',
    special: 'opted-out',
  }),
  chartOf(507, 'Frost', 'Harold', 'male', '1938-01-22', 'en', [email('harold@example.com')], {
    city: 'Golden',
    state: 'CO',
  }),
  chartOf(508, 'Lindgren', 'Astrid', 'female', '1982-08-05', 'en', [mobile('3035550138')], {
    city: 'Boulder',
    state: 'CO',
  }),
  chartOf(509, 'Tran', 'Minh', 'male', '1979-03-14', 'vi', [mobile('7205550139')], {
    city: 'Aurora',
    state: 'CO',
  }),
  chartOf(510, 'Bennett', 'Ruby', 'female', '1947-05-19', 'en', [mobile('3035550140')], {
    city: 'Denver',
    state: 'CO',
    special: 'deceased',
  }),
  chartOf(511, 'Castillo', 'Andrés', 'male', '2002-07-07', 'es', [mobile('3035550141')], {
    city: 'Denver',
    state: 'CO',
  }),
]

/** A second customer of the EHR, in Mountain time: nothing of it is set up when the sandbox starts. */
export const WOODGROVE = (): ClinicSeed => ({
  charts: CHARTS,
  practitioners: practitioners(CLINICIANS),
  locations: locations(PLACES, 'America/Denver'),
  relatedPersons: [],
})
