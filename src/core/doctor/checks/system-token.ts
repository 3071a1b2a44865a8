import { ehr } from '../../ehr/ehr.ts'
import type { Failure } from '../../result.ts'
import { ownClient } from '../../sites/own-client.ts'
import { createBackendTokens } from '../../smart/backend-token.ts'
import { split } from '../../smart/scopes.ts'
import type { SmartSite } from '../../smart/types.ts'
import type { Check, Run } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, type Outcome, pass, skip } from '../line.ts'

/** A new token of the system account, past every cache (SMART App Launch 2.2.0, "Backend Services"). */
export const systemToken: Check = {
  id: 'system_token',
  after: ['auth_methods'],
  async run(run) {
    const { site, facts } = run
    const { smartSite } = facts
    if (!site.system) {
      return skip(
        'This site has no system account: visits work by the clinician’s launch, and nobody is texted.',
      )
    }
    if (site.system.clientId === '') {
      return failed(
        'system_client_missing',
        'The client id of the system account is missing.',
        'Give the EHR team the system account’s record, and enter the client id that they send back.',
      )
    }
    if (!smartSite) throw new Error('the site was not described')
    const whole = await tokenFor(run, smartSite)
    if (whole.ok) return pass('The system account signed in.')
    if (whole.failure.code !== 'smart_scope_missing') return refused(whole.failure)
    // Less was granted than was asked: what there is serves the checks that follow, and the next line names the rest.
    const missing = whole.failure.shown?.missing ?? whole.failure.detail ?? ''
    facts.missingScopes = missing
    const left = split(smartSite.system?.scopes ?? '').filter((scope) => !missing.split(' ').includes(scope))
    const some = await tokenFor(run, smartSite, left.join(' '))
    return some.ok || left.length === 0 ? pass('The system account signed in.') : refused(some.failure)
  },
}

async function tokenFor({ ports, site, facts }: Run, described: SmartSite, scopes?: string) {
  const { configuration } = facts
  const { system } = described
  if (!configuration || !system) throw new Error('there is nothing to ask for a token')
  const own = await ownClient(ports.sites, site, system, configuration)
  if (!own.ok) return own
  const asked = scopes === undefined ? described : { ...described, system: { ...system, scopes } }
  const siteKey = `${site.tenantId}|${site.siteId}`
  const { outbound, now } = ports
  const token = await createBackendTokens().token(siteKey, asked, configuration, outbound, now())
  if (!token.ok) return token
  const { accessToken } = token.value
  facts.accessToken = accessToken
  facts.ehr = ehr({ fhirBaseUrl: site.fhirBaseUrl, videoRule: site.videoRule, accessToken }, now)
  return token
}

function refused(failure: Failure): Outcome {
  if (failure.code !== 'smart_client_rejected') return fromFailure(failure)
  const said = Object.values(failure.shown ?? {}).join(' ')
  return failed(
    failure.code,
    `The EHR does not accept the system account${said ? `: ${said}` : '.'}`.slice(0, 1000),
    'Compare the client id. For a signed assertion, check that the EHR has the JWKS URL of the record; for a secret, enter it again.',
  )
}
