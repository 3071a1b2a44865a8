import { z } from 'zod'
import { jsonOf } from '../../smart/answer.ts'
import type { Check, Run } from '../check.ts'
import { failed, pass, warn } from '../line.ts'

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.object({ resource: z.object({ resourceType: z.string(), id: z.string() }).optional() }))
    .default([]),
})

const AT_ONCE = 50
const NAMED = 8

/** A search by an id that nobody has finds nothing and says nothing: each location is looked up by itself. */
export const locations: Check = {
  id: 'locations',
  after: ['appointment_search'],
  async run(run) {
    const departments = run.site.departments.filter(({ on }) => on)
    const wanted = [...new Set(departments.flatMap(({ locationIds }) => locationIds))]
    const known = new Set<string>()
    for (let at = 0; at < wanted.length; at += AT_ONCE) {
      const found = await lookUp(run, wanted.slice(at, at + AT_ONCE))
      if (typeof found === 'number') {
        return warn(
          'ehr_locations_unreadable',
          `The locations could not be looked up (status ${found || 'none'}).`,
          'Ask the EHR team to add system/Location.read to the system account, or compare the location ids yourself.',
        )
      }
      for (const id of found) known.add(id)
    }
    const unknown = departments.flatMap(({ name, locationIds }) =>
      locationIds.filter((id) => !known.has(id)).map((id) => `${id} (${name})`),
    )
    if (unknown.length === 0)
      return pass(wanted.length === 1 ? 'The location exists.' : `All ${wanted.length} locations exist.`)
    const more = unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : ''
    return failed(
      'ehr_location_unknown',
      `The EHR does not know these locations: ${unknown.slice(0, NAMED).join(', ')}${more}.`,
      'Compare the ids with the EHR team and mend the departments of this site. Location ids are FHIR ids, not names.',
    )
  },
}

/** The ids that exist, or the status of the refusal (0 = no answer). */
async function lookUp({ site, ports, facts }: Run, ids: readonly string[]): Promise<string[] | number> {
  const base = site.fhirBaseUrl.replace(/\/+$/, '')
  const url = `${base}/Location?_id=${ids.map(encodeURIComponent).join(',')}&_count=${AT_ONCE}`
  try {
    const answer = await ports.outbound.fetch(url, {
      headers: { accept: 'application/fhir+json', authorization: `Bearer ${facts.accessToken}` },
      redirect: 'manual',
    })
    const parsed = bundle.safeParse(jsonOf(await answer.text()))
    if (!answer.ok || !parsed.success) return answer.status
    return parsed.data.entry.flatMap(({ resource }) =>
      resource?.resourceType === 'Location' ? [resource.id] : [],
    )
  } catch {
    return 0
  }
}
