import { bicepCli } from '../../scripts/bicep.ts'
import { type PredictedResource, type Snapshot, snapshot } from '../../scripts/snapshot.ts'

export const SUBSCRIPTION = '00000000-0000-0000-0000-000000000001'
export const TENANT = '11111111-1111-1111-1111-111111111111'
export const OPERATOR = '22222222-2222-2222-2222-222222222222'

/** Milliseconds that the CLI may take to compile, also on a busy machine. */
export const COMPILING = 120_000

/** What an operator would export before a deployment; every optional part is on. */
export const EVERYTHING = {
  EHR_ALLOWED_TENANTS: TENANT,
  EHR_ENTRA_CLIENT_ID: '33333333-3333-3333-3333-333333333333',
  EHR_OPERATOR_ID: OPERATOR,
  EHR_ALERT_EMAILS: 'operators@contoso.example',
  EHR_MONTHLY_BUDGET: '500',
}

const cli = await bicepCli()

/** Why the compiled template cannot be looked at on this machine; undefined = it can. */
export const noCli = 'none' in cli ? cli.none : undefined
if (noCli) process.stdout.write(`The guards on the compiled template are skipped: ${noCli}.\n`)

const taken = new Map<string, Promise<Snapshot>>()

/** The CLI takes seconds: the same question is asked once. */
function take(parameters: string, resourceGroup: string, env: Record<string, string>): Promise<Snapshot> {
  const question = JSON.stringify([parameters, env])
  const place = { subscription: SUBSCRIPTION, resourceGroup }
  const answer = taken.get(question) ?? snapshot('path' in cli ? cli.path : '', parameters, place, env)
  taken.set(question, answer)
  return answer
}

export function compiled(geography = 'amer', env: Record<string, string> = EVERYTHING): Promise<Snapshot> {
  return take(`parameters/${geography}.bicepparam`, `ehr-${geography}-prod`, env)
}

export function compiledEvents(): Promise<Snapshot> {
  return take('parameters/events.bicepparam', 'ehr-amer-prod', EVERYTHING)
}

export function ofType({ predictedResources }: Snapshot, type: string): PredictedResource[] {
  return predictedResources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase())
}

/** The last part of a resource's name: what a child is called within its parent. */
export function leaf({ name }: PredictedResource): string {
  return name.split('/').at(-1) ?? ''
}

export function settingsOf(taken: Snapshot): Record<string, string> {
  const [found] = ofType(taken, 'Microsoft.Web/sites/config')
  return (found?.properties ?? {}) as Record<string, string>
}
