import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** App settings: the environment as the functions see it. */
export type Settings = Readonly<Record<string, string | undefined>>

const LocalSettings = z.object({ Values: z.record(z.string(), z.coerce.string()).default({}) })

/**
 * Fills the environment from `local.settings.json` where that file exists; what is set already wins.
 * ("Code and test Azure Functions locally: local settings file".)
 */
export function loadLocalSettings(appRoot: string, env: Record<string, string | undefined>): void {
  const text = readOptional(join(appRoot, 'local.settings.json'))
  if (text === undefined) return
  const parsed = LocalSettings.safeParse(parseJson(text, 'local.settings.json'))
  if (!parsed.success) throw new Error('local.settings.json has no object "Values" of settings')
  for (const [name, value] of Object.entries(parsed.data.Values)) env[name] ??= value
}

/**
 * Replaces `%NAME%` by the app setting NAME ("Azure Functions binding expressions: app settings").
 * An expression that names a missing setting is an error, as in the real host.
 */
export function resolveExpression(text: string, settings: Settings): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name]
    if (value === undefined) throw new Error(`'%${name}%' does not resolve to a value: set ${name}`)
    return value
  })
}

/** The storage connection string behind a binding's `connection`: the setting itself, or AzureWebJobs{connection}. */
export function connectionString(connection: string, settings: Settings): string {
  const value = settings[connection] || settings[`AzureWebJobs${connection}`]
  if (value) return value
  throw new Error(
    `No connection string in the setting ${connection}: the local host needs one ` +
      '(identity-based connections work in Azure only)',
  )
}

export function readOptional(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is not valid JSON`)
  }
}
