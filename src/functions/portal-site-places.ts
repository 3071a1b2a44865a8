import type { Place } from '../core/ehr/find-places.ts'
import { wordsOf } from '../core/failures.ts'
import type { Result } from '../core/result.ts'
import { LOCATION_ID } from '../core/sites/department-id.ts'
import { type SettingsInput, words } from '../core/sites/settings/input.ts'
import type { Site } from '../core/sites/site.ts'
import type { PlacesModel } from '../pages/portal/site/model.ts'
import type { PortalCall } from './portal-route.ts'

/** More ids than this nobody looks at. */
const MOST_IDS = 200

/**
 * Looks places up in the EHR by the system account as it is saved: names of the ids that were typed or entered, or
 * places by their name where the EHR has that search.
 */
export async function lookUpPlaces(
  { app, log }: PortalCall,
  site: Site,
  input: SettingsInput,
  text: string,
): Promise<PlacesModel> {
  const entered = input.departments.flatMap(({ locations }) => words(locations)).slice(0, MOST_IDS)
  const none = (problem: string): PlacesModel => ({ text, found: [], names: {}, problem })
  const connection = await app.systemConnection(site)
  if (!connection.ok) {
    log('places_refused', { code: connection.failure.code, detail: connection.failure.detail })
    const { title, next } = wordsOf(connection.failure)
    return none(`The system account could not sign in: ${title}. ${next[0] ?? ''}`)
  }
  const { placesById, placesByName } = await import('../core/ehr/find-places.ts')
  const asked = words(text)
  // Ids of EHRs have a digit somewhere; names of places hardly ever are one word with one.
  const ids = asked.every((word) => LOCATION_ID.test(word) && /\d/.test(word))
    ? asked.slice(0, MOST_IDS)
    : undefined
  const known =
    entered.length === 0 ? undefined : await placesById(connection.value, entered.filter(isId), app.now())
  const found: Result<Place[], string> | undefined =
    text === ''
      ? undefined
      : ids
        ? await placesById(connection.value, ids, app.now())
        : await placesByName(connection.value, text, app.now())
  const names = Object.fromEntries((known?.ok ? known.value : []).map(({ id, name }) => [id, name]))
  const failed = [found, known].find((answer) => answer && !answer.ok)
  if (failed && !failed.ok && failed.failure.code === 'ehr_refused' && !ids && text !== '')
    return {
      text,
      found: [],
      names,
      problem: 'This EHR does not search places by name. Enter Location ids: their names are shown.',
    }
  if (failed && !failed.ok) {
    log('places_refused', { code: failed.failure.code, detail: failed.failure.detail })
    return { text, found: [], names, problem: wordsOf(failed.failure).what }
  }
  const places = found?.ok ? found.value.filter(({ id }) => !entered.includes(id)) : []
  const unknown = entered.filter((id) => !Object.hasOwn(names, id))
  const problem =
    text !== '' && places.length === 0
      ? 'Nothing was found that is not entered already.'
      : text === '' && entered.length === 0
        ? 'Type a name or Location ids to look for.'
        : text === '' && unknown.length > 0
          ? `The EHR does not know: ${unknown.join(', ')}.`
          : undefined
  return { text, found: places, names, problem }
}

function isId(id: string): boolean {
  return LOCATION_ID.test(id)
}
