import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { TableClient } from '@azure/data-tables'
import { z } from 'zod'

/**
 * Tables that hold what people decided and nobody can find out again: configuration, who is whom, who wants no texts.
 * The rest (visits, links, sweeps) is found anew from the EHR.
 */
export const SAVED_TABLES = [
  'tenants',
  'sites',
  'siteindex',
  'senders',
  'users',
  'optouts',
  'reports',
  'erasures',
] as const

const row = z.looseObject({ partitionKey: z.string(), rowKey: z.string() })

/** By connection string (development), else as whoever is signed in to the Azure CLI. */
async function tableClient(storage: string, name: string): Promise<TableClient> {
  if (!storage.startsWith('https://'))
    return TableClient.fromConnectionString(storage, name, { allowInsecureConnection: true })
  const { AzureCliCredential } = await import('@azure/identity')
  return new TableClient(storage, name, new AzureCliCredential())
}

/** Writes one file a table, a JSON object a line. @returns the number of rows. */
export async function saveTables(storage: string, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let count = 0
  for (const name of SAVED_TABLES) {
    const lines: string[] = []
    for await (const { etag: _, timestamp: __, ...entity } of (
      await tableClient(storage, name)
    ).listEntities())
      lines.push(JSON.stringify(entity))
    await writeFile(`${folder}/${name}.jsonl`, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 })
    count += lines.length
  }
  return count
}

/** Inserts what is missing; a row that is there already stays as it is. @returns the number of rows inserted. */
export async function loadTables(storage: string, folder: string): Promise<number> {
  let count = 0
  for (const name of SAVED_TABLES) {
    const client = await tableClient(storage, name)
    const lines = (await readFile(`${folder}/${name}.jsonl`, 'utf8')).split('\n').filter(Boolean)
    for (const line of lines) {
      try {
        await client.createEntity(row.parse(JSON.parse(line)))
        count += 1
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode !== 409) throw error
      }
    }
  }
  return count
}

/** `tsx scripts/table-backup.ts save|load <table endpoint> <folder>` */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [verb, storage, folder] = process.argv.slice(2)
  if ((verb !== 'save' && verb !== 'load') || !storage || !folder) {
    process.stderr.write('usage: tsx scripts/table-backup.ts save|load <table endpoint> <folder>\n')
    process.exit(2)
  }
  const count = await (verb === 'save' ? saveTables : loadTables)(storage, folder)
  process.stdout.write(`${count} rows ${verb === 'save' ? 'saved' : 'restored'}\n`)
}
