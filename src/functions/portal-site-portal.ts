import type { App } from '../core/app.ts'
import { normalizedBase } from '../core/sites/base-url.ts'
import type { Site } from '../core/sites/site.ts'
import { portalOwner } from '../core/sites/validation/base-owner.ts'

/** What is wrong with a patient portal's base that is new to the site, or undefined. One that stays is not asked again. */
export async function portalBaseProblem(
  { outbound, sites }: Pick<App, 'outbound' | 'sites'>,
  before: Site,
  { tenantId, siteId, fhirBaseUrl, patientLaunch }: Site,
): Promise<string | undefined> {
  if (!patientLaunch) return undefined
  const own = [fhirBaseUrl, before.patientLaunch?.fhirBaseUrl ?? fhirBaseUrl].map(normalizedBase)
  if (own.includes(normalizedBase(patientLaunch.fhirBaseUrl))) return undefined
  const [{ validateBase }, { problemWords }] = await Promise.all([
    import('../core/sites/validation/validate-base.ts'),
    import('../core/sites/validation/problem-words.ts'),
  ])
  const owner = portalOwner(sites, tenantId, siteId)
  const { problem } = await validateBase(patientLaunch.fhirBaseUrl, { outbound, owner, patients: true })
  if (!problem) return undefined
  const { what, next } = problemWords(problem)
  return `${what} ${next}`
}
