import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { bicepCli, finish } from './bicep.ts'

const infra = fileURLToPath(new URL('../infra', import.meta.url))

const resource = z.looseObject({
  id: z.string(),
  type: z.string(),
  name: z.string().default(''),
  scope: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
})
const snapshotFile = z.object({
  predictedResources: z.array(resource),
  outputs: z.record(z.string(), z.unknown()).default({}),
  diagnostics: z.array(z.unknown()).default([]),
})

export type PredictedResource = z.infer<typeof resource>
export type Snapshot = z.infer<typeof snapshotFile>

/** Where the stamp would be deployed; the names that are unique in the world follow from it. */
export type Place = { readonly subscription: string; readonly resourceGroup: string }

/**
 * What the compiled template would deploy, every expression worked out that needs no cloud ("bicep snapshot"). The
 * files are copied first: the CLI writes its answer beside them.
 * @param parameters a file below infra/, such as `parameters/amer.bicepparam`.
 * @param env read by the parameter files, as deploy.sh exports them.
 * @throws where the template does not compile or refuses the parameters, with the CLI's own words.
 */
export async function snapshot(
  cli: string,
  parameters: string,
  place: Place,
  env: Readonly<Record<string, string>> = {},
): Promise<Snapshot> {
  const copy = await mkdtemp(join(tmpdir(), 'infra-'))
  try {
    await cp(infra, copy, { recursive: true })
    const file = join(copy, parameters)
    const { subscription, resourceGroup } = place
    const where = ['--subscription-id', subscription, '--resource-group', resourceGroup]
    const args = ['snapshot', file, '--mode', 'overwrite', '--tenant-id', subscription, ...where]
    const done = await finish(cli, args, copy, env)
    if (done.code !== 0) throw new Error(done.stderr.trim())
    const text = await readFile(file.replace(/\.bicepparam$/, '.snapshot.json'), 'utf8')
    return snapshotFile.parse(JSON.parse(text))
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

const names = z.record(z.string(), z.string())

/**
 * The values that infra/*.sh need, as lines for the shell to read. One source, the compiled template, so that what a
 * dry run prints is what a real run touches.
 */
export function shellLines({ predictedResources, outputs }: Snapshot): string[] {
  const settings = predictedResources.find(({ name }) => name.endsWith('/appsettings'))?.properties ?? {}
  const publicUrl = new URL(String(settings.PUBLIC_URL))
  const linkHost = new URL(String(settings.LINK_URL || settings.PUBLIC_URL)).host
  const place = predictedResources.find(({ type }) => type === 'Microsoft.Web/sites')
  const values = {
    ...Object.fromEntries(
      Object.entries(names.parse(outputs.names)).map(([key, name]) => [`${key.toUpperCase()}_NAME`, name]),
    ),
    LOCATION: String(place?.location ?? ''),
    PUBLIC_URL: publicUrl.origin,
    LINK_HOST: linkHost,
  }
  return Object.entries(values).map(([key, value]) => `${key}='${value.replaceAll("'", "'\\''")}'`)
}

/** `tsx scripts/snapshot.ts amer <subscription id> <resource group>` */
async function main([geography, subscription, resourceGroup]: string[]): Promise<number> {
  const found = await bicepCli()
  if ('none' in found) {
    process.stderr.write(`The template could not be compiled: ${found.none}.\n`)
    return 3
  }
  try {
    const place = { subscription: subscription ?? '', resourceGroup: resourceGroup ?? '' }
    const taken = await snapshot(found.path, `parameters/${geography}.bicepparam`, place)
    process.stdout.write(`${shellLines(taken).join('\n')}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(await main(process.argv.slice(2)))
