import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFUSALS } from '../../../sandbox/ehr/refusals.ts'
import { type EhrWithApps, ehrWithApps } from './ehr-app.ts'
import { FHIR_PROVOCATIONS } from './ehr-provocations-fhir.ts'
import { OAUTH_PROVOCATIONS } from './ehr-provocations-oauth.ts'

/** What provokes each row by a raw request, by the row's id. */
const PROVOCATIONS: Record<string, (apps: EhrWithApps) => Promise<Response>> = {
  ...OAUTH_PROVOCATIONS,
  ...FHIR_PROVOCATIONS,
}

let apps: EhrWithApps

beforeAll(async () => {
  apps = await ehrWithApps()
})
afterAll(() => apps.ehr.close())

describe('the EHR refuses as documented', () => {
  it('every row is provoked, and every provocation has a row', () => {
    expect(Object.keys(PROVOCATIONS).sort()).toEqual(REFUSALS.map(({ id }) => id).sort())
  })

  it.each(REFUSALS)('$id: $request', async ({ id, status, body }) => {
    const answer = await PROVOCATIONS[id]?.(apps)
    if (!answer) throw new Error(`nothing provokes ${id}`)
    const said = [
      await answer.text(),
      decodeURIComponent((answer.headers.get('location') ?? '').replaceAll('+', ' ')),
      answer.headers.get('www-authenticate') ?? '',
    ].join('\n')
    expect(answer.status).toBe(status)
    if (body === '') expect(said.trim()).toBe('')
    else expect(said).toContain(body)
  })
})
