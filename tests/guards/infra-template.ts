import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bicepCli } from '../../scripts/bicep.ts'
import { type Place, type PredictedResource, type Snapshot, snapshot } from '../../scripts/snapshot.ts'

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

const kept = fileURLToPath(new URL('../../node_modules/.cache/bicep/snapshots/', import.meta.url))
const infra = fileURLToPath(new URL('../../infra/', import.meta.url))

/**
 * The CLI takes seconds: the same question about the same files, put to the same CLI, is asked once, also by other test
 * files and the next run. A refusal is not kept.
 */
export async function take(
  parameters: string,
  place: Place,
  env: Readonly<Record<string, string>>,
): Promise<Snapshot> {
  const path = 'path' in cli ? cli.path : ''
  const hash = createHash('sha256').update(JSON.stringify([path, parameters, place, env]))
  const files = (await readdir(infra, { recursive: true }))
    .filter((file) => /\.bicep(param)?$/.test(file))
    .sort()
  for (const file of files) hash.update(file).update(await readFile(infra + file))
  const answer = `${kept}${hash.digest('hex').slice(0, 32)}.json`
  const known = await readFile(answer, 'utf8').catch(() => undefined)
  if (known) return JSON.parse(known) as Snapshot
  const made = await snapshot(path, parameters, place, env)
  await mkdir(kept, { recursive: true })
  // Written aside and moved: another test file may be reading.
  await writeFile(`${answer}.${process.pid}`, JSON.stringify(made))
  await rename(`${answer}.${process.pid}`, answer)
  return made
}

export function compiled(geography = 'amer', env: Record<string, string> = EVERYTHING): Promise<Snapshot> {
  const place = { subscription: SUBSCRIPTION, resourceGroup: `ehr-${geography}-prod` }
  return take(`parameters/${geography}.bicepparam`, place, env)
}

export function compiledEvents(): Promise<Snapshot> {
  const place = { subscription: SUBSCRIPTION, resourceGroup: 'ehr-amer-prod' }
  return take('parameters/events.bicepparam', place, EVERYTHING)
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
